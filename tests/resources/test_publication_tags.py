"""Tags of a publication as they are typed into its form, and as they come back."""

import re

import pytest
from taggit.models import Tag

from publishing import preview
from publishing.publish import NotReady, ensured_revision, publish
from resources.models import Publication
from tests.drafts import edit, open_form
from tests.library import draft_work, publish_work


@pytest.fixture
def work(db):
    return publish_work("Making the Difference", tags=["Mott"])


def test_a_tag_of_a_draft_exists_nowhere_until_it_is_published(staff_client, work):
    edit(staff_client, work, tags="secret")
    assert list(Tag.objects.values_list("name", flat=True)) == ["Mott"]
    publish(ensured_revision(work))
    assert list(work.tags.names()) == ["secret"]


def test_a_tag_that_exists_in_other_capitals_is_that_tag(staff_client, work):
    edit(staff_client, work, tags="mott")
    publish(ensured_revision(work))
    assert [tag.name for tag in Tag.objects.all()] == ["Mott"]


@pytest.mark.parametrize(
    ("tags", "sentence"),
    [("x" * 61, "is longer than 60 characters"), ("after/school", "no slash"), ("🙂", "use letters and digits")],
)
def test_what_cannot_be_a_tag_is_said_beside_the_field(staff_client, work, tags, sentence):
    response = edit(staff_client, work, title="Kept in the form", tags=tags)
    assert sentence in response.content.decode()
    assert 'value="Kept in the form"' in response.content.decode()


@pytest.mark.parametrize("tag", ["x" * 300, "a/b", "🙂"])
def test_a_tag_that_came_another_way_stops_the_publish_in_words(work, tag):
    with pytest.raises(NotReady, match="tag"):
        publish(draft_work(work=work, tags=[tag]))
    assert list(work.tags.names()) == ["Mott"]


@pytest.mark.parametrize(
    ("typed", "names", "shown"),
    [
        ("supper, family night,", ["family night", "supper"], "family night, supper"),
        ('"family night"', ["family night"], "family night"),
        ("family night", ["family night"], "family night"),
        ('the "new" school, "a, b"', ["a, b", 'the "new" school'], '"a, b", the "new" school'),
        (" , ,", [], ""),
    ],
)
def test_tags_come_back_into_the_form_as_they_are_typed(staff_client, work, typed, names, shown):
    edit(staff_client, work, tags=typed)
    assert ensured_revision(work).data["m2m"]["tags"] == names
    assert open_form(staff_client, work)["tags"] == shown
    edit(staff_client, work, tags=shown)
    assert ensured_revision(work).data["m2m"]["tags"] == names


def test_tags_stand_by_the_alphabet_in_the_preview_in_public_and_in_records(client, work):
    in_order = ["apple", "Éclair", "Mott", "zebra"]
    draft = draft_work(work=work, tags=["zebra", "Mott", "Éclair", "apple"])

    def shown(address):
        return re.findall(r">(apple|Éclair|Mott|zebra)<", client.get(address).content.decode())

    assert shown(preview.signed_path(draft)) == in_order
    publish(draft)
    assert shown(work.get_absolute_url()) == in_order
    for works in (Publication.objects.all(), Publication.objects.for_record()):
        assert [tag.name for tag in works.get().tags.all()] == in_order


@pytest.mark.parametrize("typed", ["a\rb", "x" * 140_000])
def test_what_cannot_be_read_as_tags_is_said_and_kept_in_the_form(staff_client, work, typed):
    assert edit(staff_client, work, tags=typed).status_code == 200


def test_tags_in_any_script_have_an_address(client, work):
    publish(draft_work(work=work, tags=["Educación", "学校"]))
    html = client.get(work.get_absolute_url()).content.decode()
    assert "Educación" in html and "学校" in html
