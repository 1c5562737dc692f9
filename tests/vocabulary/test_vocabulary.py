"""Controlled words: their names, addresses, merging and deletion."""

import pytest
from django.core.exceptions import ValidationError

from publishing.models import ContentVersion, Revision
from publishing.publish import newest_revision, publish, restore
from resources.models import Publication
from tests.drafts import fields_of
from tests.library import draft_work, organization, person, publish_work, topic
from tests.threads import in_threads
from vocabulary.admin import MergeForm, VocabularyAdmin
from vocabulary.merging import AlreadyGone, merge
from vocabulary.models import Person, Place, Topic
from vocabulary.tags import merge_tags


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


@pytest.mark.parametrize("words", ["evaluation", "EVALUACIÓN", "  assessment ", "Program evaluation"])
def test_a_topic_is_known_by_all_its_names(db, words):
    known = topic("Evaluation", label_es="Evaluación", other_names="Assessment\nProgram evaluation")
    assert list(Topic.objects.known_as(words)) == [known]


@pytest.mark.parametrize("words", ["eval", "assess.*", "", "(", "Assessment\nProgram"])
def test_part_of_a_name_is_no_name(db, words):
    topic("Evaluation", other_names="Assessment\nProgram evaluation")
    assert not Topic.objects.known_as(words)


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


# Merging


@pytest.fixture
def twins(db):
    """(gone, keep): two topics that mean the same."""
    return topic("Assessment", label_es="Valoración"), topic("Evaluation", label_es="Evaluación")


def test_everything_that_linked_to_one_links_to_the_other(twins):
    gone, keep = twins
    one = publish_work("One", topics=[gone])
    both = publish_work("Both", topics=[gone, keep])
    assert merge(gone, keep) == 2
    assert list(one.topics.all()) == [keep]
    assert list(both.topics.all()) == [keep]
    assert list(Topic.objects.all()) == [keep]


def test_drafts_and_history_follow(twins):
    gone, keep = twins
    work = publish_work("One", topics=[gone])
    old = newest_revision(work)
    draft = draft_work("One, changed", work=work, topics=[gone, keep])
    merge(gone, keep)
    assert Revision.objects.get(pk=draft.pk).data["m2m"]["topics"] == [keep.pk]
    publish(restore(Revision.objects.get(pk=old.pk)))
    assert list(work.topics.all()) == [keep]


def test_people_who_are_one_stand_once_in_their_works_and_drafts(db):
    gone, keep = person("Melaville", "A."), person("Melaville", "Atelia")
    work = publish_work("One", authors=[gone])
    draft = draft_work("One, changed", work=work, authors=[gone])
    merge(gone, keep)
    assert [one.person for one in work.contributors.all()] == [keep]
    assert Revision.objects.get(pk=draft.pk).data["parts"]["resources.contributor"][0]["person_id"] == keep.pk


def test_the_one_that_stays_keeps_names_and_addresses_of_the_other(client, twins):
    gone, keep = twins
    publish_work("One", topics=[gone])
    merge(gone, keep)
    keep.refresh_from_db()
    assert keep.names == ["Evaluation", "Evaluación", "Assessment", "Valoración"]
    response = client.get("/resources/publications/topic/assessment/")
    assert (response.status_code, response["Location"]) == (301, "/resources/publications/topic/evaluation/")


def test_addresses_follow_through_several_merges(client, twins):
    gone, keep = twins
    third = topic("Evidence")
    merge(gone, keep)
    merge(keep, third)
    assert Topic.objects.at("assessment") == third


def test_readers_caches_are_told(twins):
    before = ContentVersion.current()
    merge(*twins)
    assert ContentVersion.current() > before


def test_a_record_below_another_does_not_come_to_lie_in_itself(db):
    above, below = organization("The institute"), organization("The coalition")
    below.part_of = above
    below.save()
    merge(above, below)
    below.refresh_from_db()
    assert below.part_of is None


def test_only_two_records_of_one_kind_can_be_merged(db, twins):
    with pytest.raises(ValueError, match="one kind"):
        merge(twins[0], organization("The coalition"))
    with pytest.raises(ValueError, match="different"):
        merge(twins[0], twins[0])


# In the admin


def test_an_editor_merges_by_choosing_which_stays(staff_client, twins):
    gone, keep = twins
    work = publish_work("One", topics=[gone])
    chosen = {"action": "merge_into_one", "_selected_action": [gone.pk, keep.pk]}
    html = staff_client.post("/admin/vocabulary/topic/", chosen).content.decode()
    assert "Which one stays?" in html and "“One” (publication" in html
    assert Topic.objects.count() == 2
    staff_client.post("/admin/vocabulary/topic/", chosen | {"keep": keep.pk})
    assert list(work.topics.all()) == [keep]


def test_one_alone_cannot_be_merged(staff_client, twins):
    chosen = {"action": "merge_into_one", "_selected_action": [twins[0].pk], "keep": twins[0].pk}
    html = staff_client.post("/admin/vocabulary/topic/", chosen, follow=True).content.decode()
    assert "Choose two or more" in html


@pytest.fixture
def merged_meanwhile(monkeypatch):
    """A function: when an editor has chosen what stays, somebody else's merge of two records is done first."""

    def prepare(merge, gone, keep):
        checked = MergeForm.is_valid

        def is_valid(form):
            is_fine = checked(form)
            merge(gone, keep)
            return is_fine

        monkeypatch.setattr(MergeForm, "is_valid", is_valid)

    return prepare


def test_of_a_choice_that_somebody_else_has_merged_in_part_nothing_is_merged(staff_client, twins, merged_meanwhile):
    gone, keep = twins
    first, other = topic("Appraisal"), topic("Other")
    merged_meanwhile(merge, gone, other)
    chosen = {"action": "merge_into_one", "_selected_action": [first.pk, gone.pk, keep.pk], "keep": keep.pk}
    html = staff_client.post("/admin/vocabulary/topic/", chosen, follow=True).content.decode()
    assert "Nothing was merged: somebody has merged or deleted “Assessment” a moment ago." in html
    assert set(Topic.objects.all()) == {first, keep, other}


def test_records_are_merged_all_or_none(staff_client, twins, monkeypatch):
    gone, keep = twins
    third = topic("Third")
    done = []

    def fail_at_the_second(gone, keep):
        if done:
            raise RuntimeError("The database is gone.")
        done.append(merge(gone, keep))
        return done[0]

    monkeypatch.setattr(VocabularyAdmin, "merge", staticmethod(fail_at_the_second))
    chosen = {"action": "merge_into_one", "_selected_action": [gone.pk, keep.pk, third.pk], "keep": keep.pk}
    with pytest.raises(RuntimeError):
        staff_client.post("/admin/vocabulary/topic/", chosen)
    assert len(done) == 1
    assert set(Topic.objects.all()) == {gone, keep, third}


@pytest.mark.django_db(transaction=True)
def test_of_two_merges_of_one_pair_at_once_one_happens_and_the_other_is_told(twins):
    gone, keep = twins
    results = in_threads(2, lambda index: merge(gone, keep) if index else merge(keep, gone))
    assert sorted(map(type, results), key=str) == [int, AlreadyGone]
    assert Topic.objects.count() == 1


def test_a_record_outside_the_choice_cannot_be_kept(staff_client, twins):
    other = topic("Other")
    chosen = {"action": "merge_into_one", "_selected_action": [record.pk for record in twins], "keep": other.pk}
    staff_client.post("/admin/vocabulary/topic/", chosen)
    assert Topic.objects.count() == 3


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


# Tags


def tag(name):
    from taggit.models import Tag

    return Tag.objects.get(name=name)


def test_merged_tags_are_one_in_public_in_drafts_and_in_history(staff_client, db):
    one = publish_work("One", tags=["after school", "evenings"])
    other = publish_work("Other", tags=["afterschool"])
    draft = draft_work("One, changed", work=one, tags=["After School", "afterschool"])
    chosen = {"action": "merge_into_one", "_selected_action": [tag("after school").pk, tag("afterschool").pk]}
    staff_client.post("/admin/taggit/tag/", chosen | {"keep": tag("afterschool").pk})
    assert sorted(one.tags.names()) == ["afterschool", "evenings"]
    assert list(other.tags.names()) == ["afterschool"]
    assert Revision.objects.get(pk=draft.pk).data["m2m"]["tags"] == ["afterschool"]


def test_a_tag_that_somebody_else_has_merged_is_not_merged_again(staff_client, db, merged_meanwhile):
    one = publish_work("One", tags=["after school", "afterschool", "evenings"])
    gone, keep, other = map(tag, ("after school", "afterschool", "evenings"))
    merged_meanwhile(merge_tags, keep, other)
    chosen = {"action": "merge_into_one", "_selected_action": [gone.pk, keep.pk], "keep": keep.pk}
    html = staff_client.post("/admin/taggit/tag/", chosen, follow=True).content.decode()
    assert "somebody has merged or deleted “afterschool” a moment ago" in html
    assert sorted(one.tags.names()) == ["after school", "evenings"]


def test_a_renamed_tag_is_renamed_in_drafts_too(staff_client, db):
    work = publish_work("One", tags=["summer"])
    draft = draft_work("One, changed", work=work, tags=["Summer"])
    staff_client.post(f"/admin/taggit/tag/{tag('summer').pk}/change/", {"name": "summer learning", "slug": "summer"})
    assert list(work.tags.names()) == ["summer learning"]
    assert Revision.objects.get(pk=draft.pk).data["m2m"]["tags"] == ["summer learning"]


def test_a_tag_that_a_public_text_bears_is_not_deleted(staff_client, db):
    publish_work("One", tags=["summer"])
    staff_client.post(f"/admin/taggit/tag/{tag('summer').pk}/delete/", {"post": "yes"})
    assert tag("summer")
