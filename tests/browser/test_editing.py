"""Editing the blocks of a page in a real browser, under the policy of the admin: the keyboard is enough."""

import re

from playwright.sync_api import expect

from publishing.publish import ensured_revision
from tests.browser.admin import data_of, save

BLOCK_TITLES = ".order-machine > :not(.empty-form) > h3 > b"


def blocks(page):
    """The names of the blocks as they stand in the document."""
    return [text.strip() for text in page.locator(BLOCK_TITLES).all_inner_texts()]


def test_a_space_in_the_editor_stays_a_space(partners, editor, open_form_as):
    page = open_form_as(editor)
    text = page.locator("#pages_richtext_set-0 .tiptap")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" and second ")
    page.keyboard.press("Enter")
    page.keyboard.type("Third  line")
    save(page)
    html = data_of(partners)["parts"]["pages.richtext"][0]["text"]
    assert "&nbsp;" not in html and "\xa0" not in html
    assert html.replace(" </p>", "</p>") == "<p>First and second</p><p>Third  line</p>"


def test_by_keyboard_a_block_is_added_and_moved(partners, editor, open_form_as):
    page = open_form_as(editor)
    page.get_by_role("button", name="Add a block at the end").focus()
    page.keyboard.press("Enter")
    kinds = page.get_by_role("group", name="Kinds of blocks")
    expect(kinds.get_by_role("button", name="Heading", exact=True)).to_be_focused()
    page.keyboard.press("Escape")
    expect(kinds.get_by_role("button", name="Heading")).not_to_be_visible()
    expect(page.get_by_role("button", name="Add a block at the end")).to_be_focused()

    page.keyboard.press("Space")
    kinds.get_by_role("button", name="Text", exact=True).focus()
    page.keyboard.press("Space")
    expect(page.locator("#pages_richtext_set-1 .tiptap")).to_be_focused()
    page.keyboard.type("Typed by hand")
    assert blocks(page) == ["Heading:", "Text:", "Text:"]

    up = page.locator("#pages_richtext_set-1").get_by_role("button", name="Move up")
    expect(page.locator("#pages_richtext_set-1").get_by_role("button", name="Move down")).to_be_disabled()
    up.focus()
    page.keyboard.press("Enter")
    expect(up).to_be_focused()
    expect(page.get_by_text(re.compile(r"is now block 2 of 3"))).to_be_attached()
    page.keyboard.press("Enter")
    expect(up).to_be_disabled()
    expect(page.locator("#pages_richtext_set-1").get_by_role("button", name="Move down")).to_be_focused()
    assert blocks(page) == ["Text:", "Heading:", "Text:"]
    save(page)
    expect(page.locator(BLOCK_TITLES)).to_have_text(["Text:", "Heading:", "Text:"])
    new, old = sorted(data_of(partners)["parts"]["pages.richtext"], key=lambda row: row["ordering"])
    assert (new["text"], old["text"]) == ("<p>Typed by hand</p>", "<p>First</p>")
    assert new["ordering"] < data_of(partners)["parts"]["pages.heading"][0]["ordering"] < old["ordering"]


def test_a_new_block_above_others_can_be_taken_away_again(partners, editor, open_form_as):
    """The others keep their words and their places, which Django's numbers would mix up."""
    page = open_form_as(editor)
    for number in (1, 2):
        page.get_by_role("button", name="Add a block before Heading: Who we are").press("Enter")
        page.get_by_role("group", name="Kinds of blocks").get_by_role("button", name="Heading").press("Enter")
        page.locator(f"#pages_heading_set-{number}").get_by_label("Heading:", exact=True).fill(f"New heading {number}")
    assert blocks(page) == ["Heading:", "Heading:", "Heading:", "Text:"]
    page.locator("#pages_heading_set-1").get_by_role("button", name="Remove").press("Enter")
    expect(page.locator("#pages_heading_set-2")).to_have_count(0)
    assert blocks(page) == ["Heading:", "Heading:", "Text:"]
    page.get_by_role("checkbox", name="Remove Text: First").press("Space")
    expect(page.get_by_role("checkbox", name="Remove Text: First")).to_be_focused()
    save(page)
    rows = sorted(data_of(partners)["parts"]["pages.heading"], key=lambda row: row["ordering"])
    assert [row["text"] for row in rows] == ["New heading 2", "Who we are"]
    assert data_of(partners)["parts"]["pages.richtext"] == []


def test_enter_in_a_field_saves_a_draft_and_publishes_nothing(partners, editor, open_form_as):
    page = open_form_as(editor)
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    title = page.get_by_role("textbox", name="Title:")
    title.fill("Half a title")
    title.press("Enter")
    expect(page.get_by_text("Draft saved")).to_be_visible()
    assert data_of(partners)["item"]["title"] == "Half a title"
    partners.refresh_from_db()
    assert partners.title == "Partners"


def test_a_moved_block_changes_nothing_about_the_others(partners, editor, open_form_as):
    before = ensured_revision(partners).data["parts"]
    page = open_form_as(editor)
    page.get_by_role("button", name="Move down Heading: Who we are").click()
    save(page)
    after = data_of(partners)["parts"]
    assert (before["pages.heading"][0]["ordering"], before["pages.richtext"][0]["ordering"]) == (10, 20)
    assert (after["pages.heading"][0]["ordering"], after["pages.richtext"][0]["ordering"]) == (20, 10)
    assert after["pages.richtext"][0]["text"] == "<p>First</p>"
