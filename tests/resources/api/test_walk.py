"""A walk through the list of works as JSON, from its first page to its last, and what changed since a moment."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.utils import timezone

from publishing.publish import publish
from publishing.retiring import retire
from resources.models import Publication
from tests.library import draft_work, publish_work, topic
from tests.resources.api.asking import LIST, SITE, asked, titles


def walked(client, address=LIST, between=None):
    """The pages from an address on, as lists of titles; after each of them happens the next thing of `between`."""
    while address:
        response = client.get(address.removeprefix(SITE))
        data = response.json()
        assert response.get("Link") == (f'<{data["next"]}>; rel="next"' if data["next"] else None)
        yield titles(data)
        address = data["next"]
        if change := next(between or iter(()), None):
            change()


@pytest.fixture(scope="module")
def published(kept_for_the_module):
    """Seven works, written once for all tests: their keys."""
    return [publish_work(f"Work {number}").pk for number in range(7)]


@pytest.fixture
def seven(published, db):
    return [Publication.objects.get(pk=pk) for pk in published]


def test_a_walk_meets_every_work_once_in_the_order_of_change(client, seven):
    pages = list(walked(client, f"{LIST}?page_size=3"))
    assert pages == [["Work 0", "Work 1", "Work 2"], ["Work 3", "Work 4", "Work 5"], ["Work 6"]]
    assert list(walked(client)) == [[f"Work {number}" for number in range(7)]]


def test_a_last_page_that_is_full_has_no_next(client, seven):
    assert [len(page) for page in walked(client, f"{LIST}?page_size=7")] == [7]


def test_works_that_were_changed_in_the_same_moment_are_all_met(client, seven):
    Publication.objects.update(updated_at=timezone.now())
    pages = list(walked(client, f"{LIST}?page_size=2"))
    assert [*chain(*pages)] == [f"Work {number}" for number in range(7)]


def test_a_walk_misses_nothing_while_works_are_added_changed_and_taken_away(client, seven):
    changes = iter([
        lambda: publish_work("New"),
        lambda: publish(draft_work("Work 0 again", work=seven[0])),
        lambda: retire(seven[2]),
    ])  # fmt: skip
    pages = list(walked(client, f"{LIST}?page_size=2", between=changes))
    assert [*chain(*pages)] == [f"Work {number}" for number in range(7)] + ["New", "Work 0 again"]


def test_a_scheduled_work_comes_at_its_moment_behind_what_a_walk_has_seen(client, seven, monkeypatch):
    moment = timezone.now() + timedelta(days=1)
    publish(draft_work("Tomorrow"), at=moment)
    first = asked(client, page_size=7)
    last_change = first["publications"][-1]["updated_at"]
    assert "Tomorrow" not in titles(first)
    monkeypatch.setattr(timezone, "now", lambda: moment)
    tomorrow = asked(client, updated_since=last_change)
    assert titles(tomorrow) == ["Work 6", "Tomorrow"]
    assert datetime.fromisoformat(tomorrow["publications"][-1]["updated_at"]) == moment


def test_the_count_is_that_of_all_pages_and_the_size_is_said(client, seven):
    data = asked(client, page_size=2)
    assert (data["version"], data["count"], data["page_size"], data["notes"]) == (1, 7, 2, [])
    assert asked(client)["page_size"] == 50
    assert client.get(data["next"].removeprefix(SITE)).json()["count"] == 7


def test_a_renamed_topic_goes_on_working_and_next_has_its_new_name(client, seven):
    research = topic("Research")
    for work in seven:
        work.topics.add(research)
    research.slug = "evidence"
    research.save()
    data = asked(client, topic="research", page_size=2)
    assert data["count"] == 7
    assert data["next"].startswith(f"{SITE}{LIST}?topic=evidence&page_size=2&after=")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("2026-11-03", ["Work 3", "Work 4", "Work 5", "Work 6"]),
        ("2026-11-04T12:00:00Z", ["Work 4", "Work 5", "Work 6"]),
        ("2026-11-04T12:00:00.000001Z", ["Work 5", "Work 6"]),
        ("2026-11-04T14:00:00+02:00", ["Work 4", "Work 5", "Work 6"]),
        ("2026-11-04T08:00:00-05:00", ["Work 5", "Work 6"]),
        ("2030-01-01", []),
        ("0001-01-01T00:00:00+14:00", [f"Work {number}" for number in range(7)]),
        ("9999-12-31T23:59:59-14:00", []),
    ],
)
def test_what_changed_since_a_moment(client, seven, written, found):
    started = datetime(2026, 10, 31, 12, tzinfo=UTC)
    for number, work in enumerate(seven):
        moments = dict.fromkeys(("published_at", "updated_at"), started + timedelta(days=number))
        Publication.objects.filter(pk=work.pk).update(**moments)
    assert titles(asked(client, updated_since=written)) == found
    assert titles(client.get(f"{LIST}?updated_since={written}").json()) == found  # with a bare plus sign
    assert [*chain(*walked(client, f"{LIST}?page_size=2&updated_since={written}"))] == found


def test_what_has_not_changed_is_not_sent_again(client, seven):
    etag = client.get(LIST)["ETag"]
    assert client.get(LIST, HTTP_IF_NONE_MATCH=etag).status_code == 304
    retire(seven[0])
    assert client.get(LIST, HTTP_IF_NONE_MATCH=etag).status_code == 200
