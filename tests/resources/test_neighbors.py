"""“More on these topics” on the page of a work."""

import pytest

from publishing.retiring import retire
from resources.models import Publication
from resources.relating import LOOKED_AT, neighbors_of, related_to
from tests.library import publish_work, topic

pytestmark = pytest.mark.django_db


def titles(work):
    work = Publication.objects.for_record().get(pk=work.pk)
    return [(one.work.title, one.topics) for one in neighbors_of(work, related_to(work))]


def test_those_with_the_most_topics_in_common_come_first_and_the_newer_ones_among_them():
    health, families, food = topic("Health"), topic("Families"), topic("Food")
    work = publish_work("One", topics=[health, families])
    publish_work("Old", topics=[health], issued_year=1990)
    publish_work("Undated", topics=[health])
    publish_work("New", topics=[health, food], issued_year=2020)
    publish_work("Both", topics=[health, families, food], issued_year=1980)
    publish_work("Neither", topics=[food], issued_year=2025)
    assert titles(work) == [("Both", "Families; Health"), ("New", "Health"), ("Old", "Health"), ("Undated", "Health")]


def test_what_is_not_public_and_what_the_page_shows_already_is_no_neighbor():
    health = topic("Health")
    companion = publish_work("Companion", topics=[health])
    gone = publish_work("Gone", topics=[health])
    work = publish_work("One", topics=[health], relations=[("companion", companion)])
    publish_work("Shown", topics=[health])
    retire(gone)
    assert titles(work) == [("Shown", "Health")]


def test_works_that_were_taken_offline_hide_no_neighbor():
    health = topic("Health")
    publish_work("Shown", topics=[health])
    for number in range(LOOKED_AT):
        retire(publish_work(f"Gone {number}", topics=[health]))
    assert titles(publish_work("One", topics=[health])) == [("Shown", "Health")]


def test_on_a_topic_of_many_works_those_with_more_in_common_are_found_however_old():
    health, families = topic("Health"), topic("Families")
    publish_work("First of all", topics=[health, families])
    work = publish_work("One", topics=[health, families])
    for number in range(LOOKED_AT + 1):
        publish_work(f"Number {number}", topics=[health])
    assert titles(work)[0] == ("First of all", "Families; Health")
