"""The list of works as JSON: without a work, with one, with many."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources.models import Series
from tests.library import organization, person, publish_a_full_work, publish_work, saved, topic
from tests.resources.api.asking import LIST, asked


def test_an_empty_library_is_an_empty_list(client, db):
    assert asked(client) == {
        "version": 1, "count": 0, "page_size": 50, "next": None, "notes": [], "publications": [],
    }  # fmt: skip


def test_the_list_shows_each_work_as_its_own_address_does(client, db):
    work = publish_a_full_work()
    one = client.get(f"/resources/publications/{work.slug}.json").json()["publication"]
    assert one in asked(client)["publications"]


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
