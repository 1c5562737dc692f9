"""Controlled words: their names and addresses, and what may be deleted."""

from datetime import timedelta
from itertools import islice

import pytest
from django.core.exceptions import ValidationError

from publishing.ancestors import ancestors
from publishing.publish import publish
from resources.models import Publication, Series
from tests.drafts import fields_of
from tests.library import draft_work, organization, person, publish_work, saved, topic
from vocabulary.models import Person, Place, Topic


def test_an_address_is_made_from_the_name(db):
    assert topic("Family & community engagement").slug == "family-community-engagement"
    assert person("van Gogh", "Ana").slug == "ana-van-gogh"


def test_a_second_record_of_one_name_gets_an_address_of_its_own(db):
    assert [person("Smith", "Ana").slug for _ in range(3)] == ["ana-smith", "ana-smith-2", "ana-smith-3"]


def test_an_address_that_is_emptied_is_made_from_the_name_again_and_its_own_is_free(staff_client):
    first, second = (topic("Civic engagement"), topic("Civic engagement!"))
    for record, slug in ((first, "civic-engagement"), (second, "civic-engagement-2")):
        address = f"/admin/vocabulary/topic/{record.pk}/change/"
        data = fields_of(staff_client.get(address).content.decode())
        assert staff_client.post(address, data | {"slug": ""}).status_code == 302
        record.refresh_from_db()
        assert record.slug == slug


def test_a_name_of_digits_gets_a_number_behind_them(db):
    assert topic("2011").slug == "2011-2"


def test_a_name_without_letters_asks_for_an_address(db):
    with pytest.raises(ValidationError, match="small letters"):
        topic("!!!")


@pytest.mark.parametrize(
    "parts",
    [
        {"family": "Berg", "given": "Ana", "particle": "van der"},
        {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
        {"family": "Plato"},
    ],
)
def test_the_sorting_name_of_the_database_is_the_one_of_the_page(db, parts):
    record = Person(**parts)
    record.full_clean()
    record.save()
    assert Person.objects.get().sort_name == str(record)


def test_a_place_cannot_lie_in_itself(db):
    oregon = Place(label="Oregon")
    oregon.full_clean()
    oregon.save()
    portland = Place(label="Portland", within=oregon)
    portland.full_clean()
    portland.save()
    oregon.within = portland
    with pytest.raises(ValidationError, match="cannot lie in itself"):
        oregon.full_clean()


def test_an_organization_cannot_be_part_of_itself(db):
    institute = organization("The institute")
    coalition = organization("The coalition", part_of=institute)
    institute.part_of = organization("Its center", part_of=coalition)
    with pytest.raises(ValidationError, match="cannot be part of itself"):
        institute.full_clean()


def test_the_way_up_ends_where_records_stand_in_a_circle_from_before(db):
    first = saved(Place(label="First"))
    second = saved(Place(label="Second", within=first))
    Place.objects.filter(pk=first.pk).update(within=second)
    below = Place(label="Below", within=second)
    assert list(islice(ancestors(below, "within"), 5)) == [second, first]


@pytest.mark.parametrize(
    ("name", "value"), [("orcid", "0000-0002-1825-0097"), ("issn", "0148-432X"), ("is_journal", True)]
)
def test_who_harvests_is_told_of_what_changed_in_the_record_of_a_maker_or_a_journal(clock, db, name, value):
    author, series = person("Doe", "Jane"), saved(Series(label="Occasional papers"))
    work = publish_work("One", authors=[author], series_id=series.pk)
    before = work.updated_at
    clock(before + timedelta(hours=1))
    record = author if name == "orcid" else series
    setattr(record, name, value)
    saved(record)
    work.refresh_from_db()
    assert work.updated_at > before


@pytest.mark.parametrize("is_public", [True, False])
def test_what_a_text_or_a_draft_names_is_not_deleted(staff_client, twins, is_public):
    (publish_work if is_public else draft_work)("One", topics=[twins[0]])
    html = staff_client.post(f"/admin/vocabulary/topic/{twins[0].pk}/delete/", {"post": "yes"}).content.decode()
    assert "merge it into the one that stays" in html
    staff_client.post(
        "/admin/vocabulary/topic/",
        {"action": "delete_selected", "_selected_action": [twins[0].pk], "post": "yes"},
    )
    assert Topic.objects.count() == 2


def test_a_term_that_nothing_names_can_be_deleted(staff_client, twins):
    staff_client.post(f"/admin/vocabulary/topic/{twins[0].pk}/delete/", {"post": "yes"})
    assert list(Topic.objects.all()) == [twins[1]]


def test_a_draft_that_names_a_deleted_term_can_be_published_without_it(twins):
    revision = draft_work("One", topics=list(twins))
    Topic.objects.filter(pk=twins[0].pk).delete()
    publish(revision)
    assert list(Publication.objects.get().topics.all()) == [twins[1]]
