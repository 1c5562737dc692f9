"""What a page that is not kept asks the database for, in a process that watches the content version as the server's do.

It has answered the same before, so that it remembers what many pages show. A few rows or many make no difference.
"""

import itertools

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from publishing import remembered
from publishing.freshness import Known
from tests.articles import publish_entry, publish_question
from tests.library import organization, person, publish_work, topic
from tests.pictures import stored_picture

FEW, MANY = 3, 9
MOST = {
    "/": 8,
    "/blog/grown-entry-0/": 8,
    "/blog/": 4,
    "/faq/grown-question-0/": 6,
    "/resources/publications/grown-work-0/": 9,
    "/resources/publications/": 10,
    "/search/?q=grown": 6,
}
_numbers = itertools.count(1_000_000_000)  # no other test has been told of these


class Told:
    """In the place of the watcher: sure of a content version that nobody has seen before."""

    def __init__(self):
        self.see_a_change()

    def see_a_change(self):
        self.known = Known(next(_numbers), 0)


@pytest.fixture
def told(monkeypatch):
    watcher = Told()
    monkeypatch.setattr(remembered, "watcher", watcher)
    return watcher


def add(number):
    """One more of each kind, with something behind each of its relations."""
    makers = [person("Grown", f"Writer {number}"), organization(f"Grown organization {number}")]
    shared = {"topics": [topic(f"Grown topic {number}")]}
    related = [f"/faq/grown-question-{one}/" for one in range(number)]
    publish_question(f"Grown question {number}", related=related, **shared)
    picture = stored_picture(f"Grown {number}", color=(number, 1, 1)).pk
    publish_entry(
        f"Grown entry {number}", related=related, writers=makers, tags=["Grown"], picture_id=picture, **shared
    )
    links = [("record", f"https://www.example.org/{number}")]
    publish_work(f"Grown work {number}", authors=makers, tags=["Grown"], links=links, **shared)


def counted(client, told, address):
    told.see_a_change()
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    assert "Grown" in response.content.decode()
    return captured.captured_queries


def test_each_page_asks_for_little_and_no_more_where_there_is_more(client, told, home):
    for number in range(FEW):
        add(number)
    few = {address: len(counted(client, told, address)) for address in MOST}
    for number in range(FEW, MANY):
        add(number)
    for address, most in MOST.items():
        asked = counted(client, told, address)
        text = "\n".join(query["sql"][:200] for query in asked)
        assert len(asked) == few[address] <= most, f"{address}: {few[address]}, {len(asked)}\n{text}"


def test_what_is_remembered_follows_the_content(client, told, home):
    """Front page, the way on below an entry, the months of the blog, results: each shows what came, and loses it."""
    pages = ["/", "/blog/grown-entry-0/", "/blog/", "/search/?q=newcomer"]
    add(0)
    for address in pages:
        client.get(address)
    entry = publish_entry("Newcomer")
    told.see_a_change()
    assert all("/blog/newcomer/" in client.get(address).content.decode() for address in pages)
    entry.delete()
    told.see_a_change()
    assert not any("/blog/newcomer/" in client.get(address).content.decode() for address in pages)


def test_numbers_that_are_remembered_follow_the_content(client, told, home):
    """How many works there are, in the list, on a shelf and its index, for programs and for search engines."""
    places = {
        "/resources/publications/": "%s publication",
        "/resources/publications/topic/grown/": "%s publication",
        "/resources/publications/topic/": "(%s)",
        "/resources/publications.json": '"count": %s',
    }

    def numbers():
        told.see_a_change()
        pages = {address: client.get(address).content.decode() for address in places}
        return {
            next((number for number in range(4) if sentence % number in pages[address]), None)
            for address, sentence in places.items()
        }

    subject = topic("Grown")
    works = [publish_work(f"Grown {number}", topics=[subject]) for number in range(2)]
    assert numbers() == {2}
    third = publish_work("Grown at last", topics=[subject])
    assert numbers() == {3}
    for work in (third, works[0]):
        work.delete()
    assert numbers() == {1}
