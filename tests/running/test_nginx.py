"""deploy/nginx.conf as it stands there, and what readers, strangers and staff get through it."""

import base64
import hashlib
import http.client
import json
import re
import threading
import time

import pytest
from django.conf import settings

from tests.closed.headers import IN_PRODUCTION
from tests.running.front import running

HTTPS_ALONE = IN_PRODUCTION["Strict-Transport-Security"]
SESSION = {"Cookie": "a=b; __Host-session=abc"}


@pytest.fixture(scope="module")
def front(tmp_path_factory):
    with running(tmp_path_factory.mktemp("nginx")) as front:
        yield front


def test_nginx_finds_no_fault_with_it(front):
    status, said = front.judge()
    assert (status, "warn" in said) == (0, False), said


def test_the_page_for_when_the_site_is_away_may_use_its_own_style_and_nothing_else(front):
    html = (settings.BASE_DIR / "deploy" / "away.html").read_text()
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in (front.folder / "site.conf").read_text()
    assert not re.search(r"\ssrc=|<link|<script|\sstyle=", html)
    assert front.get("/away.html")[0] == 404, "it is no address of its own"


def test_http_leads_to_https_on_the_sites_own_name(front):
    connection = http.client.HTTPConnection("127.0.0.1", front.http_port, timeout=10)
    connection.request("GET", "/search/?q=a", headers={"Host": "example.org"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (301, "https://www.example.org/search/?q=a")
    connection.close()


def test_https_without_www_leads_there_too_and_not_to_the_site(front):
    status, headers, _body = front.get("/search/?q=b", Host="example.org")
    assert (status, headers["Location"]) == (301, "https://www.example.org/search/?q=b")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert not front.site.requests("/search/?q=b")


@pytest.mark.parametrize("host", ["203.0.113.9", "evil.example", "www.example.org.evil.example"])
def test_another_name_gets_no_answer_and_the_site_hears_nothing_of_it(front, host):
    with pytest.raises(http.client.RemoteDisconnected):
        front.get("/forged/", Host=host)
    assert not front.site.requests("/forged/")
    assert front.get("/healthz", Host=host)[0] == front.get("/readyz", Host=host)[0] == 200


def test_a_page_is_kept_and_asked_for_once(front):
    first, second = front.get("/kept/"), front.get("/kept/")
    assert first[2] == second[2]
    assert (first[1]["X-Cache"], second[1]["X-Cache"]) == ("MISS", "HIT")
    assert second[1]["Cache-Control"].startswith("public, max-age=0, s-maxage=5"), "for those behind us, unchanged"
    # In parts, its head alone, and not at all where the reader has it.
    assert front.ask("HEAD", "/kept/")[::2] == (200, "")
    assert front.get("/kept/", Range="bytes=0-3")[::2] == (206, first[2][:4])
    assert front.get("/kept/", **{"If-None-Match": first[1]["ETag"]})[::2] == (304, "")
    assert len(front.site.requests("/kept/")) == 1


def test_one_copy_for_each_way_of_packing(front):
    for packings in ("br, gzip", "gzip, deflate, br;q=1.0", "gzip", "deflate, gzip;q=0.5", "identity", ""):
        front.get("/packed/", **{"Accept-Encoding": packings})
    asked = [headers.get("Accept-Encoding", "") for headers in front.site.requests("/packed/")]
    assert asked == ["br", "gzip", ""]


@pytest.mark.parametrize("address", ["/silent/", "/private/", "/cookie/", "/no-store/"])
def test_what_the_site_does_not_call_public_is_not_kept(front, address):
    assert front.get(address)[2] != front.get(address)[2]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/",
        "/accounts/login/",
        "/preview/abc/",
        "/feedback/contact/",
        "/es/feedback/contact/",
        "/healthz",
        "/readyz",
        "/resources/publications/report/files/report.pdf",
    ],
)
def test_what_is_never_kept_is_not_kept_whatever_its_headers_say(front, address):
    assert front.get(address)[2] != front.get(address)[2]


def test_files_are_asked_for_in_parts_and_again(front):
    address = "/resources/publications/report/files/report.pdf"
    front.get(address, Range="bytes=0-9", **{"If-Range": '"x"'})
    assert front.site.requests(address)[-1]["Range"] == "bytes=0-9"
    assert front.get(address, **{"If-None-Match": '"1"'})[0] == 304


def test_whoever_is_signed_in_gets_a_page_of_her_own_and_leaves_none(front):
    hers = front.get("/signed-in/", **SESSION)
    assert hers[1]["X-Cache"] == "BYPASS"
    theirs = front.get("/signed-in/")
    assert theirs[1]["X-Cache"] == "MISS"
    assert front.get("/signed-in/", **SESSION)[2] not in (hers[2], theirs[2])
    assert front.get("/signed-in/")[2] == theirs[2]
    # Another cookie, of whatever else is on the name, costs nobody the cache.
    assert front.get("/signed-in/", Cookie="mysessionid=1")[1]["X-Cache"] == "HIT"


def test_what_a_stranger_says_of_where_he_comes_from_is_not_passed_on(front):
    forged = {
        "X-Forwarded-For": "1.2.3.4",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Ssl": "off",
        "X-Real-IP": "1.2.3.4",
        "Forwarded": "for=1.2.3.4",
        "X-Request-ID": "mine-mine-mine",
    }
    front.get("/forged/", **forged)
    front.get("/admin/forged/", **forged)
    for (seen,) in (front.site.requests("/forged/"), front.site.requests("/admin/forged/")):
        assert (seen["X-Forwarded-For"], seen["X-Forwarded-Proto"]) == ("127.0.0.1", "https")
        assert seen["Host"] == "www.example.org"
        assert len(seen["X-Request-ID"]) == 32
        assert not {"X-Forwarded-Host", "X-Forwarded-Ssl", "X-Real-IP", "Forwarded"} & seen.keys()


def test_what_a_killed_process_had_in_its_hands_is_asked_for_once_more(front):
    assert front.get("/dies/")[0] == 200
    assert len(front.site.requests("/dies/")) == 2


def test_a_form_that_a_killed_process_had_in_its_hands_is_not_sent_twice(front):
    status, _headers, body = front.ask("POST", "/dies/form/", "a=b")
    assert status == 503 and "send it again" in body
    assert len(front.site.requests("/dies/form/")) == 1


def test_many_who_ask_at_once_for_a_page_that_is_not_here_cost_one_request(front):
    found = []
    asking = [threading.Thread(target=lambda: found.append(front.get("/slow/")[2])) for _ in range(10)]
    for one in asking:
        one.start()
    time.sleep(0.5)
    front.site.may_answer.set()
    for one in asking:
        one.join()
    assert len(set(found)) == 1 and len(found) == 10
    assert len(front.site.requests("/slow/")) == 1


def test_a_page_is_looked_at_again_after_a_second_and_not_sent_again_where_it_is_the_same(front):
    first = front.get("/one-second/")
    assert "X-Accel-Expires" not in first[1]
    time.sleep(2.1)
    # The reader who comes next does not wait: he gets the copy, and a new one is fetched meanwhile.
    assert front.get("/one-second/")[1]["X-Cache"] == "STALE"
    deadline = time.monotonic() + 5
    while len(front.site.requests("/one-second/")) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert front.site.requests("/one-second/")[1]["If-None-Match"] == '"1"'
    assert front.get("/one-second/")[2] == first[2]


def test_a_page_that_has_gone_is_not_shown_for_long_and_not_in_need_either(front):
    picture = front.get("/media/pictures/goes.png")
    assert picture[0] == front.get("/goes/")[0] == 200
    assert (picture[1]["Cache-Control"], picture[1]["X-Accel-Expires"]) == ("public, max-age=31536000, immutable", None)
    time.sleep(2.1)
    assert front.get("/media/pictures/goes.png")[0] == 410
    for _time in range(2):  # the first one may still get the copy, while nginx asks
        front.get("/goes/")
        time.sleep(0.3)
    assert front.get("/goes/")[0] == 410


def test_a_copy_is_shown_when_the_site_takes_the_call_and_says_nothing(front):
    first = front.get("/mute/")
    front.site.may_answer.clear()
    time.sleep(2.1)
    later = front.get("/mute/")
    assert (later[0], later[1]["X-Cache"], later[2]) == (200, "STALE", first[2])
    front.site.may_answer.set()


def test_a_body_that_is_too_large_is_refused_and_one_that_is_not_passes(front):
    assert front.ask("POST", "/admin/upload/", b"x" * 2_000_000)[0] == 200
    # Said by its length alone: nothing has to be sent for it.
    assert front.ask("POST", "/admin/upload/", b"", **{"Content-Length": str(120 * 1024**2)})[0] == 413


def test_every_answer_says_once_that_the_name_speaks_https_alone(front):
    large = {"Content-Length": str(120 * 1024**2)}
    answers = [
        front.get("/healthz"), front.get("/https-alone/"), front.get("/https-alone/"), front.get("/away.html"),
        front.ask("POST", "/admin/upload/", b"", **large), front.ask("POST", "/dies/twice/", "a=b"),
    ]  # fmt: skip
    assert [status for status, *_ in answers] == [200, 200, 200, 404, 413, 503]
    assert [headers.get_all("Strict-Transport-Security") for _, headers, _ in answers] == [[HTTPS_ALONE]] * 6


def test_somebody_who_sends_a_byte_a_second_is_hung_up_on(front):
    connection = front.connection()
    connection.connect()
    connection.sock.sendall(b"GET / HT")
    connection.sock.settimeout(10)
    began = time.monotonic()
    assert connection.sock.recv(100) == b""
    assert time.monotonic() - began < 5
    connection.close()


def test_one_reader_cannot_take_all_connections(front):
    with front.all_connections_taken():
        status, headers, _body = front.get("/healthz")
        assert (status, headers["Strict-Transport-Security"]) == (429, HTTPS_ALONE)


def test_the_log_holds_neither_addresses_nor_questions_nor_keys(front):
    front.get("/search/?q=typed-words", Referer="https://www.example.org/?q=typed-words")
    front.get("/preview/secret-token/")
    front.get("/accounts/reset/secret-key/")
    deadline = time.monotonic() + 5
    while "/accounts/" not in (text := front.access_log.read_text()).splitlines()[-1]:  # written after the answer
        assert time.monotonic() < deadline
        time.sleep(0.02)
    lines = [json.loads(line) for line in text.splitlines()]
    for planted in ("127.0.0.1", "typed-words", "secret"):
        assert planted not in text
    assert [line["path"] for line in lines[-3:]] == ["/search/", "/preview/…", "/accounts/…"]
    assert lines[-1].keys() == {"time", "request_id", "method", "path", "status", "seconds", "cache"}


def test_pages_stay_while_the_site_is_down_for_as_long_as_it_has_allowed(front):
    """The last test: it stops the site."""
    kept, picture, gone_soon = front.get("/stays/"), front.get("/media/pictures/stays.png"), front.get("/gone-soon/")
    assert kept[0] == picture[0] == gone_soon[0] == 200
    front.site.stop()
    status, headers, body = front.get("/never-asked/")
    assert (status, headers["Retry-After"], headers["Cache-Control"]) == (503, "30", "no-store")
    assert "The site is away for a moment" in body and "El sitio no está disponible" in body
    assert front.get("/stays/")[2] == kept[2]
    time.sleep(3.2)  # both are of yesterday; nginx counts whole seconds
    assert front.get("/stays/")[::2] == (200, kept[2])
    assert front.get("/media/pictures/stays.png")[::2] == (200, picture[2])
    assert front.get("/goes/")[0] == 410, "what has gone is not shown in need"
    assert front.get("/gone-soon/")[0] == 503, "it may have had to disappear at that moment"
