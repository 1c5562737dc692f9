"""The filters of the list of works as JSON, and what it says of those that it does not understand."""

import pytest

from resources.models import Series
from tests.library import draft_work, organization, person, publish_work, saved, topic
from tests.resources.api.asking import LIST, asked, titles
from tests.whole_site.reading import Reading
from vocabulary.models import Place, Result, Role, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def library(kept_for_the_module):
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


@pytest.mark.parametrize(("place", "query"), [("", ""), ("topic/research/", "?topic=research")])
def test_lists_and_shelves_name_their_json_beside_their_feeds(client, library, place, query):
    for path in (f"/resources/publications/{place}", f"/es/resources/publications/{place}"):
        page = Reading(client.get(path).content)
        assert {link.get("type"): link.get("href") for link in page.all("link", rel="alternate")} == {
            "application/atom+xml": f"{path}feed/atom/",
            "application/rss+xml": f"{path}feed/rss/",
            "application/json": f"{LIST}{query}",
        }
