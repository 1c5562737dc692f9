"""Lists of the library that grow cost no more queries, nor do its files, its harvest and its lists in the admin."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.whole_site.growing import FEW, MANY, grow


def make_work(number, **values):
    from tests.library import organization, person, publish_work, topic

    return publish_work(
        f"Grown {number}",
        topics=[topic(f"Grown topic {number}")],
        tags=[f"Grown tag {number}"],
        authors=[person("Grown", f"Author {number}"), person("Grown", f"Other {number}")],
        publishers=[organization(f"Grown publisher {number}")],
        identifiers=[("report_number", f"R-{number}")],
        links=[("record", f"https://www.example.org/{number}")],
        issued_year=2000,
        **values,
    )


def test_the_list_of_publications(client, frame):
    number, _text = grow(make_work, client, "/resources/publications/")
    assert number <= 17


@pytest.mark.parametrize("place", ["year/2000/", "topic/", "author/", "organization/", "tag/", "a-z/g/"])
def test_the_shelves_of_publications(client, frame, place):
    number, _text = grow(make_work, client, f"/resources/publications/{place}", at_least=1)
    assert number <= 12


def test_the_record_of_a_work_that_many_others_stand_beside(client, frame):
    from tests.library import organization, person, publish_work, topic

    many = [person("Grown", f"Author {number}") for number in range(40)]
    shared = {"topics": [topic("Grown topic")], "authors": many, "publishers": [organization("Grown publisher")]}
    first = publish_work("Grown at first", **shared)
    number, _text = grow(
        lambda number: publish_work(f"Grown {number}", relations=[("companion", first)], **shared),
        client,
        first.get_absolute_url(),
    )
    assert number <= 10


@pytest.mark.parametrize("end", ["feed/atom/", "export/ris/", "export/csv/"])
def test_the_feeds_and_files_of_publications(client, db, end):
    make_work(0)
    few = streamed_queries(client, f"/resources/publications/{end}")
    for number in range(1, MANY):
        make_work(number)
    assert streamed_queries(client, f"/resources/publications/{end}") == few


def streamed_queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert (response.getvalue() if response.streaming else response.content).count(b"Grown")
    return len(captured)


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_what_a_harvester_gets_of_works_and_of_deleted_ones(client, db, monkeypatch, verb):
    from resources.oai import verbs

    def count(entries):
        monkeypatch.setattr(verbs, "ENTRIES_A_PART", entries)
        with CaptureQueriesContext(connection) as captured:
            response = client.get("/oai", {"verb": verb, "metadataPrefix": "oai_dc"})
        assert response.content.count(b"<header") == entries
        assert response.content.count(b'status="deleted"') == entries // 3
        return len(captured)

    first = make_work(0)
    for number in range(1, MANY + 1):
        work = make_work(number, relations=[("companion", first)])
        if number % 3 == 2:
            work.delete()
    assert count(FEW) == count(MANY) <= {"ListRecords": 26, "ListIdentifiers": 8}[verb]


def test_the_page_of_a_work_with_many_parts_and_neighbors(client, frame):
    from tests.library import draft_work, person, publish_work, topic

    shared = topic("Grown topic")
    work = publish_work("Grown", topics=[shared])
    others = []

    def make(number):
        from publishing.publish import publish

        others.append(publish_work(f"Grown {number}", topics=[shared]))
        authors = [person("Grown", f"Author {number}-{one}") for one in range(len(others))]
        relations = [("companion", other) for other in others]
        publish(draft_work("Grown", work=work, topics=[shared], authors=authors, relations=relations))

    number, _text = grow(make, client, work.get_absolute_url())
    assert number <= 10


def test_the_list_of_publications_in_the_admin(staff_client, db):
    grow(make_work, staff_client, "/admin/resources/publication/")


@pytest.mark.parametrize("name", ["topic", "person", "organization"])
def test_the_vocabularies_in_the_admin(staff_client, db, name):
    grow(make_work, staff_client, f"/admin/vocabulary/{name}/", at_least=1)
