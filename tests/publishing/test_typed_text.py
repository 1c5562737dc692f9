"""A session that ends in the middle of an edit, without any script: the text comes back after signing in."""

import html5lib
import pytest
from django.contrib.sessions.models import Session
from django.core import signing

from publishing import typed_text
from publishing.models import Revision
from tests.drafts import change_url, fields_of, live_tables, open_form, save_draft
from tests.pages_as_sent import StrictClient

PASSWORD = "a password for tests"
WORDS = 'Words of "hours"\r\nin <b>two</b> lines & a quetzal'


@pytest.fixture
def browser(editor):
    """A client that is asked for the token of every form, signed in."""
    client = StrictClient(enforce_csrf_checks=True)
    client.force_login(editor)
    return client


def fields_for(response, action):
    """The fields that a browser would send for the form of a page with some action, `form=` included."""
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(form for form in tree.iter("form") if form.get("action") == action)
    outside = [field for field in tree.iter("input") if field.get("form") and field.get("form") == form.get("id")]
    inputs = [*form.iter("input"), *outside]
    return {field.get("name"): field.get("value", "") for field in inputs if field.get("name")}


def send_signed_out(browser, page, **fields):
    """Open the form, lose the session, press a button: gives the answer."""
    data = open_form(browser, page)
    Session.objects.all().delete()
    return browser.post(change_url(page), data | {"_save": "1"} | fields)


def sign_in(browser, response, password=PASSWORD):
    fields = fields_for(response, "/accounts/login/")
    return browser.post("/accounts/login/", fields | {"login": "editor", "password": password})


def test_the_text_comes_back_after_signing_in_and_is_saved_by_one_button(browser, page):
    asked = send_signed_out(browser, page, title="Typed for long", summary=WORDS)
    assert "You were signed out before your text arrived." in asked.content.decode()
    offered = sign_in(browser, asked)
    html = offered.content.decode()
    assert "<h1>You are signed in again</h1>" in html
    assert "Typed for long" in html
    assert Revision.objects.of(page).count() == 1, "nothing is saved before she says so"
    saved = browser.post(change_url(page), fields_for(offered, change_url(page)))
    assert saved.status_code == 302
    item = Revision.objects.of(page).newest().data["item"]
    assert item["title"] == "Typed for long"
    assert item["summary"] == WORDS.replace("\r\n", "\n")  # the parser here writes line ends so; browsers put both


def test_nothing_is_stored_on_the_way(browser, page):
    data = open_form(browser, page)
    Session.objects.all().delete()
    before = live_tables(), Revision.objects.count()
    sign_in(browser, browser.post(change_url(page), data | {"_save": "1", "title": "Typed"}))
    assert (live_tables(), Revision.objects.count()) == before


def test_a_wrong_password_loses_nothing(browser, page):
    asked = send_signed_out(browser, page, title="Typed for long")
    refused = sign_in(browser, asked, "wrong")
    assert "The username and/or password you specified are not correct" in refused.content.decode()
    assert "Typed for long" in sign_in(browser, refused).content.decode()


def test_whoever_pressed_publish_gets_a_draft(browser, page):
    offered = sign_in(browser, send_signed_out(browser, page, title="Typed", _publish="1"))
    fields = fields_for(offered, change_url(page))
    assert "_publish" not in fields and "_save" in fields
    browser.post(change_url(page), fields)
    page.refresh_from_db()
    assert page.title == "Partners"


def test_after_somebody_else_saved_meanwhile_both_texts_are_shown(browser, page):
    asked = send_signed_out(browser, page, title="Mine")
    save_draft(page, title="Of somebody else")
    offered = sign_in(browser, asked)
    response = browser.post(change_url(page), fields_for(offered, change_url(page)), follow=True)
    html = response.content.decode()
    assert "Somebody else saved first" in html
    assert Revision.objects.of(page).get(is_parked=True).title == "Mine"


def test_the_text_of_a_new_page_comes_back_too(browser):
    address = "/admin/pages/page/add/"
    token = fields_of(browser.get(address).content.decode())["csrfmiddlewaretoken"]
    Session.objects.all().delete()
    asked = browser.post(address, {"csrfmiddlewaretoken": token, "title": "A new idea", "_save": "1"})
    assert fields_for(sign_in(browser, asked), address)["title"] == "A new idea"


def test_a_form_without_its_token_is_refused_and_carries_nothing(browser, page):
    response = send_signed_out(browser, page, csrfmiddlewaretoken="x" * 64, title="Quetzal")
    assert response.status_code == 403
    assert "Quetzal" not in response.content.decode()


@pytest.mark.parametrize(
    "forged",
    ["", "x", "a:b:c", signing.dumps({"path": "https://example.com/", "fields": []}, salt="another", compress=True)],
)
def test_what_we_did_not_sign_is_not_given_back(client, editor, forged):
    response = client.post("/accounts/login/", {"login": "editor", "password": PASSWORD, "typed": forged})
    assert response.status_code == 302
    assert response["Location"].startswith("/")


def test_a_text_that_is_too_long_leads_to_the_plain_sign_in_page(browser, page, monkeypatch):
    monkeypatch.setattr(typed_text, "LONGEST", 100)
    response = send_signed_out(browser, page, title="Typed")
    assert response["Location"] == f"/admin/login/?next={change_url(page)}"


def test_what_is_no_form_of_a_draft_is_not_carried(client, editor, page):
    for address in (
        f"/admin/auth/user/{editor.pk}/change/",
        "/admin/password_change/",
        "/admin/publishing/picture/add/",
    ):
        response = client.post(address, {"password": "quetzal secret", "_save": "1"})
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/?next=")


def test_markup_in_the_typed_text_is_only_text_on_the_way(browser, page):
    attack = '"><script>alert(1)</script>'
    asked = send_signed_out(browser, page, title=attack, **{'x"><b>': "1"})
    html = asked.content.decode() + sign_in(browser, asked).content.decode()
    assert "<script>alert" not in html
    assert '"><b>' not in html


def test_no_cache_keeps_the_text(browser, page):
    asked = send_signed_out(browser, page, title="Typed")
    for response in (asked, sign_in(browser, asked)):
        assert "no-store" in response["Cache-Control"]
