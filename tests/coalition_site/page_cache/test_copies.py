"""What readers get from memory is what Django would answer at that moment, and it is nobody else's."""

import json
import threading

import pytest
from django.conf import settings
from django.test import Client

from publishing.retiring import retire
from tests.articles import draft_of, publish_entry
from tests.coalition_site.page_cache.asking import ask, cache_before_django
from tests.library import publish_work, topic

LIST = "/resources/publications/"


def test_the_second_reader_is_answered_from_memory_without_a_query(cached, django_assert_num_queries):
    cache, django, oracle = cached
    first = ask(cache, "/")
    oracle.asks = False
    with django_assert_num_queries(0):
        second = ask(cache, "/")
    assert (first.status, django.times) == (200, 1)
    assert (second.body, second.headers) == (first.body, first.headers)


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/blog/",
        "/blog/partners-first/",
        "/blog/feed/atom/",
        "/blog/feed/json/",
        "/faq/",
        "/search/?q=partners",
        "/search/feed/atom/?q=partners",
        "/search/suggestions.json?q=part",
        LIST,
        f"{LIST}?q=handbook",
        f"{LIST}topic/",
        f"{LIST}topic/partners/?page=1",
        f"{LIST}a-handbook/",
        f"{LIST}feed/rss/",
        "/resources/publications.json",
        "/resources/publications/a-handbook.json",
        "/sitemap.xml",
        "/robots.txt",
        "/feedback/contact/",
        "/es/faq/",
    ],
)
def test_pages_lists_records_feeds_json_and_searches_are_kept(cached, address):
    publish_entry("Partners first")
    publish_work("A handbook", topics=[topic("Partners")])
    cache, django, _oracle = cached
    answers = [ask(cache, address) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    assert django.times == 1


@pytest.mark.parametrize("made_up", ["x={}", "page_size=many{}", "topic=none{}", "page_size=5&x={}"])
def test_made_up_parameters_of_json_push_no_search_out_and_are_named_each_time(cached, made_up):
    publish_work("A handbook")
    cache, django, _oracle = cached
    for address in ("/search/?q=handbook", "/resources/publications.json", "/resources/publications.json?page_size=5"):
        ask(cache, address)
    room, times = cache.shelf.size, django.times
    for number in range(3):
        answer = ask(cache, f"/resources/publications.json?{made_up.format(number)}")
        (note,) = json.loads(answer.body)["notes"]
        assert note.startswith(f"“{made_up.split('&')[-1].partition('=')[0]}”")
    assert cache.shelf.size == room
    for address in ("/search/?q=handbook", "/resources/publications.json", "/resources/publications.json?page_size=5"):
        assert ask(cache, address).status == 200
    assert django.times == times + 3


def test_whatever_is_appended_to_the_json_of_a_work_it_is_kept_once(cached):
    publish_work("A handbook")
    cache, django, _oracle = cached
    answers = [ask(cache, f"/resources/publications/a-handbook.json{query}") for query in ("", "?x=1", "?x=2")]
    assert len({answer.body for answer in answers}) == 1
    assert django.times == 1


def test_what_is_published_changed_and_retired_is_there_with_the_next_request(cached):
    cache, _django, _oracle = cached
    assert b"Partners first" not in ask(cache, "/blog/").body
    entry = publish_entry("Partners first")
    assert b"Partners first" in ask(cache, "/blog/").body
    assert ask(cache, "/blog/partners-first/").status == 200
    from publishing.publish import publish

    publish(draft_of(type(entry), "Partners at last", item=entry, slug="partners-first"), check_links=False)
    assert b"Partners at last" in ask(cache, "/blog/").body
    retire(entry)
    assert b"Partners at last" not in ask(cache, "/blog/").body
    assert ask(cache, "/blog/partners-first/").status == 410


def test_what_changes_while_a_page_is_made_is_not_missed(cached):
    cache, django, _oracle = cached
    render = django.django

    def render_then_publish(environ, start_response):
        response = render(environ, start_response)
        publish_entry("Partners first")
        return response

    django.django = render_then_publish
    assert b"Partners first" not in ask(cache, "/blog/").body
    django.django = render
    assert b"Partners first" in ask(cache, "/blog/").body


def test_who_is_signed_in_is_answered_by_django_alone(cached, editor):
    cache, django, _oracle = cached
    ask(cache, "/")
    client = Client()
    client.force_login(editor)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    for _ in range(2):
        answer = ask(cache, "/", cookie=f"theme=dark; {settings.SESSION_COOKIE_NAME}={session}")
        assert answer.status == 200
        assert "s-maxage" not in answer.headers.get("cache-control", "")
    assert django.times == 3


def test_a_cookie_that_is_not_ours_changes_nothing(cached):
    cache, django, _oracle = cached
    ask(cache, "/")
    ask(cache, "/", cookie="somebody_elses=1")
    assert django.times == 1


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere/", 404),
        ("/accounts/login/", 200),
        ("/styleguide/", 200),
        ("/search/?q=zzzzqqqq", 200),
        ("/?q=%00", 400),
    ],
)
def test_errors_forms_with_cookies_and_searches_in_vain_are_not_kept(cached, address, status):
    cache, django, _oracle = cached
    assert [ask(cache, address).status for _ in range(2)] == [status, status]
    assert django.times == 2


def test_a_form_that_was_sent_is_answered_by_django(cached):
    cache, django, _oracle = cached
    ask(cache, "/feedback/contact/")
    answer = ask(cache, "/feedback/contact/", method="POST", body=b"text=Hello")
    assert (answer.status, django.times) == (403, 2)


def test_unknown_parameters_are_no_pages_of_their_own_and_stand_in_none(cached):
    cache, django, _oracle = cached
    for number in range(5):
        answer = ask(cache, f"/blog/?utm_source=letter{number}")
        assert b"letter" not in answer.body
    assert django.times == 1
    size = cache.shelf.size
    ask(cache, "/blog/")  # another key, but that with no parameter at all
    ask(cache, "/blog/?fbclid=1&utm_source=2")
    assert cache.shelf.size == size


def test_the_order_of_parameters_does_not_matter_and_their_values_do(cached):
    cache, django, _oracle = cached
    publish_entry("Partners first")
    for query in ("q=partners&page=1", "page=1&q=partners", "page=1&utm_source=x&q=partners"):
        ask(cache, f"/search/?{query}")
    assert django.times == 1
    assert ask(cache, "/search/?q=first").body != ask(cache, "/search/?q=partners&page=1").body


def test_invented_searches_push_no_page_out(cached):
    publish_entry("Partners first")
    cache, django, _oracle = cache_before_django(room=400_000)
    ask(cache, "/blog/")
    for number in range(40):
        ask(cache, f"/search/?q=partners&from={1700 + number}")
    assert cache.shelf.size <= 400_000
    before = django.times
    ask(cache, "/blog/")
    assert django.times == before


def test_the_least_recently_used_page_goes_first(cached):
    for number in range(8):
        publish_entry(f"Entry {number}")
    cache, _django, _oracle = cached
    ask(cache, "/blog/entry-0/")
    room_for_four = int(cache.shelf.size * 4.5 / 0.75)
    cache, django, _oracle = cache_before_django(room=room_for_four)
    ask(cache, "/blog/entry-0/")
    for number in range(1, 8):
        ask(cache, f"/blog/entry-{number}/")
        ask(cache, "/blog/entry-0/")
    assert django.times == 8
    assert cache.shelf.size <= room_for_four
    ask(cache, "/blog/entry-1/")
    assert django.times == 9


def test_no_id_of_a_request_is_given_to_two(cached):
    cache, _django, _oracle = cached
    assert not [answer for answer in (ask(cache, "/"), ask(cache, "/")) if "x-request-id" in answer.headers]


def test_many_at_once_wait_for_one_rendering(cached, monkeypatch):
    cache, django, oracle = cached
    body = ask(cache, "/").body
    cache.shelf.drop(("https", "/", ""))
    oracle.asks = False
    page = [("Content-Type", "text/html")]
    entered, go_on = threading.Event(), threading.Event()
    answered = django.django

    def slow(environ, start_response):
        entered.set()
        go_on.wait(5)
        return kept_response(body, start_response, page)

    django.django, django.times = slow, 0
    answers = []
    readers = [threading.Thread(target=lambda: answers.append(ask(cache, "/").body)) for _ in range(8)]
    for reader in readers:
        reader.start()
    assert entered.wait(5)
    go_on.set()
    for reader in readers:
        reader.join(5)
    django.django = answered
    assert answers == [body] * 8
    assert django.times == 1


def kept_response(body, start_response, headers):
    """What a view for everyone would answer, without a database in this thread."""
    from django.http import HttpResponse

    response = HttpResponse(body)
    response.parameters = frozenset()
    start_response("200 OK", headers)
    return response
