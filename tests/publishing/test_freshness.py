"""How soon a process knows that something was published: by its ear, and without it. With real commits."""

import threading
import time

import pytest
from django.db import connection, transaction

from publishing.content_version import ContentVersion
from publishing.freshness import Watcher

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

    def slow_look():
        asked.set()
        assert answered.wait(PATIENCE)
        return 7, 0

    monkeypatch.setattr("publishing.freshness.LOOK_EVERY", 60)
    monkeypatch.setattr("publishing.freshness.SURE_FOR", 60)
    ContentVersion.bump()
    until(lambda: right(watcher))  # from now on it looks only when it hears
    monkeypatch.setattr(ContentVersion, "marks", slow_look)
    ContentVersion.bump()
    assert asked.wait(PATIENCE)
    assert watcher.known is None
    watcher._began_at -= PATIENCE
    assert not watcher.is_database_away  # or a page that was taken offline would be shown as the last good one
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
    watcher._began_at -= PATIENCE
    watcher.forget_version()
    assert watcher.known is None
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


def end_other_connections():
    """As a failover or an administrator would."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
