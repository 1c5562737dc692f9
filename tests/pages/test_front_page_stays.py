"""The front page is never taken from readers; of any other page the step that takes it away names what stays below."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from django.utils import timezone

from pages.models import Page
from publishing.publish import publish
from publishing.readiness import NotReady
from publishing.retiring import retire
from tests.drafts import change_url, edit, live_tables, save_draft, take_step

WHY = "This is the front page. It cannot be taken offline or deleted"


def test_the_form_says_why_and_offers_no_such_step(staff_client, home):
    html = staff_client.get(change_url(home)).content.decode()
    assert WHY in html
    assert f"/admin/pages/page/{home.pk}/retire/" not in html


@pytest.mark.parametrize("moment", ["", "2099-01-01T10:00"])
def test_the_step_says_why_and_does_nothing_even_when_forged(staff_client, client, home, moment):
    asked = staff_client.get(f"/admin/pages/page/{home.pk}/retire/").content.decode()
    assert WHY in asked and 'class="step"' not in asked
    tables = live_tables()
    assert WHY in take_step(staff_client, home, "retire", moment=moment).content.decode()
    assert live_tables() == tables
    assert client.get("/").status_code == 200


@pytest.mark.parametrize("hours", [None, 1])
def test_no_program_takes_it_offline_or_deletes_it(home, hours):
    with pytest.raises(NotReady, match=WHY):
        retire(home, at=hours and timezone.now() + timedelta(hours=hours))
    with pytest.raises(ProtectedError, match=WHY):
        home.delete()


def test_it_is_deleted_neither_alone_nor_among_others(staff_client, home, make_page):
    other = make_page("Partners")
    alone = staff_client.post(f"/admin/pages/page/{home.pk}/delete/", {"post": "yes"}).content.decode()
    together = {"action": "delete_selected", "post": "yes", "_selected_action": [home.pk, other.pk]}
    for html in (alone, staff_client.post("/admin/pages/page/", together).content.decode()):
        assert WHY in html and 'name="post"' not in html
    assert Page.objects.count() == 2


MOVES = [
    ({"slug": "startpage"}, "its address has to be “home”, and it stands under nothing"),
    ({"parent": "about"}, "its address has to be “home”, and it stands under nothing"),
    ({"language": "es"}, "it has to stay in its language"),
]


@pytest.mark.parametrize(("fields", "sentence"), MOVES)
def test_it_is_given_no_other_place(staff_client, client, home, make_page, fields, sentence):
    about = make_page("About us")
    fields = {name: about.pk if value == "about" else value for name, value in fields.items()}
    assert sentence in edit(staff_client, home, button="_publish", follow=True, **fields).content.decode()
    assert client.get("/").status_code == 200
    assert client.get("/about-us/").status_code == 200


def test_its_words_change_as_those_of_any_page(home, client):
    publish(save_draft(home, title="Schools and communities"))
    assert "Schools and communities" in client.get("/").content.decode()


def test_the_spanish_front_page_stays_too(home, make_page):
    spanish = make_page("Coalición", slug="home", language="es", translation_of=home)
    with pytest.raises(NotReady, match=WHY):
        retire(spanish)
    spanish.slug = "inicio"
    with pytest.raises(ValidationError, match="its address has to be “home”"):
        spanish.full_clean()


def test_a_front_page_that_was_never_public_is_a_page_like_others(staff_client, make_page):
    idea = make_page("Idea", slug="home", published_at=None)
    assert staff_client.post(f"/admin/pages/page/{idea.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not Page.objects.exists()


def test_the_step_that_takes_a_page_offline_names_the_public_pages_below_it(staff_client, make_page):
    about = make_page("About us")
    networks = make_page("Networks", parent=about)
    make_page("State networks", parent=networks)
    make_page("An idea", parent=about, published_at=None)
    make_page("Policy")
    html = staff_client.get(f"/admin/pages/page/{about.pk}/retire/").content.decode()
    said = html.partition("These pages stand below it, and stay public at their addresses:")[2].partition("</ul>")[0]
    assert "“Networks”" in said and "“State networks”" in said
    assert "idea" not in said and "Policy" not in said
    assert change_url(networks) in said
    alone = staff_client.get(f"/admin/pages/page/{networks.children.get().pk}/retire/").content.decode()
    assert "stand below it" not in alone
