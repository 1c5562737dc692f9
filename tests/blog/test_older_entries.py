"""Pages of older entries: they keep their addresses, and what names no place in a list is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from blog.models import Entry, Series
from publishing.retiring import retire
from tests.articles import draft_of, publish_entry
from tests.blog.lists import older, titles
from tests.library import saved

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def many(kept_for_the_module):
    """Three pages of entries, published once for the tests of this file."""
    return [publish_entry(f"Entry {number}", dated_on=f"2026-01-{number:02}") for number in range(1, 25)]


def test_the_newest_stand_first_and_a_page_of_older_ones_stays_the_same(client, many):
    first = client.get("/blog/")
    assert titles(first) == [f"Entry {number}" for number in range(24, 14, -1)]
    address = f"/blog/{older(first)[1]}"
    second = titles(client.get(address))
    assert second == [f"Entry {number}" for number in range(14, 4, -1)]
    publish_entry("Newer", dated_on="2026-02-01")
    retire(Entry.objects.get(pk=many[-1].pk))
    assert titles(client.get(address)) == second
    third = client.get(f"/blog/{older(client.get(address))[1]}")
    assert titles(third) == [f"Entry {number}" for number in range(4, 0, -1)]
    assert not older(third)


@pytest.mark.parametrize("before", ["x", "0", "-1", "99999999999999999999", "", "1e5", "\u0663"])
def test_a_place_that_is_none_gives_the_newest_and_says_so(client, many, before):
    response = client.get("/blog/", {"before": before})
    assert titles(response)[0] == "Entry 24"
    assert ("The place in this list was not understood" in response.content.decode()) == bool(before)


def test_a_place_behind_a_draft_is_no_place(client, many):
    draft = draft_of(Entry, "Draft")
    assert "was not understood" in client.get(f"/blog/?before={draft.object_id}").content.decode()


@pytest.mark.parametrize(
    "place",
    ["2026/13", "2026/0", "2026/00", "0000", "9999", "2024", "2026/02", "26", "2026/1/1/x", "series/none", "tag/none",
     "author/none", "feed/pdf", "series/core-values/feed/x", "none", "2026/01/none.html"],
)  # fmt: skip
def test_what_is_no_list_and_no_date_is_not_found(client, many, place):
    saved(Series(label="Core values"))
    assert client.get(f"/blog/{place}/").status_code == 404


def test_a_place_behind_a_scheduled_entry_is_no_place(client, many):
    later = publish_entry("Later", at=timezone.now() + timedelta(days=9))
    assert "was not understood" in client.get(f"/blog/?before={later.pk}").content.decode()


def test_pages_of_older_entries_are_pages_of_their_own_and_a_series_is_one_page(client, many):
    address = older(client.get("/blog/"))[1]
    html = client.get(f"/blog/{address}").content.decode()
    assert f'<link rel="canonical" href="https://www.example.org/blog/{address}">' in html
    assert f'<meta property="og:url" content="https://www.example.org/blog/{address}">' in html
    series = saved(Series(label="Core values"))
    publish_entry("First", series_id=series.pk)
    html = client.get(f"/blog/series/core-values/?before={many[0].pk}").content.decode()
    assert "older entries" not in html and "First" in html
