"""Merging two records that mean the same: what named one names the other, all or none, and one merge at a time."""

import pytest

from publishing.models import ContentVersion, Revision
from publishing.publish import ensured_revision, publish, restore
from tests.library import draft_work, organization, person, publish_work, saved, topic
from tests.threads import in_threads
from vocabulary.admin import VocabularyAdmin
from vocabulary.merging import AlreadyGone, merge
from vocabulary.models import Place, Topic


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
    old = ensured_revision(work)
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


def test_a_record_far_below_another_does_not_come_to_lie_in_itself_either(db):
    gone = saved(Place(label="Maryland"))
    between = saved(Place(label="Baltimore County", within=gone))
    keep = saved(Place(label="The state of Maryland", within=between))
    merge(gone, keep)
    keep.refresh_from_db()
    between.refresh_from_db()
    assert (between.within, keep.within) == (keep, None)


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
