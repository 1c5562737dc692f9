"""What stands behind several relations of an item, by one statement: the same as when each is asked by itself."""

import pytest

from blog.models import Entry
from publishing import together
from resources.models import Publication
from tests.articles import publish_entry
from tests.library import organization, person, publish_a_full_work, publish_work, topic

OF_A_WORK = (
    "contributors",
    "identifiers",
    "links",
    "relations",
    "files",
    "topics",
    "roles",
    "results",
    "places",
    "tags",
)
GOING_ON = ("contributors__person", "contributors__organization", "files__file")


def rows_of(item, names=OF_A_WORK):
    """Name → what is known of each row, with all columns."""
    return {name: [known(row) for row in getattr(item, name).all()] for name in names}


def known(row):
    return type(row), {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def works(db):
    """Two works with something behind each relation, and one with nothing."""
    full = publish_a_full_work()
    other = publish_work(
        "Another",
        topics=[topic("Zebras", position=1), topic("Éclairs", position=1), topic("first", position=0)],
        tags=["zebra", "apple"],
        authors=[organization("Ours"), person("Zimmer", "Al"), person("Abel")],
        identifiers=[("report_number", "R-1"), ("isbn", "0937846112")],
    )
    return [full, other, publish_work("A bare one")]


def test_all_rows_are_there_in_their_order_by_one_statement(works, django_assert_num_queries):
    expected = [rows_of(work) for work in Publication.objects.in_bulk([work.pk for work in works]).values()]
    items = list(Publication.objects.in_bulk([work.pk for work in works]).values())
    with django_assert_num_queries(1):
        together.fetch(items, *OF_A_WORK, *GOING_ON)
    with django_assert_num_queries(0):
        assert [rows_of(item) for item in items] == expected
        assert [str(one.maker.name) for one in items[-2].authors] == ["Ours", "Al Zimmer", "Abel"]
        assert items[0].files.all()[0].file.page_count == 3
        assert items[0].files.all()[0].publication is items[0]
    assert all(expected[0][name] for name in OF_A_WORK), "a relation with nothing behind it proves nothing"


def test_rows_of_other_items_and_of_other_kinds_stay_where_they_are(db):
    entry = publish_entry("Tagged", tags=["entry"], topics=[topic("Of the entry")])
    work = publish_work("Tagged too", tags=["work"], topics=[topic("Of the work")])
    for item, word in ((Entry.objects.get(pk=entry.pk), "entry"), (Publication.objects.get(pk=work.pk), "work")):
        together.fetch([item], "topics", "tags")
        assert [tag.name for tag in item.tags.all()] == [word]
        assert [str(one) for one in item.topics.all()] == [f"Of the {word}"]


def test_nothing_is_asked_where_there_is_nothing_to_ask(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        together.fetch([], "topics")
        together.fetch([Publication(pk=1)])
