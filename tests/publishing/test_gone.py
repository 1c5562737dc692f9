"""Somebody saves what a colleague has deleted meanwhile: her words come back to be copied, with a way to help."""

import pytest

from pages.models import RichText
from tests.drafts import change_url, open_form
from vocabulary.models import Topic


@pytest.fixture
def written(page):
    """A page with two texts, which were not written in the order in which they stand."""
    RichText.objects.create(parent=page, region="main", ordering=20, text="<p>Old second</p>")
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>Old first</p>")
    return page


def save_when_deleted(client, page, **fields):
    data = open_form(client, page)
    address = change_url(page)
    type(page).objects.filter(pk=page.pk).delete()
    return client.post(address, data | fields | {"_save": "1"})


def test_the_words_of_a_page_come_back_in_their_order(staff_client, written):
    bold = "<p>Words <strong>with</strong> weight<script>x()</script></p>"
    typed = {"title": "Typed for long", "summary": "One line\nand another", "pages_richtext_set-0-text": bold}
    response = save_when_deleted(staff_client, written, **typed)
    html = response.content.decode()
    assert response.status_code == 404
    assert "<h1>Somebody has deleted this meanwhile</h1>" in html
    assert "<p>One line<br>and another</p>" in html
    found = [html.index(words) for words in ("Typed for long", "One line", "Words <strong>with", "Old second")]
    assert found == sorted(found)
    assert "x()" not in html and "pages_richtext" not in html


def test_who_may_bring_it_back_is_led_there(staff_client, written):
    html = save_when_deleted(staff_client, written).content.decode()
    assert 'href="/admin/pages/page/deleted/"' in html and "You may bring it back" in html


def test_to_others_the_managers_are_named(sign_in, written):
    manager = sign_in("Managers").user
    html = save_when_deleted(sign_in("Writers"), written).content.decode()
    assert "A manager can bring it back" in html and f'<a href="mailto:{manager.email}">managers</a>' in html
    assert "writers@example.org" not in html and "/deleted/" not in html


def test_markup_that_was_typed_is_only_text(staff_client):
    topic = Topic.objects.create(label="Gardens", slug="gardens")
    html = save_when_deleted(staff_client, topic, description="<script>alert(1)</script>").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html and "<script>alert" not in html


def test_of_a_record_without_drafts_it_says_that_it_is_gone_for_good(staff_client):
    topic = Topic.objects.create(label="Gardens", slug="gardens")
    html = save_when_deleted(staff_client, topic, description="Where children grow things").content.decode()
    assert "Where children grow things" in html and "It cannot be brought back." in html
    assert 'href="/admin/vocabulary/topic/add/"' in html


@pytest.mark.parametrize("address", ["publishing/picture", "auth/user", "search/bestresult", "pages/redirect"])
def test_every_form_has_this_answer(staff_client, address):
    response = staff_client.post(f"/admin/{address}/987/change/", {"title": "Words", "image": ""})
    assert response.status_code == 404 and "Somebody has deleted this meanwhile" in response.content.decode()
