"""Steps after saving that need a browser to be believed: a comment, and the end of previews that were given out."""

import pytest
from playwright.sync_api import expect

from publishing.publish import ensured_revision
from tests.browser.admin import change_address, listen, sign_in


@pytest.fixture
def item(transactional_db, make_page):
    return make_page("Partners")


@pytest.fixture
def open_form(new_context, live_server, item, editor):
    """A function that opens the form of the page. What the browser complains about fails the test."""
    complaints = []

    def open_one():
        page = sign_in(new_context(), editor, live_server.url).new_page()
        listen(page, complaints)
        page.goto(change_address(live_server.url, item))
        return page

    yield open_one
    assert not complaints, "\n".join(["", *complaints])


def test_a_comment_stands_beside_the_form_for_everybody(item, open_form):
    page = open_form()
    page.get_by_role("link", name="Comment", exact=True).click()
    page.get_by_role("textbox", name="Note:").fill("Is the <b>year</b> right?")
    page.get_by_role("button", name="Comment").press("Enter")
    expect(page.get_by_text("Comment added.")).to_be_visible()
    notes = page.locator(".side-panel section").filter(has=page.get_by_role("heading", name="Notes"))
    expect(notes.get_by_text("editor commented")).to_contain_text("Is the <b>year</b> right?")
    assert ensured_revision(item).published_at, "a comment changes no text"


def test_an_empty_comment_is_none(open_form):
    page = open_form()
    page.get_by_role("link", name="Comment", exact=True).click()
    page.get_by_role("button", name="Comment").click()
    expect(page.get_by_role("textbox", name="Note")).to_be_focused()
    page.get_by_role("link", name="Cancel").click()
    expect(page.locator(".side-panel").get_by_text("editor commented")).to_have_count(0)


def test_preview_addresses_that_were_given_out_end_and_a_new_one_works(open_form, new_context):
    page = open_form()
    given_out = page.get_by_role("link", name="Address of a preview").get_attribute("href")
    outsider = new_context().new_page()
    outsider.goto(given_out)
    expect(outsider.get_by_role("heading", name="Partners", exact=True)).to_be_visible()

    page.get_by_role("link", name="End the preview addresses given out").click()
    page.get_by_role("button", name="End the preview addresses given out").click()
    expect(page.get_by_text("The addresses that were given out do not work any more.")).to_be_visible()
    assert outsider.goto(given_out).status == 410
    expect(outsider.get_by_role("heading", name="This preview has ended")).to_be_visible()
    anew = page.get_by_role("link", name="Address of a preview").get_attribute("href")
    assert outsider.goto(anew).status == 200
