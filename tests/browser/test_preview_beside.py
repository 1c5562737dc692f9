"""The preview beside the form, in a real browser under the policy of the admin."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from publishing.models import Revision
from tests.browser.admin import change_address, listen, sign_in
from tests.browser.axe import ALL_RULES, RULES_ABOUT_COLOR, run_axe
from tests.browser.test_admin_accessibility import show_in

OPEN, CLOSE = "Preview beside the form", "Close the preview"
WIDE, NARROW = 1600, 1280


@pytest.fixture
def item(transactional_db, make_page, add_blocks):
    page = make_page("Partners")
    add_blocks(page, times=3)
    return page


@pytest.fixture
def open_form(new_context, live_server, item, editor):
    """A function that opens the form of the page at a width. What the browser complains about fails the test."""
    complaints = []

    def open_one(width=WIDE, **options):
        context = new_context(viewport={"width": width, "height": 900}, **options)
        page = sign_in(context, editor, live_server.url).new_page()
        listen(page, complaints)
        page.goto(change_address(live_server.url, item))
        return page

    yield open_one
    assert not complaints, "\n".join(["", *complaints])


def frame(page):
    return page.frame_locator("iframe[title='Preview of what is typed']:not([data-next])")


def title(page):
    return page.get_by_role("textbox", name="Title:")


def test_what_is_typed_is_seen_beside_the_form_and_stored_nowhere(item, open_form):
    page = open_form()
    steps = page.evaluate("history.length")
    page.get_by_role("button", name=OPEN).click()
    expect(frame(page).get_by_role("heading", name="Partners", exact=True)).to_be_visible()
    expect(frame(page).get_by_text("Preview of a draft. Not public.")).to_be_visible()

    title(page).fill("Partners of schools")
    expect(frame(page).get_by_role("heading", name="Partners of schools")).to_be_visible()
    expect(frame(page).get_by_text("Not saved yet.")).to_be_visible()
    page.locator("#pages_richtext_set-0 .tiptap").click()
    page.keyboard.type("Quetzal ")
    expect(frame(page).get_by_text(re.compile("Quetzal"))).to_be_visible()
    assert Revision.objects.of(item).count() == 1
    assert page.evaluate("history.length") == steps


@pytest.mark.deep
def test_the_real_style_is_in_the_frame(open_form):
    page = open_form()
    page.get_by_role("button", name=OPEN).click()
    heading = frame(page).get_by_role("heading", name="Partners", exact=True)
    assert "Besley" in heading.evaluate("element => getComputedStyle(element).fontFamily")


def test_the_choice_is_kept_until_it_is_closed(open_form):
    page = open_form()
    page.get_by_role("button", name=OPEN).press("Enter")
    expect(page.get_by_role("button", name=CLOSE)).to_be_focused()
    page.reload()
    expect(frame(page).get_by_role("heading", name="Partners", exact=True)).to_be_visible()
    page.get_by_role("button", name=CLOSE).press("Enter")
    expect(page.locator("iframe")).to_be_hidden()
    page.reload()
    expect(page.get_by_role("button", name=OPEN)).to_be_visible()
    expect(page.locator("iframe")).to_be_hidden()


@pytest.mark.deep
def test_on_a_narrow_screen_there_is_neither_button_nor_frame(open_form):
    page = open_form()
    page.get_by_role("button", name=OPEN).click()
    page.set_viewport_size({"width": NARROW, "height": 900})
    page.reload()
    expect(title(page)).to_be_visible()
    expect(page.get_by_role("button", name=CLOSE)).to_have_count(0)
    expect(page.locator("iframe")).to_be_hidden()
    expect(page.get_by_role("link", name="Preview", exact=True)).to_be_visible()


@pytest.mark.deep
def test_the_place_in_the_preview_is_kept_while_one_types(open_form):
    page = open_form()
    page.get_by_role("button", name=OPEN).click()
    root = frame(page).locator("html")
    expect(frame(page).get_by_role("heading", name="Partners", exact=True)).to_be_visible()
    root.evaluate("element => element.scrollTo({ top: 500, behavior: 'instant' })")
    title(page).fill("Partners anew")
    expect(frame(page).get_by_role("heading", name="Partners anew")).to_be_attached()
    assert root.evaluate("element => element.scrollTop") == 500


@pytest.mark.deep
def test_a_link_in_the_preview_leads_out_of_the_frame(open_form, item):
    page = open_form()
    page.get_by_role("button", name=OPEN).click()
    link = frame(page).get_by_role("link", name="See what is public now")
    with page.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", name="Partners", exact=True)).to_be_visible()
    expect(title(page)).to_be_visible()


@pytest.mark.deep
def test_a_link_to_a_part_of_the_page_stays_in_the_frame(open_form):
    page = open_form()
    page.get_by_role("button", name=OPEN).click()
    frame(page).get_by_role("link", name="Words of part 2").first.press("Enter")
    expect(frame(page).get_by_role("heading", name="Words of part 2")).to_be_in_viewport()
    expect(frame(page).get_by_text("Preview of a draft. Not public.")).to_be_attached()


def test_whoever_is_signed_out_is_told_so_in_words(open_form):
    page = open_form()
    page.get_by_role("button", name=OPEN).click()
    expect(frame(page).get_by_role("heading", name="Partners", exact=True)).to_be_visible()
    Session.objects.all().delete()
    title(page).fill("Partners in time")
    expect(page.get_by_role("status").filter(has_text="You are signed out.")).to_be_visible()


@pytest.mark.deep
def test_the_keyboard_goes_from_the_form_through_the_frame_to_the_panel(open_form):
    page = open_form()
    page.get_by_role("button", name=OPEN).click()
    expect(frame(page).get_by_role("heading", name="Partners", exact=True)).to_be_visible()
    page.locator(".deletelink").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"
    page.get_by_role("link", name="See it").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.tagName") == "IFRAME"


def test_axe_finds_nothing_with_the_frame_open(open_form):
    page = open_form(reduced_motion="reduce")
    page.get_by_role("button", name=OPEN).click()
    expect(frame(page).get_by_role("heading", name="Partners", exact=True)).to_be_visible()
    for color_scheme, rules in (("light", ALL_RULES), ("dark", RULES_ABOUT_COLOR)):
        show_in(page, color_scheme)
        passed, violations = run_axe(page, rules)
        assert "color-contrast" in passed
        assert ("frame-title" in passed) == (rules == ALL_RULES)
        assert not violations, "\n".join(["", *violations])
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE
