"""A free tag that is renamed, moved or merged by hand keeps the rules of tags, and its address."""

import pytest
from taggit.models import Tag

from publishing.models import Revision
from tests.articles import publish_entry
from tests.library import draft_work, publish_work

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
