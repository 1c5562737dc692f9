"""Copies end at the moment at which something appears or ends, whatever happens to the clock."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from coalition_site.page_cache import PageCache
from publishing.freshness import Watcher
from publishing.retiring import retire
from tests.articles import publish_entry
from tests.coalition_site.page_cache.asking import Counted, ask


def test_nothing_is_given_past_the_moment_at_which_something_appears_or_ends(cached, monkeypatch):
    cache, _django, _oracle = cached
    now = timezone.now()
    publish_entry("Partners first", at=now + timedelta(minutes=5))
    assert b"Partners first" not in ask(cache, "/blog/").body
    later = now + timedelta(minutes=5, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    monkeypatch.setattr("time.time", later.timestamp)
    assert b"Partners first" in ask(cache, "/blog/").body


def test_a_promotion_begins_and_ends_by_the_clock(cached, monkeypatch):
    from pages.models import Promotion

    cache, _django, _oracle = cached
    now = timezone.now()
    begins, ends = now + timedelta(minutes=5), now + timedelta(minutes=10)
    Promotion.objects.create(title="National Forum", address="/", begins_at=begins, ends_at=ends)
    shown = []
    for minutes in (0, 6, 11):
        moment = now + timedelta(minutes=minutes)
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda moment=moment: moment)
            patch.setattr("time.time", moment.timestamp)
            shown.append(b"National Forum" in ask(cache, "/").body)
    assert shown == [False, True, False]


def test_a_clock_that_was_set_back_shows_nothing_of_the_time_that_is_yet_to_come(cached, monkeypatch):
    cache, django, _oracle = cached
    ask(cache, "/")
    monkeypatch.setattr("time.time", lambda: timezone.now().timestamp() - 3600)
    ask(cache, "/")
    assert django.times == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_made_after_the_clock_was_set_back_ends_at_a_moment_that_had_passed(home, monkeypatch):
    watcher = Watcher()
    cache = PageCache(Counted(), room=10_000_000, watcher=watcher)
    entry, now = publish_entry("Partners first"), timezone.now()
    retire(entry, at=now + timedelta(minutes=5))
    found = []
    for minutes in (10, 0, 6):
        moment = now + timedelta(minutes=minutes)
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        monkeypatch.setattr("time.time", moment.timestamp)
        until(lambda: watcher.known is not None)
        found.append(ask(cache, "/blog/partners-first/").status)
    watcher.stop()
    assert found == [410, 200, 410]


def until(is_so):
    deadline = time.monotonic() + 5
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.002)
