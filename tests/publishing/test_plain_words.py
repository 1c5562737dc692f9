"""What is wrong is said in the words of the office: the field is named, the other item too, and it is linked."""

import pytest
from django.urls import reverse

from pages.models import MenuItem
from tests.articles import publish_entry
from tests.drafts import change_url, edit


def message_of(html):
    """What stands above the form after a step that was refused."""
    return html.partition('class="messagelist"')[2].partition("</ul>")[0]


FAULTS = [
    ("slug", "Not a slug!", "Address: Write it in small letters, digits and hyphens"),
    ("position", "99999999999", "Position: Write a number that is not larger than 2147483647."),
    ("title", "", "“Title” is empty. Fill it in."),
]


@pytest.mark.parametrize(("name", "value", "sentence"), FAULTS)
def test_a_sentence_at_the_top_names_its_field_and_the_one_beside_it_need_not(
    staff_client, page, name, value, sentence
):
    html = edit(staff_client, page, button="_publish", follow=True, **{name: value}).content.decode()
    assert sentence in message_of(html)
    assert html.count(sentence.partition(": ")[2] or sentence) >= 2
    assert "Ensure" not in html and "slug”" not in html


def test_a_form_without_drafts_says_so_too(staff_client, db):
    data = {"menu": "header", "label": "Search", "address": "/search/", "position": "99999999999"}
    html = staff_client.post(reverse("admin:pages_menuitem_add"), data).content.decode()
    assert "Write a number that is not larger than 2147483647." in html
    data = {"label": "Health", "slug": "Not a slug!", "position": "0"}
    html = staff_client.post(reverse("admin:vocabulary_topic_add"), data).content.decode()
    assert "Write it in small letters, digits and hyphens" in html


def test_the_other_translation_is_named_and_linked(staff_client, page, make_page):
    there = make_page("Socios & amigos", language="es", slug="socios", translation_of=page)
    second = make_page("Aliados", language="es", slug="aliados")
    html = edit(staff_client, second, button="_publish", follow=True, translation_of=page.pk).content.decode()
    link = f'<a href="{change_url(there)}">“Socios &amp; amigos” (page)</a>'
    assert f"{link} translates that text into this language already." in html
    assert "“Socios &amp; amigos” (page) translates that text" in message_of(html)
    assert "<a " not in message_of(html)
    assert "already exists" not in html


def test_the_other_item_at_an_address_is_named_and_linked(staff_client, db):
    first, second = publish_entry("First"), publish_entry("Second")
    data = {"slug": first.slug}
    html = edit(staff_client, second, button="_publish", follow=True, **data).content.decode()
    assert f'<a href="{change_url(first)}">“First” (entry)</a> has this address already.' in html
    assert "already exists" not in html


def test_what_keeps_a_page_from_being_deleted_is_named_once(staff_client, make_page):
    about = make_page("About us")
    networks = make_page("Networks", parent=about)
    line = MenuItem.objects.create(menu="header", label="Networks in the menu", page=networks)
    alone = staff_client.get(f"/admin/pages/page/{about.pk}/delete/").content.decode()
    assert "It cannot be deleted. This is in the way:" in alone and change_url(networks) in alone
    chosen = {"action": "delete_selected", "_selected_action": [about.pk, networks.pk], "post": "yes"}
    together = staff_client.post("/admin/pages/page/", chosen).content.decode()
    assert "Nothing was deleted. This is in the way:" in together
    assert together.count(change_url(line)) == 1
    for html in (alone, together):
        assert "protected" not in html and 'name="post"' not in html
