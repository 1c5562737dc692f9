"""A session that ends in the middle of an edit, without any script: the text comes back after signing in."""

import html5lib
import pytest
from django.contrib.sessions.models import Session
from django.core import signing
from django.core.files.uploadedfile import SimpleUploadedFile

from pages.models import MenuItem
from publishing import typed_text
from publishing.models import Activity, Revision
from tests.drafts import change_url, fields_of, live_tables, open_form, save_draft
from tests.pages_as_sent import StrictClient
from vocabulary.models import Topic

PASSWORD = "a password for tests"
TOKEN = {"csrfmiddlewaretoken": "x" * 64}
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
    form = next(form for form in tree.iter("form") if form.get("action") == action and form.get("id") != "logout-form")
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


def test_no_form_with_a_password_is_carried(client, editor, page):
    for address in (
        "/admin/auth/user/add/",
        f"/admin/auth/user/{editor.pk}/change/",
        f"/admin/auth/user/{editor.pk}/password/",
        "/admin/password_change/",
    ):
        response = client.post(address, TOKEN | {"password1": "quetzal secret", "_save": "1"})
        assert response.status_code == 302
        assert response["Location"].startswith("/admin/login/?next=")


def test_what_nobody_typed_is_not_carried(client, page):
    ticked = {"action": "delete_selected", "_selected_action": "1", "index": "0"}
    for address, data in (
        ("/admin/pages/menuitem/", ticked),
        (change_url(page).replace("change", "delete"), {"post": "yes"}),
        (change_url(page).replace("change", "here"), {}),
    ):
        assert client.post(address, TOKEN | data).status_code == 302


def sign_in_and_send(browser, address, data):
    """Lose the session, send a form, sign in, press the one button: gives the page of the offer, and the answer."""
    Session.objects.all().delete()
    offered = sign_in(browser, browser.post(address, data))
    return offered.content.decode(), browser.post(address, fields_for(offered, address))


def test_the_text_of_a_record_without_drafts_comes_back_too(browser):
    topic = Topic.objects.create(label="Gardens", slug="gardens")
    form = fields_of(browser.get(change_url(topic)).content.decode())
    words = "Where children grow what they eat"
    html, saved = sign_in_and_send(browser, change_url(topic), form | {"description": words, "_continue": "1"})
    assert words in html and "Send it again" in html and "as a draft" not in html
    assert saved.status_code == 302 and saved["Location"].endswith("/change/"), "the button that she pressed counts"
    topic.refresh_from_db()
    assert topic.description == words


def test_who_comes_back_late_still_undoes_nothing(browser):
    topic = Topic.objects.create(label="Gardens", slug="gardens")
    form = fields_of(browser.get(change_url(topic)).content.decode())
    Topic.objects.update(label_es="Huertos")
    _html, refused = sign_in_and_send(browser, change_url(topic), form | {"label": "Green places", "_save": "1"})
    assert "Somebody else has changed this meanwhile, to: Huertos." in refused.content.decode()
    topic.refresh_from_db()
    assert (topic.label, topic.label_es) == ("Gardens", "Huertos")


def test_of_a_picture_the_words_come_back_and_the_file_is_asked_for_again(browser):
    address = "/admin/publishing/picture/add/"
    form = fields_of(browser.get(address).content.decode())
    file = SimpleUploadedFile("garden.png", b"a picture")
    html, again = sign_in_and_send(browser, address, form | {"title": "A garden", "image": file, "_save": "1"})
    assert "A garden" in html and "Files cannot be kept: choose them again afterwards." in html
    assert fields_of(again.content.decode())["title"] == "A garden"
    assert "This field is required." in again.content.decode()


def test_a_list_that_was_edited_comes_back(browser):
    line = MenuItem.objects.create(menu="header", label="One", address="/faq/", position=10)
    address = "/admin/pages/menuitem/"
    html = browser.get(address).content.decode()
    form = fields_of(html.replace('id="changelist-form"', 'id="list_form"'))
    html, saved = sign_in_and_send(browser, address, form | {"form-0-position": "77", "_save": "Save"})
    assert saved.status_code == 302
    line.refresh_from_db()
    assert line.position == 77


def test_the_note_of_a_step_comes_back_and_the_step_is_taken_when_she_says_so(browser, page):
    address = change_url(page).replace("change", "comment")
    form = fields_for(browser.get(address), None)
    html, _taken = sign_in_and_send(browser, address, form | {"note": "Please look at the third line"})
    assert "Please look at the third line" in html
    assert Activity.objects.of(page).filter(text="Please look at the third line").count() == 1


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
