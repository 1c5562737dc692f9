"""Text that was typed and not saved, in a real browser under the policy of the admin: nothing of it is lost."""

import re

from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from publishing.models import Revision
from tests.browser.admin import change_address, data_of, save, sign_in
from tests.drafts import save_draft

UNSAVED = re.compile(r"On \w+ \d+ at \d+:\d\d [AP]M you typed text here that was not saved\.")


def title(page):
    return page.get_by_role("textbox", name="Title:")


def copies(page):
    """What the browser keeps of typed text, as it is stored."""
    return page.evaluate("Object.keys(localStorage).filter(k => k.startsWith('typed:')).map(k => localStorage[k])")


def wait_until_kept(page, words):
    """Playwright's own way of waiting in the page would need what our policy forbids."""
    for _ in range(50):
        if any(words in copy for copy in copies(page)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{words!r} was not kept: {copies(page)}")


def test_text_that_was_not_saved_is_offered_back(partners, editor, open_form_as):
    page = open_form_as(editor)
    title(page).fill("Typed before the crash")
    page.locator("#pages_richtext_set-0 .tiptap").click()
    page.keyboard.type("Kept ")
    wait_until_kept(page, "Kept ")
    page.reload()
    expect(title(page)).to_have_value("Partners")
    expect(page.get_by_text(UNSAVED)).to_be_visible()
    assert Revision.objects.of(partners).count() == 1
    page.get_by_role("button", name="Save it as a draft").click()
    expect(title(page)).to_have_value("Typed before the crash")
    expect(page.get_by_text(UNSAVED)).to_have_count(0)
    assert data_of(partners)["item"]["title"] == "Typed before the crash"
    assert "Kept" in data_of(partners)["parts"]["pages.richtext"][0]["text"]
    assert copies(page) == []


def test_what_was_saved_or_thrown_away_is_not_offered_again(partners, editor, open_form_as):
    page = open_form_as(editor)
    title(page).fill("Saved")
    save(page)
    expect(page.get_by_text(UNSAVED)).to_have_count(0)
    title(page).fill("Not wanted")
    page.reload()
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text(UNSAVED)).to_have_count(0)
    page.reload()
    expect(title(page)).to_have_value("Saved")
    expect(page.get_by_text(UNSAVED)).to_have_count(0)
    title(page).fill("Left at signing out")
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert copies(page) == []


def sign_in_again(page):
    page.get_by_label("Email address or username").fill("editor")
    page.get_by_label("Password").fill("a password for tests")
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_after_a_session_that_ended_the_text_is_still_there(partners, editor, open_form_as, django_user_model):
    page = open_form_as(editor)
    title(page).fill("Typed for a long time")
    Session.objects.all().delete()
    # Somebody else goes on meanwhile: the copy may not be taken for saved because of that.
    save_draft(partners, summary="Of somebody else.")
    page.get_by_role("button", name="Save draft").click()
    sign_in_again(page)
    expect(page.get_by_role("heading", name="You are signed in again")).to_be_visible()
    page.get_by_role("link", name="Open the form without it").click()
    expect(title(page)).to_have_value("Partners")
    page.get_by_role("button", name="Save it as a draft").click()
    expect(page.get_by_role("heading", name="Somebody else saved first")).to_be_visible()
    expect(page.get_by_text("Typed for a long time")).to_be_visible()
    assert Revision.objects.of(partners).get(is_parked=True).title == "Typed for a long time"


def test_after_a_session_that_ended_the_text_is_saved_from_the_sign_in_page(partners, editor, open_form_as):
    page = open_form_as(editor)
    title(page).fill("Typed for a long time")
    page.get_by_role("textbox", name="Summary:").fill("Of “hours” & <b>more</b>.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("You were signed out before your text arrived.")).to_be_visible()
    sign_in_again(page)
    page.get_by_role("button", name="Save it as a draft").click()
    expect(title(page)).to_have_value("Typed for a long time")
    expect(page.get_by_text(UNSAVED)).to_have_count(0)
    assert copies(page) == []
    assert data_of(partners)["item"]["summary"] == "Of “hours” & <b>more</b>."


def test_without_scripts_the_text_survives_the_session_too(partners, editor, new_context, live_server):
    context = sign_in(new_context(java_script_enabled=False), editor, live_server.url)
    page = context.new_page()
    page.goto(change_address(live_server.url, partners))
    title(page).fill("Typed without scripts")
    page.locator("#id_pages_richtext_set-0-text").fill("<p>One\n\ntwo</p>")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save draft").click()
    sign_in_again(page)
    page.get_by_role("button", name="Save it as a draft").click()
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    assert data_of(partners)["item"]["title"] == "Typed without scripts"
    assert data_of(partners)["parts"]["pages.richtext"][0]["text"].split() == ["<p>One", "two</p>"]


def test_a_form_that_is_open_hears_that_the_session_ended(partners, editor, open_form_as):
    page = open_form_as(editor)
    Session.objects.all().delete()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("You are signed out. What you type is kept")).to_be_visible()


def test_two_people_see_each_other_and_the_second_save_shows_both_texts(
    partners, editor, open_form_as, django_user_model
):
    maria = django_user_model.objects.create_superuser("maria", first_name="Maria", last_name="López")
    hers, mine = open_form_as(maria), open_form_as(editor)
    expect(mine.get_by_text("Maria López has this page open, too.")).to_be_visible()
    expect(hers.get_by_text("Nobody else has this page open.")).to_be_visible()
    hers.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(hers.get_by_text("editor has this page open, too.")).to_be_visible()

    title(hers).fill("The words of Maria")
    title(mine).fill("The words of the editor")
    save(hers)
    mine.get_by_role("button", name="Save draft").click()
    expect(mine.get_by_role("heading", name="Somebody else saved first")).to_be_visible()
    row = mine.get_by_role("row").filter(has_text="The words of")
    expect(row).to_contain_text("The words of Maria")
    expect(row).to_contain_text("The words of the editor")
    assert data_of(partners)["item"]["title"] == "The words of Maria"
    row.get_by_role("radio", name=re.compile("Take this.*Saved first")).check()
    row.get_by_role("radio", name=re.compile("Take this.*Yours")).check()
    mine.get_by_role("button", name="Save what I chose").click()
    expect(title(mine)).to_have_value("The words of the editor")
    expect(mine.get_by_text(UNSAVED)).to_have_count(0)
    texts = set(Revision.objects.of(partners).values_list("title", flat=True))
    assert texts == {"Partners", "The words of Maria", "The words of the editor"}
