"""What the form of a question fills in by itself, and what it asks for."""

import pytest

from faq.models import Group, Question
from publishing.publish import ensured_revision
from tests.articles import publish_question
from tests.drafts import fields_of
from tests.library import saved

pytestmark = pytest.mark.django_db
ADD = "/admin/faq/question/add/"


@pytest.fixture
def group():
    return saved(Group(label="The idea", slug="idea"))


def send(client, button="_save", address=ADD, **values):
    """Open a form, change fields, press a button; give the page that follows, and the newest text."""
    opened = fields_of(client.get(address).content.decode())
    response = client.post(address, opened | values | {button: "1"}, follow=True)
    question = Question.objects.latest("pk")
    return response.content.decode(), ensured_revision(question).data["item"]


def test_a_question_is_published_only_below_a_heading(staff_client):
    html, kept = send(staff_client, "_publish", title="Who pays?", slug="who-pays")
    assert "“Group” is empty. Fill it in." in html
    assert (kept["title"], kept["group_id"]) == ("Who pays?", None)
    assert not Question.objects.public().exists()


def test_a_new_question_comes_last_in_its_group(staff_client, group):
    publish_question("First?", group_id=group.pk, position=30)
    publish_question("Elsewhere?", position=90)
    _html, kept = send(staff_client, title="Second?", group=str(group.pk))
    assert kept["position"] == 40
    _html, kept = send(staff_client, title="Third?", group=str(group.pk), position="5")
    assert kept["position"] == 5


def test_the_place_is_found_when_the_group_is_chosen_later(staff_client, group):
    publish_question("First?", group_id=group.pk, position=30)
    _html, kept = send(staff_client, title="Second?")
    assert kept["position"] == 0
    address = f"/admin/faq/question/{Question.objects.latest('pk').pk}/change/"
    _html, kept = send(staff_client, address=address, group=str(group.pk))
    assert kept["position"] == 40


def test_a_place_that_was_chosen_stays(staff_client, group):
    first = publish_question("First?", group_id=group.pk, position=0)
    publish_question("Second?", group_id=group.pk, position=10)
    send(staff_client, address=f"/admin/faq/question/{first.pk}/change/", title="Once more?")
    assert ensured_revision(first).data["item"]["position"] == 0


def test_a_translation_stands_where_its_original_does(staff_client, group):
    original = publish_question("Who pays?", group_id=group.pk, position=20)
    _html, kept = send(staff_client, title="¿Quién paga?", language="es", translation_of=str(original.pk))
    assert (kept["group_id"], kept["position"]) == (group.pk, 20)
