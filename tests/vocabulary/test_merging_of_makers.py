"""Two records of one person or body, both named by one text, are named once when they are merged."""

import pytest

from blog.models import Entry
from publishing.models import Revision
from tests.articles import draft_of, publish_entry
from tests.library import organization, person, publish_work
from vocabulary.merging import merge

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("first_goes", [True, False])
def test_an_entry_by_both_is_by_the_one_that_stays_once_and_at_the_first_place(client, first_goes):
    first, other, last = (person("Doe", given) for given in ("J.", "Max", "Jane"))
    entry = publish_entry(writers=[first, other, last])
    draft = draft_of(Entry, "Changed", item=entry, writers=[first, other, last])
    gone, keep = (first, last) if first_goes else (last, first)
    merge(gone, keep)
    assert Entry.objects.get(pk=entry.pk).writers == [keep, other]
    bylines = Revision.objects.get(pk=draft.pk).data["parts"]["blog.byline"]
    assert [row["person_id"] for row in bylines] == [keep.pk, other.pk]


def test_who_did_two_things_for_a_work_is_named_for_both():
    gone, keep = organization("IEL"), organization("Institute for Educational Leadership")
    work = publish_work(authors=[gone, keep], publishers=[gone])
    merge(gone, keep)
    assert [(one.role, one.organization) for one in work.contributors.all()] == [("author", keep), ("publisher", keep)]


def test_a_text_that_named_one_of_them_twice_before_is_left_alone():
    gone, keep = person("Doe", "J."), person("Doe", "Jane")
    twice = publish_entry("Twice", writers=[keep, keep])
    merge(gone, keep)
    assert Entry.objects.get(pk=twice.pk).writers == [keep, keep]
