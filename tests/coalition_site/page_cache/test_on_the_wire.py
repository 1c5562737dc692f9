"""How a kept page goes out: encodings, conditions, HEAD, hosts, TLS."""

import gzip

import brotli
import pytest

from tests.articles import publish_entry
from tests.coalition_site.page_cache.asking import ask, cache_before_django
from tests.library import publish_work


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("", "", bytes),
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("br;q=0, gzip", "gzip", gzip.decompress),
        ("br;q=0.2, gzip;q=0.8", "gzip", gzip.decompress),
        ("*;q=0", "", bytes),
        ("br;q=nonsense", "", bytes),
    ],
)
def test_each_browser_gets_the_encoding_that_it_takes(cached, accepted, encoding, decode):
    cache, _django, _oracle = cached
    plain = ask(cache, "/")
    answer = ask(cache, "/", accept_encoding=accepted)
    assert decode(answer.body) == plain.body
    assert answer.headers.get("content-encoding", "") == encoding
    assert answer.headers["content-length"] == str(len(answer.body))
    assert "Accept-Encoding" in answer.headers["vary"]


def test_what_is_not_kept_is_compressed_too(cached):
    cache, _django, _oracle = cached
    answer = ask(cache, "/nowhere/", accept_encoding="br")
    assert answer.status == 404
    assert b"There is no page" in brotli.decompress(answer.body)


def test_a_reader_who_has_the_page_gets_no_second_one(cached):
    cache, _django, _oracle = cached
    for accepted in ("", "br", "gzip"):
        tag = ask(cache, "/", accept_encoding=accepted).headers["etag"]
        for asked in (tag, f'"other", W/{tag}', "*"):
            answer = ask(cache, "/", accept_encoding=accepted, if_none_match=asked)
            assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
            assert {"vary", "cache-control"} <= answer.headers.keys()
    assert ask(cache, "/", if_none_match='"other"').status == 200
    publish_entry("Partners first")
    assert ask(cache, "/blog/", if_none_match=tag).status == 200


def test_the_first_reader_who_asks_under_a_condition_gets_a_page_that_all_can_have(cached):
    cache, django, _oracle = cached
    ask(cache, "/resources/publications.json")
    tag = ask(cache, "/resources/publications.json").headers["etag"]
    publish_work("A handbook")
    assert ask(cache, "/resources/publications.json", if_none_match=tag).status == 200
    assert b"A handbook" in ask(cache, "/resources/publications.json").body
    assert django.times == 2


def test_head_is_get_without_its_body(cached):
    cache, django, _oracle = cached
    whole = ask(cache, "/")
    head = ask(cache, "/", method="HEAD")
    assert (head.status, head.body, head.headers, django.times) == (200, b"", whole.headers, 1)


def test_head_is_kept_as_what_get_would_have_got(cached):
    cache, django, _oracle = cached
    whole = ask(cache, "/")
    publish_entry("Partners first")
    assert ask(cache, "/", method="HEAD").body == b""
    again = ask(cache, "/")
    assert (again.status, django.times) == (200, 2)
    assert again.body != whole.body and b"Partners first" in again.body


def test_a_forged_host_gets_nothing_from_memory_and_takes_nothing_out_of_it(cached, settings):
    settings.ALLOWED_HOSTS = ["www.example.org"]
    cache, django, _oracle = cached
    assert ask(cache, "/").status == 200
    assert ask(cache, "/", host="evil.example.com").status == 400
    django.times = 0
    assert ask(cache, "/").status == 200
    assert django.times == 0


def test_the_page_over_tls_is_not_given_without(cached, settings):
    settings.SECURE_SSL_REDIRECT = True
    cache, _django, _oracle = cache_before_django()
    assert ask(cache, "/").status == 200
    assert ask(cache, "/", scheme="http").status == 301
