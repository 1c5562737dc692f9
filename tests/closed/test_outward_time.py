"""How long other sites may keep the link checker waiting."""

import threading
import time

import pytest
from django.core.cache import cache

from links import client as client_module
from links.client import Client
from links.faults import Failed, Fault
from links.looking import Seen, State, look_at
from links.models import OutwardLink
from links.tasks import look_step
from tests.closed.other_sites import PUBLIC, client_for, dripping, dripping_body, endless, served

pytestmark = pytest.mark.django_db  # the rules of sites are kept in the cache, which is a table
PAGE = "http://library.example/page"


@pytest.fixture(autouse=True)
def no_rules_known():
    cache.clear()


def test_an_endless_body_is_cut_off():
    began = time.monotonic()
    with served({"/page": endless}) as server:
        answer = client_for(server).ask("GET", PAGE, 4096)
    assert len(answer.body) == 4096 and time.monotonic() - began < 1


@pytest.mark.parametrize("slow", [dripping, dripping_body])
def test_a_site_that_gives_a_letter_now_and_then_is_left_when_the_time_is_over(slow):
    began = time.monotonic()
    with served({"/page": slow}) as server, pytest.raises(Failed) as failed:
        client_for(server, seconds=0.3).ask("GET", PAGE, 4096)
    assert failed.value.fault == Fault.TIME and time.monotonic() - began < 1.5


def test_a_site_that_is_reached_only_when_the_time_is_over_is_left_too():
    """Its first number takes the time, its second gives a letter now and then: nobody else would hang up."""
    with served({"/page": dripping}) as server:
        client = client_for(server, seconds=0.3)
        resolved, connect = [PUBLIC, PUBLIC], client.connect
        client.resolve = lambda host, port: resolved

        def connect_late(address, timeout):
            if not client.wire:
                client.wire.append(address)
                time.sleep(0.4)
                raise TimeoutError
            return connect(address, timeout)

        client.connect = connect_late
        began = time.monotonic()
        with pytest.raises(Failed) as failed:
            client.ask("GET", PAGE, 4096)
    assert failed.value.fault == Fault.TIME and time.monotonic() - began < 1.5


def late(handler):
    """Leads on, after a while, to an address with one letter more."""
    time.sleep(0.2)
    handler.send_response(302)
    handler.send_header("Location", f"{handler.path}a")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def test_a_look_takes_a_minute_at_most_however_often_a_site_leads_on(monkeypatch):
    monkeypatch.setattr(client_module, "SECONDS_OF_A_LOOK", 0.3)
    began = time.monotonic()
    with served({"/page": late, "/pagea": late, "/pageaa": late, "/pageaaa": late, "/pageaaaa": 200}) as server:
        seen = look_at(PAGE, client_for(server))
    assert (seen.state, seen.fault) == (State.FAILS, Fault.TIME) and time.monotonic() - began < 1.5


def test_rules_for_which_there_was_no_time_are_asked_for_again(monkeypatch):
    monkeypatch.setattr(client_module, "SECONDS_OF_A_LOOK", 0.3)
    with served({"/robots.txt": late, "/robots.txta": late, "/robots.txtaa": 404, "/page": 200}) as server:
        assert look_at(PAGE, client_for(server)).fault == Fault.TIME
    assert cache.get("robots:http://library.example:80") is None


@pytest.fixture
def silent():
    """A client whose name server says nothing until `silent.speaks` is set; `silent.asked` has the names."""

    def resolve_late(host, port):
        client.asked.append(host)
        client.speaks.wait(5)
        return ["10.0.0.1"]

    client = Client(resolve_late, connect=lambda *_: pytest.fail("it connects"), seconds=0.1)
    client.speaks, client.asked = threading.Event(), []
    yield client
    client.speaks.set()


def test_a_name_server_that_says_nothing_is_left_when_the_time_is_over(silent):
    began = time.monotonic()
    assert look_at(PAGE, silent) == Seen(State.FAILS, fault=Fault.TIME)
    assert time.monotonic() - began < 1


def test_a_silent_name_server_is_asked_few_things_at_a_time_and_sites_it_was_not_asked_for_are_not_blamed(silent):
    for number in range(6):
        OutwardLink.to(f"http://site{number}.example/", []).save()
    look_step(silent)
    assert len(silent.asked) <= 4
    assert not OutwardLink.objects.exclude(host__in=silent.asked).exclude(failures=0).exists()
    silent.speaks.set()
    silent.seconds = 5  # for a busy machine
    assert look_at(PAGE, silent).fault == Fault.CLOSED
