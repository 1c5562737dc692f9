"""How soon a process knows that something was published: by its ear, and without it. With real commits."""

import math
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.backends.postgresql.base import DatabaseWrapper
from django.utils import timezone

from publishing.content_version import ContentVersion
from publishing.freshness import Watcher
from tests.relay import Relay

pytestmark = pytest.mark.django_db(transaction=True)

SOON = 0.05  # seconds
WITHOUT_THE_EAR = 1.0
PATIENCE = 10


@pytest.fixture
def watcher():
    """A watcher that has looked once. Its connection is closed by the server at the end, for the test database."""
    watcher = Watcher()
    watcher.is_on = True
    until(lambda: watcher.known is not None)
    yield watcher
    watcher.stop()


def until(is_so, patience=PATIENCE):
    """Wait for a condition; gives the seconds that it took."""
    start = time.monotonic()
    while not is_so():
        assert time.monotonic() - start < patience, "it did not happen"
        time.sleep(0.002)
    return time.monotonic() - start


def right(watcher):
    known = watcher.known
    return known is not None and known.number == ContentVersion.current()


def test_what_is_committed_is_heard_at_once(watcher):
    waited = []
    for _ in range(20):
        with transaction.atomic():
            ContentVersion.bump()
        waited.append(until(lambda: right(watcher)))
    assert sorted(waited)[10] < SOON, waited


def test_what_is_heard_leaves_nobody_sure_of_the_old_number_while_it_is_asked_for(watcher, monkeypatch):
    asked, answered = threading.Event(), threading.Event()

    def slow_look(own):
        asked.set()
        assert answered.wait(PATIENCE)
        return 7, 0

    monkeypatch.setattr("publishing.freshness.LOOK_EVERY", 60)
    monkeypatch.setattr("publishing.freshness.SURE_FOR", 60)
    ContentVersion.bump()
    until(lambda: right(watcher))  # from now on it looks only when it hears
    monkeypatch.setattr("publishing.freshness.marks", slow_look)
    ContentVersion.bump()
    assert asked.wait(PATIENCE)
    assert watcher.known is watcher.last_known is None  # or what was taken offline would be shown as the last good page
    assert not watcher.is_database_away
    answered.set()
    until(lambda: watcher.known is not None)
    assert watcher.known.number == 7
    monkeypatch.undo()
    ContentVersion.bump()  # or it would not look up for a minute, and could not be stopped


def test_what_is_not_committed_changes_nothing(watcher):
    before = watcher.known.number
    with transaction.atomic():
        ContentVersion.bump()
        time.sleep(0.1)
        transaction.set_rollback(True)
    until(lambda: right(watcher))
    assert watcher.known.number == before


def test_with_the_ear_lost_nobody_is_sure_of_the_old_number_for_long(watcher, monkeypatch):
    monkeypatch.setattr("publishing.freshness.CHANNEL", "another_channel")
    end_other_connections()
    until(lambda: right(watcher))
    for _ in range(3):
        with transaction.atomic():
            ContentVersion.bump()
        assert until(lambda: watcher.known is None or right(watcher)) < WITHOUT_THE_EAR
        until(lambda: right(watcher))


def test_a_connection_that_the_server_ends_is_made_anew(watcher):
    end_other_connections()
    with transaction.atomic():
        ContentVersion.bump()
    assert until(lambda: right(watcher)) < 2


def test_the_process_that_commits_needs_no_ear(watcher):
    assert watcher.known is not None
    watcher.forget_version()
    assert watcher.known is watcher.last_known is None
    assert not watcher.is_database_away
    until(lambda: watcher.known is not None)


def test_taking_away_is_told_from_adding(watcher):
    ContentVersion.bump()
    until(lambda: right(watcher))
    before = watcher.known
    ContentVersion.bump(is_removal=True)
    until(lambda: right(watcher))
    after = watcher.known
    assert not after.allows_in_need(before)
    ContentVersion.bump()
    until(lambda: right(watcher))
    assert watcher.known.allows_in_need(after)


@pytest.fixture
def relay(monkeypatch):
    """What lies between the watchers and the database. They lose patience sooner than on a server."""
    there = connection.get_connection_params()
    relay = Relay(there.get("host"), there.get("port", 5432))
    watched = there | {"host": "127.0.0.1", "port": relay.port}
    main = threading.current_thread()
    monkeypatch.setattr(
        DatabaseWrapper, "get_connection_params", lambda _: there if threading.current_thread() is main else watched
    )
    for name, seconds in (("CONNECTED_WITHIN", 0.2), ("ANSWERED_WITHIN", 0.3), ("SERVER_GIVES_UP_AFTER", 0.2)):
        monkeypatch.setattr(f"publishing.freshness.{name}", seconds)
    monkeypatch.setattr("publishing.freshness.AWAY_AFTER", 0.8)
    yield relay
    relay.close()


def test_a_connection_through_which_nothing_comes_any_more_is_no_database_that_is_away(relay, watcher):
    relay.lose_open_connections()
    ContentVersion.bump()
    waited = until(lambda: right(watcher) or watcher.is_database_away)
    assert right(watcher) and waited < 1.5


def test_a_database_that_vanishes_is_away_until_it_is_back(relay, watcher):
    relay.vanish()
    assert until(lambda: watcher.is_database_away) < 1.5
    assert watcher.is_database_silent
    assert watcher.known is None and watcher.last_known is not None
    relay.is_silent = False
    assert until(lambda: right(watcher)) < 1
    assert not watcher.is_database_away


def test_a_database_that_refuses_is_away_and_keeps_nobody_waiting(relay, watcher):
    relay.refuse()
    until(lambda: watcher.is_database_away)
    assert not watcher.is_database_silent


def test_a_database_that_is_only_slow_is_not_away_and_is_asked_by_one_alone(relay, watcher):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE publishing_contentversion IN ACCESS EXCLUSIVE MODE")
        time.sleep(1.2)
        assert watcher.known is None
        assert not watcher.is_database_away
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")
        assert cursor.fetchone()[0] <= 1
    until(lambda: right(watcher))


def test_a_clock_that_was_set_back_leaves_nobody_sure_of_a_later_moment(watcher, make_page, monkeypatch):
    now = timezone.now()
    ends_at = now - timedelta(minutes=30)
    make_page("Forum", published_at=now - timedelta(days=1), retired_at=ends_at)
    ContentVersion.bump()
    until(lambda: right(watcher))
    assert watcher.known.moment == math.inf
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(hours=1))
    monkeypatch.setattr("time.time", lambda: now.timestamp() - 3600)
    assert watcher.known is None
    until(lambda: watcher.known is not None)
    assert watcher.known.moment == ends_at.timestamp()


def end_other_connections():
    """As a failover or an administrator would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
