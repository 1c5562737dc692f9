"""What the link checker asks other sites, and what they cannot make it do."""

import gzip
import ssl
from datetime import timedelta

import pytest
from django.core.cache import cache

from links.addresses import is_public, resolve, target_of
from links.client import Client
from links.faults import Failed, Fault
from links.looking import Seen, State, look_at
from tests.closed.other_sites import (
    CERTIFICATE,
    PUBLIC,
    client_for,
    served,
)

pytestmark = pytest.mark.django_db  # the rules of sites are kept in the cache, which is a table
PAGE = "http://library.example/page"


@pytest.fixture(autouse=True)
def no_rules_known():
    cache.clear()


def to(location, status=301):
    return (status, {"Location": location}, b"")


def look(answers, address=PAGE, **options):
    with served(answers) as server:
        return look_at(address, client_for(server, **options))


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
        "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::", "::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8",
        "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2001::1", "2001:db8::1", "fc00::1", "fe80::1", "fe80::1%1",
        "ff02::1", "fec0::1", "100::1",
    ],
)  # fmt: skip
def test_a_number_that_is_not_public_is_known_as_such(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", PUBLIC, "2606:4700::1111", "2a00:1450:4001:82a::200e"])
def test_a_public_number_is_known_as_such(number):
    assert is_public(number)


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://0177.0.0.1/", "http://127.1/", "http://0/",
        "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/", "http://169.254.169.254/latest/",
    ],
)  # fmt: skip
def test_no_spelling_of_this_machine_is_asked(address):
    def refuse(*_address):
        pytest.fail("it connects")

    client = Client(resolve, connect=refuse)
    assert look_at(address, client) == Seen(State.FAILS, fault=Fault.CLOSED)


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://library.example/", "gopher://library.example/", "//library.example/", "http://",
        "http://library.example:22/", "http://library.example:8000/", "https://user:secret@library.example/",
        "http://user@library.example/", "http://library.example:0/", "http://library.example:99999/", "http://[", "",
        "javascript:alert(1)", "data:text/html,x",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_of_the_web_is_not_asked(address):
    with pytest.raises(Failed) as failed:
        target_of(address)
    assert failed.value.fault == Fault.ADDRESS


def test_a_name_with_a_public_and_a_private_number_is_not_asked():
    client = Client(lambda host, port: [PUBLIC, "10.0.0.1"], connect=lambda *_: pytest.fail("it connects"))
    assert look_at(PAGE, client).fault == Fault.CLOSED


def test_a_name_that_means_another_machine_a_moment_later_gains_nothing():
    """The first answer of the name server is for the judgment, the second for the connection: there is no second."""
    with served({"/page": 200}) as server:
        client = client_for(server, [PUBLIC, "127.0.0.1"])
        assert client.ask("HEAD", PAGE).status == 200
        with pytest.raises(Failed) as failed:
            client.ask("HEAD", PAGE)
    assert failed.value.fault == Fault.CLOSED and client.wire == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    ("location", "fault"),
    [
        ("http://127.0.0.1/", Fault.CLOSED),
        ("http://[::ffff:127.0.0.1]/", Fault.CLOSED),
        ("http://2130706433/", Fault.CLOSED),
        ("http://localhost/", Fault.CLOSED),
        ("file:///etc/passwd", Fault.ADDRESS),
        ("http://library.example:22/", Fault.ADDRESS),
        ("http://user:secret@library.example/", Fault.ADDRESS),
        ("http://[", Fault.ADDRESS),
    ],
)
def test_a_site_cannot_lead_on_to_what_is_not_asked(location, fault):
    with served({"/page": to(location)}) as server:
        client = client_for(server)
        client.resolve = lambda host, port: [PUBLIC] if host == "library.example" else resolve(host, port)
        assert look_at(PAGE, client).fault == fault
    assert {path for _method, _host, path, _headers in server.asked} == {"/robots.txt", "/page"}


def test_redirects_are_followed_five_times():
    chain = {f"/{n}": to(f"/{n + 1}", 302) for n in range(5)} | {"/5": 200}
    assert look(chain, "http://library.example/0").state == State.WORKS
    loop = {"/page": to("/page")}
    assert look(loop).fault == Fault.REDIRECTS


@pytest.mark.parametrize(("status", "state"), [(301, State.MOVED), (308, State.MOVED), (302, State.WORKS)])
def test_only_a_move_for_ever_is_a_move(status, state):
    seen = look({"/page": to("/new#part", status), "/new": 200})
    moved_to = "http://library.example/new" if state == State.MOVED else ""
    assert (seen.state, seen.moved_to) == (state, moved_to)


def test_a_packed_body_is_not_unpacked():
    bomb = gzip.compress(b"\0" * 5_000_000)
    with served({"/page": (200, {"Content-Encoding": "gzip"}, bomb)}) as server:
        answer = client_for(server).ask("GET", PAGE, 100_000)
    assert answer.body == bomb


def test_what_is_no_http_is_a_fault_and_no_crash():
    assert look({"/page": lambda handler: handler.wfile.write(b"SSH-2.0-OpenSSH\r\n\r\n")}).fault == Fault.ANSWER
    many = lambda handler: handler.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n")  # noqa: E731
    assert look({"/page": many}).fault == Fault.ANSWER


def test_the_request_says_who_asks_and_carries_nothing_else(settings):
    with served({"/page?q=a%20%C3%B1": (200, {"Set-Cookie": "a=b"}, b"")}) as server:
        assert look_at("http://library.example/page?q=a ñ#part", client_for(server)).state == State.WORKS
    for _method, host, _path, headers in server.asked:
        assert host == "library.example"
        assert headers["User-Agent"] == f"CommunitySchoolsLinkCheck (+{settings.SITE_URL}/)"
        assert not headers.keys() & {"Cookie", "Authorization", "Referer"}


def test_a_site_that_does_not_know_head_is_asked_for_a_little_of_the_page():
    def only_get(handler):
        handler.send_response(200 if handler.command == "GET" else 405)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    assert look({"/page": only_get}) == Seen(State.WORKS, 200)


def test_a_site_that_says_nothing_to_head_is_asked_by_get():
    def hang_up_on_head(handler):
        if handler.command == "HEAD":
            handler.close_connection = True
            return
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    assert look({"/page": hang_up_on_head}).state == State.WORKS


@pytest.mark.parametrize(
    ("status", "state", "fault"),
    [
        (404, State.FAILS, Fault.STATUS),
        (410, State.FAILS, Fault.STATUS),
        (500, State.FAILS, Fault.ANSWER),
        (403, State.UNCLEAR, Fault.REFUSED),
        (401, State.UNCLEAR, Fault.REFUSED),
    ],
)
def test_what_a_site_says_is_told_apart(status, state, fault):
    seen = look({"/page": status})
    assert (seen.state, seen.status, seen.fault) == (state, status, fault)


@pytest.mark.parametrize(
    ("answer", "wait"),
    [
        ((429, {"Retry-After": "120"}, b""), timedelta(seconds=120)),
        ((429, {"Retry-After": "99999999999"}, b""), timedelta(days=7)),
        ((429, {"Retry-After": "Fri, 31 Dec 1999 23:59:59 GMT"}, b""), timedelta(days=1)),
        ((429, {"Retry-After": "Fri, 31 Dec 9999 23:59:59 GMT"}, b""), timedelta(days=7)),
        ((429, {"Retry-After": "soon"}, b""), timedelta(days=1)),
        ((429, {}, b""), timedelta(days=1)),
    ],
)
def test_a_site_that_is_asked_too_much_is_left_alone(answer, wait):
    seen = look({"/page": answer})
    assert (seen.state, seen.wait) == (State.UNCLEAR, wait)


RULES = "User-agent: *\nDisallow: /private\n\nUser-agent: CommunitySchoolsLinkCheck\nDisallow: /page\nCrawl-delay: 30\n"


def test_a_page_that_robots_are_asked_not_to_read_is_not_read():
    with served({"/robots.txt": (200, {}, RULES.encode()), "/page": 200, "/other": 200}) as server:
        client = client_for(server)
        assert look_at(PAGE, client) == Seen(State.UNCLEAR, fault=Fault.ASKED_NOT_TO)
        seen = look_at("http://library.example/other", client)
    assert (seen.state, seen.wait) == (State.WORKS, timedelta(seconds=30))
    assert [path for _method, _host, path, _headers in server.asked] == ["/robots.txt", "/other"]


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (404, State.WORKS),
        (403, State.WORKS),
        (503, State.UNCLEAR),
        (to("/rules"), State.UNCLEAR),
        (to("http://127.0.0.1/"), State.WORKS),
        ((200, {}, b"\xff\xfe\0<html>"), State.WORKS),
    ],
)
def test_rules_that_are_missing_allow_and_rules_that_cannot_be_read_now_do_not(answer, state):
    with served({"/robots.txt": answer, "/rules": (200, {}, b"User-agent: *\nDisallow: /"), "/page": 200}) as server:
        client = client_for(server)
        client.resolve = lambda host, port: [PUBLIC] if host == "library.example" else resolve(host, port)
        assert look_at(PAGE, client).state == state


def test_a_certificate_is_checked_for_the_name_and_not_for_the_number():
    trusted = ssl.create_default_context(cafile=CERTIFICATE)
    with served({"/page": 200}, secure=True) as server:
        assert look_at("https://library.example/page", client_for(server, trusted=trusted)).state == State.WORKS
        wrong = look_at("https://other.example/page", client_for(server, trusted=trusted))
        unknown = look_at("https://library.example/other", client_for(server))
    assert (wrong.fault, unknown.fault) == (Fault.SECURITY, Fault.SECURITY)


def test_a_site_without_a_server_is_a_fault():
    def refuse(*_address):
        raise ConnectionRefusedError

    assert look_at(PAGE, Client(lambda *_: [PUBLIC], refuse)).fault == Fault.CONNECTION
    with pytest.raises(Failed) as failed:
        resolve("a" * 64 + ".example", 80)
    assert failed.value.fault == Fault.NAME
