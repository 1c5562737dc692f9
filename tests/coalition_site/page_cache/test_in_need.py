"""What other caches may do with a page, and what readers get while the database is away."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.retiring import retire
from tests.articles import publish_entry
from tests.coalition_site.page_cache.asking import ask
from tests.library import publish_work


def seconds(answer):
    """The numbers of a Cache-Control: {"s-maxage": 5, …}."""
    return {name: int(value) for name, value in re.findall(r"([a-z-]+)=(\d+)", answer.headers["cache-control"])}


def test_caches_before_us_ask_every_few_seconds_and_hold_on_while_we_fail(cached):
    cache, _django, _oracle = cached
    answer = ask(cache, "/")
    assert answer.headers["cache-control"].startswith("public, ")
    found = seconds(answer)
    assert found["max-age"] == 0
    assert 1 <= found["s-maxage"] <= 10
    assert found["stale-while-revalidate"] <= 2
    assert found["stale-if-error"] > 60


def test_what_says_that_a_page_has_gone_takes_its_place_in_caches_before_us(cached):
    cache, _django, _oracle = cached
    entry = publish_entry("Partners first")
    address = entry.get_absolute_url()
    assert ask(cache, address).status == 200
    retire(entry)
    work = publish_work("Evaluation Toolkit")
    retire(work)
    file = f"{work.get_absolute_url()}files/evaluation-toolkit.pdf"
    for gone, status in ((address, 410), (work.get_absolute_url(), 410), (file, 410), ("/no-such-page/", 404)):
        answer = ask(cache, gone)
        assert answer.status == status
        assert answer.headers["cache-control"].startswith("public, ") and 1 <= seconds(answer)["s-maxage"] <= 2


def test_nginx_in_front_keeps_a_page_for_a_second(cached, settings):
    cache, _django, _oracle = cached
    assert "x-accel-expires" not in ask(cache, "/").headers
    settings.PROXIES = 1
    assert ask(cache, "/").headers["x-accel-expires"] == "1"


@pytest.mark.parametrize("left", [600, 20, 2])
def test_no_copy_may_live_beyond_a_known_moment_the_stale_ones_included(cached, monkeypatch, left):
    cache, _django, _oracle = cached
    now = timezone.now()
    publish_entry("Partners first", at=now + timedelta(seconds=1000))
    ask(cache, "/blog/")  # kept while the moment is far
    later = now.timestamp() + 1000 - left
    monkeypatch.setattr("time.time", lambda: later)
    found = seconds(ask(cache, "/blog/"))
    assert found["s-maxage"] + max(found["stale-while-revalidate"], found["stale-if-error"]) <= left


def test_while_the_database_is_away_the_last_good_page_is_given_and_marked(cached):
    cache, django, oracle = cached
    body = ask(cache, "/").body
    publish_entry("Partners first")
    oracle.known  # noqa: B018 - one more look before it is away
    django.fails, oracle.is_sure = True, False
    answer = ask(cache, "/")
    assert (answer.status, answer.body) == (200, body)
    assert "stale" in answer.headers["cache-status"]
    assert answer.headers["cache-control"] == "no-cache"
    assert ask(cache, "/blog/").status == 503  # nobody had asked for it before
    django.fails, oracle.is_sure = False, True
    assert "cache-status" not in ask(cache, "/").headers


def test_a_forged_host_takes_away_nothing_that_stands_in(cached, settings):
    settings.ALLOWED_HOSTS = ["www.example.org"]
    cache, django, oracle = cached
    ask(cache, "/")
    assert ask(cache, "/", host="203.0.113.9").status == 400
    django.fails, oracle.is_sure = True, False
    assert ask(cache, "/").status == 200


def test_a_database_that_is_known_to_be_away_is_not_asked(cached):
    cache, django, oracle = cached
    ask(cache, "/")
    oracle.is_sure, oracle.is_database_away = False, True
    assert ask(cache, "/").status == 200
    assert django.times == 1


def test_what_was_taken_from_readers_is_given_to_nobody_even_then(cached):
    cache, django, oracle = cached
    entry = publish_entry("Partners first")
    assert b"Partners first" in ask(cache, "/blog/").body
    retire(entry)
    oracle.known  # noqa: B018
    django.fails, oracle.is_sure = True, False
    assert ask(cache, "/blog/").status == 503
    assert ask(cache, "/blog/partners-first/").status == 503


def test_what_ends_by_the_clock_is_given_to_nobody_even_then(cached, monkeypatch):
    cache, django, oracle = cached
    now = timezone.now()
    retire(publish_entry("Partners first"), at=now + timedelta(seconds=60))
    ask(cache, "/blog/partners-first/")
    django.fails, oracle.is_sure = True, False
    assert ask(cache, "/blog/partners-first/").status == 200
    monkeypatch.setattr("time.time", lambda: now.timestamp() + 61)
    assert ask(cache, "/blog/partners-first/").status == 503


def test_while_the_database_is_away_nobody_waits_for_another_request(cached, monkeypatch):
    cache, django, oracle = cached
    monkeypatch.setattr("coalition_site.page_cache.wsgi.PATIENCE", 3)
    oracle.is_sure, oracle.is_database_away = False, True
    statuses, answered = [], django.django

    def vanish(environ, start_response):
        if not statuses:  # somebody else asks for the same page meanwhile
            statuses.append(None)
            django.fails, began_at = True, time.monotonic()
            statuses.append(ask(cache, "/blog/").status)
            assert time.monotonic() - began_at < 2
        return answered(environ, start_response)

    django.django = vanish
    ask(cache, "/blog/")
    assert statuses == [None, 503]
