"""Who may send a form: people who came from a page of this site, took a moment, and did not send a hundred before."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest

from feedback import guards, limits, views
from feedback.models import Message
from tests.feedback.conftest import FORM, OURS
from tests.whole_site.reading import Reading

FROM_HERE = {
    "a browser of today": OURS,
    "an older browser": {"origin": "http://testserver"},
    "the public name of the site": {"origin": "https://www.example.org"},
    "a browser that keeps its origin to itself": {"origin": "null", "sec-fetch-site": "same-origin"},
    "a program in a terminal": {"referer": "http://testserver/feedback/contact/"},
}
FROM_ELSEWHERE = {
    "another site": {"origin": "https://evil.example", "sec-fetch-site": "cross-site"},
    "another site, an older browser": {"origin": "https://evil.example"},
    "a neighbor of the site": {"origin": "https://evil.example.org", "sec-fetch-site": "same-site"},
    "another site that says it is us": {"origin": "https://evil.example", "sec-fetch-site": "same-origin"},
    "a name that begins like ours": {"origin": "https://www.example.org.evil.example"},
    "a frame without an origin": {"origin": "null", "sec-fetch-site": "cross-site"},
    "a frame without an origin, an older browser": {"origin": "null"},
    "a robot that says nothing": {},
    "nonsense": {"origin": "http://["},
}


@pytest.mark.parametrize("headers", FROM_HERE.values(), ids=FROM_HERE)
def test_a_form_that_was_sent_from_here_is_taken(reader, db, headers):
    assert reader.send(text="Some words", headers=headers).status_code == 303


@pytest.mark.parametrize("headers", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE)
def test_a_form_that_was_sent_from_elsewhere_is_not_taken_and_its_text_is_kept(reader, db, headers):
    response = reader.send(text="Some words", headers=headers)
    form = Reading(response.content)
    assert response.status_code == 403
    assert "Send it again from here" in form.words()
    assert "Some words" in "".join(form.all("textarea")[0].itertext())
    assert not Message.objects.exists()


def send_again(reader, response, **fields):
    """Press the button of the form that came back."""
    (moment,) = Reading(response.content).all("input", name="moment")
    return reader.post("/feedback/contact/", {"moment": moment.get("value"), "website": ""} | fields)


def test_who_is_faster_than_people_is_asked_to_press_again_and_then_heard(reader, db, watch):
    response = reader.send(text="Some words", after=timedelta(seconds=1))
    assert "faster than people" in Reading(response.content).words()
    assert not Message.objects.exists()
    watch.turn(timedelta(seconds=2))
    assert send_again(reader, response, text="Some words").status_code == 303


@pytest.mark.parametrize("after", [timedelta(days=7, seconds=1), timedelta(days=400), -timedelta(hours=1)])
def test_a_form_that_was_open_too_long_comes_back_good_for_another_week(reader, db, watch, after):
    response = reader.send(text="Some words", after=after)
    assert "open for a long time" in Reading(response.content).words()
    assert not Message.objects.exists()
    watch.turn(timedelta(seconds=5))
    assert send_again(reader, response, text="Some words").status_code == 303


@pytest.mark.parametrize("moment", ["", "1", "1790000000:forged", "é" * 50, ":", "9" * 400 + ":x"])
def test_a_moment_that_nobody_signed_is_refused(reader, db, moment):
    assert reader.post("/feedback/contact/", {"text": "Some words", "moment": moment}).status_code == 200
    assert not Message.objects.exists()


def test_a_moment_signed_for_something_else_is_refused(reader, db, watch):
    from django.core.signing import Signer

    signed = Signer(salt="other").sign(str(int(watch.now.timestamp()) - 60))
    reader.post("/feedback/contact/", {"text": "Some words", "moment": signed})
    assert not Message.objects.exists()


def test_a_robot_that_fills_in_every_field_is_told_plainly_and_not_stored(reader, db):
    response = reader.send(text="Some words", website="https://spam.example")
    assert "A field was filled in that people do not see" in Reading(response.content).words()
    assert "spam.example" not in response.content.decode()
    assert not Message.objects.exists()


def test_the_trap_is_hidden_from_everybody_who_is_no_robot(reader, db):
    (trap,) = reader.open("/feedback/contact/").all("input", name="website")
    assert trap.get("tabindex") == "-1" and trap.get("autocomplete") == "off"
    (label,) = [label for label in reader.open("/feedback/contact/").all("label") if label.get("hidden") is not None]
    assert [field.get("name") for field in label.iter("input")] == ["website"]


def test_a_source_that_sends_many_messages_has_to_wait(reader, db, monkeypatch):
    for number in range(10):
        assert reader.send(text=f"Message {number}").status_code == 303
    response = reader.send(text="One more")
    assert (response.status_code, response.headers["Retry-After"]) == (429, "600")
    assert "One more" in "".join(Reading(response.content).all("textarea")[0].itertext())
    now = limits.monotonic()
    monkeypatch.setattr(limits, "monotonic", lambda: now + 601)
    assert reader.send(text="One more").status_code == 303
    assert Message.objects.count() == 11


def test_another_source_need_not_wait(reader, db):
    for number in range(11):
        reader.send(text=f"Message {number}")
    reader.client.defaults["REMOTE_ADDR"] = "203.0.113.7"
    assert reader.send(text="From elsewhere").status_code == 303


def test_nothing_tells_from_whom_something_was_counted(reader, db):
    reader.send(text="Some words")
    counted = repr(list(views.messages_of_one_source._moments))
    assert "127.0.0.1" not in counted
    assert len(views.messages_of_one_source._moments) == 1


def test_the_memory_of_sources_is_bounded(rf, monkeypatch):
    monkeypatch.setattr(limits, "MOST_SOURCES", 5)
    limit = limits.Limit(most=1, seconds=60)
    for number in range(20):
        assert limit.allows(rf.get("/", REMOTE_ADDR=f"203.0.113.{number}"))
    assert len(limit._moments) == 5


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("2001:db8:1:2::7", "2001:db8:1:2:ffff::1", True),
        ("2001:db8:1:2::7", "2001:db8:1:3::7", False),
        ("no address", "no address", True),
    ],
)
def test_a_household_is_one_source(one, other, is_same):
    assert (limits.network_of(one) == limits.network_of(other)) == is_same


BODIES = {
    "a NUL": b"text=a%00b",
    "a NUL in a name": b"te%00xt=a",
    "a NUL as it is": b"text=a\x00b",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("address", ["/feedback/contact/", "/feedback/useful/?about=/partners/"])
def test_a_nul_is_refused(reader, db, address, body):
    assert reader.post(address, body).status_code == 400


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1"])
def test_another_encoding_than_the_pages_own_is_refused(reader, db, charset):
    kind = f"{FORM}; charset={charset}"
    response = reader.client.generic("POST", "/feedback/contact/", b"text=%2B2AA-", kind, headers=OURS)
    assert response.status_code == 400


@pytest.mark.parametrize("address", ["/feedback/contact/", "/feedback/useful/?about=/partners/"])
def test_a_megabyte_is_answered_plainly(reader, page, address):
    response = reader.post(address, {"text": "x" * 1_000_000, "moment": guards.moment()})
    assert response.status_code == 413
    assert "longer than this form takes" in Reading(response.content).words()
    assert len(response.content) < 40_000
    assert not Message.objects.exists()


NO_TEXT = {
    "bytes that are no text": b"text=%ff%fe",
    "such bytes as they are": b"text=\xff\xfe",
    "half a surrogate": b"text=%ed%a0%80",
    "such bytes in a name": b"te%ffxt=a&text=a",
}


@pytest.mark.parametrize("body", NO_TEXT.values(), ids=NO_TEXT)
@pytest.mark.parametrize("address", ["/feedback/contact/", "/feedback/useful/?about=/partners/"])
def test_bytes_that_are_no_text_are_refused_in_a_form_that_is_right_otherwise(reader, page, watch, body, address):
    moment = guards.moment()
    watch.turn(timedelta(seconds=20))
    response = reader.post(address, body + b"&" + urlencode({"moment": moment, "answer": "yes"}).encode())
    assert response.status_code == 400
    assert not Message.objects.exists()


ODD = {
    "nothing": (b"", FORM),
    "a thousand fields": (urlencode([("text", "x")] * 1_000).encode(), FORM),
    "JSON": (b'{"text": "x"}', "application/json"),
    "an unknown kind": (b"text=x", "text/nonsense"),
    "a file": (
        b'--x\r\nContent-Disposition: form-data; name="text"; filename="a.txt"\r\n\r\nHello\r\n--x--\r\n',
        "multipart/form-data; boundary=x",
    ),
    "half a file": (b'--x\r\nContent-Disposition: form-data; name="text"', "multipart/form-data; boundary=x"),
    "no boundary": (b"--x", "multipart/form-data"),
    "an unknown encoding": (b"text=x", f"{FORM}; charset=nonsense"),
}


@pytest.mark.parametrize(("body", "kind"), ODD.values(), ids=ODD)
@pytest.mark.parametrize("address", ["/feedback/contact/", "/es/feedback/correction/", "/feedback/useful/"])
def test_odd_bodies_are_answered_and_not_stored(reader, db, body, kind, address):
    response = reader.client.generic("POST", address, body, kind, headers=OURS)
    assert response.status_code in (200, 400)
    assert not Message.objects.exists()


@pytest.mark.parametrize("length", ["-1", "0", ""])
def test_a_wrong_length_is_no_fault_of_ours(reader, db, length):
    response = reader.post("/feedback/contact/", b"text=x", CONTENT_LENGTH=length)
    assert response.status_code == 200
