"""A free tag that is renamed, moved or merged by hand keeps the rules of tags, its texts and its address."""

import pytest
from taggit.models import Tag

from publishing.models import Revision
from tests.articles import publish_entry
from tests.library import draft_work, publish_work
from vocabulary.tags import merge_tags

pytestmark = pytest.mark.django_db


def rename(client, tag, name, slug="summer"):
    address = f"/admin/taggit/tag/{tag.pk}/change/"
    html = client.post(address, {"name": name, "slug": slug}, follow=True).content.decode()
    tag.refresh_from_db()
    return html


@pytest.fixture
def tag():
    publish_work("One", tags=["summer"])
    publish_entry(tags=["summer"])
    return Tag.objects.get()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("a/b", "cannot be a tag"),
        ("…", "cannot be a tag"),
        ("x" * 61, "longer than 60 characters"),
        ("Evenings", "There is a tag of this name already"),
    ],
)
def test_a_name_that_no_text_could_bear_is_refused_in_words(staff_client, tag, name, sentence):
    Tag.objects.create(name="evenings")
    assert sentence in rename(staff_client, tag, name)
    assert tag.name == "summer"


def test_a_new_name_is_cleaned_and_drafts_follow(staff_client, tag):
    draft = draft_work("Two", tags=["Summer", "evenings"])
    rename(staff_client, tag, "summer\x0blearning\x01")
    assert tag.name == "summer learning"
    assert Revision.objects.get(pk=draft.pk).data["m2m"]["tags"] == ["summer learning", "evenings"]


def test_drafts_follow_a_name_with_quotation_marks(staff_client, tag):
    draft = draft_work("Two", tags=['"summer"'])
    Tag.objects.filter(pk=tag.pk).update(name='"summer"')
    rename(staff_client, tag, "summer")
    assert Revision.objects.get(pk=draft.pk).data["m2m"]["tags"] == ["summer"]


PLACES = ("/blog/tag/{}/", "/resources/publications/tag/{}/")


def test_the_address_of_a_tag_leads_on_when_it_was_changed(staff_client, client, tag):
    rename(staff_client, tag, "summer", slug="summertime")
    for place in PLACES:
        response = client.get(place.format("summer"))
        assert (response.status_code, response["Location"]) == (301, place.format("summertime"))
        assert client.get(place.format("summertime")).status_code == 200


def test_the_address_of_a_tag_leads_on_when_it_was_merged(staff_client, client, tag):
    publish_work("Other", tags=["summers"])
    publish_entry("Other entry", tags=["summers"])
    gone = Tag.objects.get(name="summers")
    chosen = {"action": "merge_into_one", "_selected_action": [gone.pk, tag.pk], "keep": tag.pk}
    staff_client.post("/admin/taggit/tag/", chosen)
    for place in PLACES:
        response = client.get(f"{place.format('summers')}?page=2")
        assert (response.status_code, response["Location"]) == (301, f"{place.format('summer')}?page=2")


def test_saving_a_tag_as_it_is_changes_nothing_for_readers(staff_client, tag):
    from publishing.models import ContentVersion

    before = ContentVersion.current()
    rename(staff_client, tag, "summer")
    assert ContentVersion.current() == before


def named(name):
    return Tag.objects.get(name=name)


def test_merged_tags_are_one_in_public_in_drafts_and_in_history(staff_client):
    one = publish_work("One", tags=["after school", "evenings"])
    other = publish_work("Other", tags=["afterschool"])
    draft = draft_work("One, changed", work=one, tags=["After School", "afterschool"])
    chosen = {"action": "merge_into_one", "_selected_action": [named("after school").pk, named("afterschool").pk]}
    staff_client.post("/admin/taggit/tag/", chosen | {"keep": named("afterschool").pk})
    assert sorted(one.tags.names()) == ["afterschool", "evenings"]
    assert list(other.tags.names()) == ["afterschool"]
    assert Revision.objects.get(pk=draft.pk).data["m2m"]["tags"] == ["afterschool"]


def test_a_tag_that_somebody_else_has_merged_is_not_merged_again(staff_client, merged_meanwhile):
    one = publish_work("One", tags=["after school", "afterschool", "evenings"])
    gone, keep, other = map(named, ("after school", "afterschool", "evenings"))
    merged_meanwhile(merge_tags, keep, other)
    chosen = {"action": "merge_into_one", "_selected_action": [gone.pk, keep.pk], "keep": keep.pk}
    html = staff_client.post("/admin/taggit/tag/", chosen, follow=True).content.decode()
    assert "somebody has merged or deleted “afterschool” a moment ago" in html
    assert sorted(one.tags.names()) == ["after school", "evenings"]


def test_a_renamed_tag_is_renamed_in_drafts_too(staff_client):
    work = publish_work("One", tags=["summer"])
    draft = draft_work("One, changed", work=work, tags=["Summer"])
    staff_client.post(f"/admin/taggit/tag/{named('summer').pk}/change/", {"name": "summer learning", "slug": "summer"})
    assert list(work.tags.names()) == ["summer learning"]
    assert Revision.objects.get(pk=draft.pk).data["m2m"]["tags"] == ["summer learning"]


def test_a_tag_that_a_public_text_bears_is_not_deleted(staff_client):
    publish_work("One", tags=["summer"])
    staff_client.post(f"/admin/taggit/tag/{named('summer').pk}/delete/", {"post": "yes"})
    assert named("summer")
