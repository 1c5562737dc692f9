"""The list of works as JSON: its filters, and a walk from its first page to its last."""

from datetime import UTC, datetime, timedelta
from itertools import chain

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing.publish import publish
from publishing.retiring import retire
from resources.models import Publication, Series
from tests.library import draft_work, organization, person, publish_a_full_work, publish_work, saved, topic
from tests.whole_site.reading import Reading
from vocabulary.models import Place, Result, Role, Topic

LIST = "/resources/publications.json"
SITE = "https://www.example.org"


def asked(client, **query):
    response = client.get(LIST, query)
    assert (response.status_code, response["Content-Type"]) == (200, "application/json")
    return response.json()


def titles(data):
    return [work["title"] for work in data["publications"]]


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


@pytest.fixture
def seven(db):
    return [publish_work(f"Work {number}") for number in range(7)]


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


@pytest.fixture
def library(db):
    """A work on every shelf beside one that stands on none, and a draft with words that no public work has."""
    research = topic("Research")
    author, publisher = person("Blank", "Martin J."), organization("Coalition")
    work = publish_work(
        "On Every Shelf",
        topics=[research],
        tags=["Mott"],
        authors=[author],
        publishers=[publisher],
        issued_year=2003,
        work_kind="case_study",
        levels=["state"],
        series_id=saved(Series(label="Occasional papers")).pk,
    )
    work.places.add(saved(Place(label="Ohio")))
    work.roles.add(saved(Role(label="Principals")))
    work.results.add(saved(Result(label="Attendance")))
    publish_work("The Unshelved")
    draft_work("Unheard of", tags=["secret"], issued_year=1987, authors=[person("Hidden")])
    return work


@pytest.mark.parametrize(
    "filters",
    [
        {"topic": "research"}, {"author": "martin-j-blank"}, {"organization": "coalition"}, {"year": "2003"},
        {"kind": "case-study"}, {"level": "state"}, {"series": "occasional-papers"}, {"tag": "mott"},
        {"place": "ohio"}, {"role": "principals"}, {"result": "attendance"}, {"a-z": "o"},
        {"topic": "research", "year": "2003", "kind": "case-study"},
    ],
    ids=str,
)  # fmt: skip
def test_filters_are_those_of_the_shelves(client, library, filters):
    data = asked(client, **filters)
    assert (titles(data), data["count"], data["notes"]) == (["On Every Shelf"], 1, [])


def test_filters_narrow_each_other(client, library):
    publish_work("Older", issued_year=1999, topics=[Topic.objects.get()])
    assert titles(asked(client, topic="research")) == ["On Every Shelf", "Older"]
    assert titles(asked(client, topic="research", year="1999")) == ["Older"]
    assert titles(asked(client, topic="research", year="1999", level="state")) == []


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


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("page_size", "0"), ("page_size", "101"), ("page_size", "-1"), ("page_size", "many"), ("page_size", "9" * 3000),
        ("updated_since", "yesterday"), ("updated_since", "2026-02-30"), ("updated_since", "2026"),
        ("updated_since", "2026-01-01T00:00:00+20:00"), ("updated_since", "2026-01-01T00:00:00-23:59"),
        ("updated_since", "2026-01-01T00:00:00+14:01"), ("updated_since", "2026-01-01T00:00:00+24:00"),
        ("after", "1"), ("after", "a-b"), ("after", "9" * 18 + "-1"), ("after", "1-" + "9" * 19), ("after", "-1-1"),
        ("after", "\u0661-\u0661"), ("topic", "nothing"), ("topic", "x" * 3000), ("topic", "😀"), ("year", "19998"),
        ("year", "\u0661\u0669\u0669\u0669"), ("kind", "poem"), ("level", "county"), ("a-z", "ll"), ("tag", "secret"),
        ("author", "hidden"), ("author", "' OR 1=1 --"), ("topci", "research"), ("page", "2"),
    ],
    ids=lambda value: value[:20],
)  # fmt: skip
def test_what_is_not_understood_is_left_out_and_said(client, library, name, value):
    data = asked(client, **{name: value})
    assert titles(data) == ["On Every Shelf", "The Unshelved"]
    (note,) = data["notes"]
    assert note.startswith(f"“{name}” ")


def test_the_largest_place_that_is_understood_lies_behind_all_works(client, library):
    data = asked(client, after="9" * 17 + "-" + "9" * 18)
    assert (titles(data), data["notes"], data["count"]) == ([], [], 2)


def test_a_parameter_that_stands_twice_counts_once_and_that_is_said(client, library):
    data = client.get(f"{LIST}?year=1999&year=2003").json()
    assert titles(data) == ["On Every Shelf"]
    assert data["notes"] == ["“year” stands more than once; the last one counts."]


def test_a_parameter_without_a_value_is_none(client, library):
    data = client.get(f"{LIST}?topic=&page_size=&after=&updated_since=").json()
    assert (data["count"], data["notes"]) == (2, [])


def test_an_empty_library_is_an_empty_list(client, db):
    assert asked(client) == {
        "version": 1, "count": 0, "page_size": 50, "next": None, "notes": [], "publications": [],
    }  # fmt: skip


def test_the_list_shows_each_work_as_its_own_address_does(client, db):
    work = publish_a_full_work()
    one = client.get(f"/resources/publications/{work.slug}.json").json()["publication"]
    assert one in asked(client)["publications"]


def test_what_has_not_changed_is_not_sent_again(client, seven):
    etag = client.get(LIST)["ETag"]
    assert client.get(LIST, HTTP_IF_NONE_MATCH=etag).status_code == 304
    retire(seven[0])
    assert client.get(LIST, HTTP_IF_NONE_MATCH=etag).status_code == 200


@pytest.mark.parametrize(("place", "query"), [("", ""), ("topic/research/", "?topic=research")])
def test_lists_and_shelves_name_their_json_beside_their_feeds(client, library, place, query):
    for path in (f"/resources/publications/{place}", f"/es/resources/publications/{place}"):
        page = Reading(client.get(path).content)
        assert {link.get("type"): link.get("href") for link in page.all("link", rel="alternate")} == {
            "application/atom+xml": f"{path}feed/atom/",
            "application/rss+xml": f"{path}feed/rss/",
            "application/json": f"{LIST}{query}",
        }


def test_works_without_number_cost_the_same_queries(client, db):
    """With all that can grow: parts, files, terms, relations from both sides."""

    def queries():
        client.get(LIST, {"page_size": 100})
        with CaptureQueriesContext(connection) as captured:
            number = len(asked(client, page_size=100)["publications"])
        return number, len(captured)

    grown = [publish_a_full_work()]
    for number in range(2):
        grown.append(grow(number, grown))
    few = queries()
    for number in range(2, 22):
        grown.append(grow(number, grown))
    many = queries()
    assert (few[0], many[0]) == (4, 24)
    assert few[1] == many[1] <= 18, (few, many)


def grow(number, grown):
    return publish_work(
        f"Grown {number}",
        topics=[topic(f"Topic {number}")],
        tags=[f"Tag {number}"],
        authors=[person("Grown", f"Author {number}"), person("Grown", f"Other {number}")],
        publishers=[organization(f"Publisher {number}")],
        identifiers=[("report_number", f"R-{number}")],
        links=[("record", f"https://www.example.org/{number}")],
        relations=[("companion", other) for other in grown[-3:]],
        series_id=saved(Series(label=f"Series {number}")).pk,
        files=[grown[0].files.get().file],
    )
