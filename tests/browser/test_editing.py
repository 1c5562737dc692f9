"""Editing in a real browser, under the policy of the admin: nothing typed is lost, and the keyboard is enough."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from publishing.models import Revision
from publishing.publish import newest_revision
from tests.browser.admin import change_address, listen, sign_in
from tests.drafts import save_draft

UNSAVED = re.compile(r"On \w+ \d+ at \d+:\d\d [AP]M you typed text here that was not saved\.")

BLOCK_TITLES = ".order-machine > :not(.empty-form) > h3 > b"


@pytest.fixture
def item(transactional_db, make_page):
    """A public page with a heading and a text."""
    from pages.models import Heading, RichText

    page = make_page("Partners")
    Heading.objects.create(parent=page, region="main", ordering=10, text="Who we are")
    RichText.objects.create(parent=page, region="main", ordering=20, text="<p>First</p>")
    return page


@pytest.fixture
def open_form(new_context, live_server, item):
    """A function that opens the form of the page in a browser of its own: open_form(user). Complaints fail the test."""
    complaints = []

    def open_one(user):
        page = sign_in(new_context(viewport={"width": 1280, "height": 900}), user, live_server.url).new_page()
        listen(page, complaints)
        page.goto(change_address(live_server.url, item))
        return page

    yield open_one
    assert not complaints, "\n".join(["", *complaints])


def save(page):
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Draft saved at")).to_be_visible()


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


def blocks(page):
    """The names of the blocks as they stand in the document."""
    return [text.strip() for text in page.locator(BLOCK_TITLES).all_inner_texts()]


def data(item):
    return Revision.objects.of(item).newest().data


def test_a_space_in_the_editor_stays_a_space(item, editor, open_form):
    page = open_form(editor)
    text = page.locator("#pages_richtext_set-0 .tiptap")
    text.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" and second ")
    page.keyboard.press("Enter")
    page.keyboard.type("Third  line")
    save(page)
    html = data(item)["parts"]["pages.richtext"][0]["text"]
    assert "&nbsp;" not in html and "\xa0" not in html
    assert html.replace(" </p>", "</p>") == "<p>First and second</p><p>Third  line</p>"


# As Word puts it on the clipboard, in short.
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal {color:red}</style></head>
<body>
<!--StartFragment--><p class=MsoNormal style='margin-left:.5in'><b>Our plan</b><o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Families<o:p></o:p></p>
<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp;&nbsp;</span></span><![endif]>Parents</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Schools</p>
<table><tr><td>Year</td><td>School</td></tr></table>
<p onclick="alert(1)">See <a href="javascript:alert(1)">this</a></p><!--EndFragment--></body></html>"""


def test_what_is_pasted_from_word_keeps_its_lists_and_its_words_apart(item, editor, open_form):
    page = open_form(editor)
    page.locator("#pages_richtext_set-0 .tiptap").click()
    page.keyboard.press("Control+a")
    page.evaluate(
        """html => {
          const data = new DataTransfer()
          data.setData("text/html", html)
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          document.querySelector("#pages_richtext_set-0 .tiptap").dispatchEvent(paste)
        }""",
        WORD,
    )
    save(page)
    html = re.sub(r"\s+(?=</p>)", "", data(item)["parts"]["pages.richtext"][0]["text"])
    assert html == (
        "<p><strong>Our plan</strong></p>"
        "<ul><li><p>Families</p><ol><li><p>Parents</p></li></ol></li><li><p>Schools</p></li></ul>"
        "<p>Year School</p><p>See this</p>"
    )


def test_by_keyboard_a_block_is_added_and_moved(item, editor, open_form):
    page = open_form(editor)
    page.get_by_role("button", name="Add a block at the end").focus()
    page.keyboard.press("Enter")
    kinds = page.get_by_role("group", name="Kinds of blocks")
    expect(kinds.get_by_role("button", name="Heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(kinds.get_by_role("button", name="Heading")).not_to_be_visible()
    expect(page.get_by_role("button", name="Add a block at the end")).to_be_focused()

    page.keyboard.press("Space")
    kinds.get_by_role("button", name="Text").focus()
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
    new, old = sorted(data(item)["parts"]["pages.richtext"], key=lambda row: row["ordering"])
    assert (new["text"], old["text"]) == ("<p>Typed by hand</p>", "<p>First</p>")
    assert new["ordering"] < data(item)["parts"]["pages.heading"][0]["ordering"] < old["ordering"]


def test_a_new_block_above_others_can_be_taken_away_again(item, editor, open_form):
    """The others keep their words and their places, which Django's numbers would mix up."""
    page = open_form(editor)
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
    rows = sorted(data(item)["parts"]["pages.heading"], key=lambda row: row["ordering"])
    assert [row["text"] for row in rows] == ["New heading 2", "Who we are"]
    assert data(item)["parts"]["pages.richtext"] == []


def test_a_moved_block_changes_nothing_about_the_others(item, editor, open_form):
    before = newest_revision(item).data["parts"]
    page = open_form(editor)
    page.get_by_role("button", name="Move down Heading: Who we are").click()
    save(page)
    after = data(item)["parts"]
    assert (before["pages.heading"][0]["ordering"], before["pages.richtext"][0]["ordering"]) == (10, 20)
    assert (after["pages.heading"][0]["ordering"], after["pages.richtext"][0]["ordering"]) == (20, 10)
    assert after["pages.richtext"][0]["text"] == "<p>First</p>"


def test_text_that_was_not_saved_is_offered_back(item, editor, open_form):
    page = open_form(editor)
    title(page).fill("Typed before the crash")
    page.locator("#pages_richtext_set-0 .tiptap").click()
    page.keyboard.type("Kept ")
    wait_until_kept(page, "Kept ")
    page.reload()
    expect(title(page)).to_have_value("Partners")
    expect(page.get_by_text(UNSAVED)).to_be_visible()
    assert Revision.objects.of(item).count() == 1
    page.get_by_role("button", name="Save it as a draft").click()
    expect(title(page)).to_have_value("Typed before the crash")
    expect(page.get_by_text(UNSAVED)).to_have_count(0)
    assert data(item)["item"]["title"] == "Typed before the crash"
    assert "Kept" in data(item)["parts"]["pages.richtext"][0]["text"]
    assert copies(page) == []


def test_what_was_saved_or_thrown_away_is_not_offered_again(item, editor, open_form):
    page = open_form(editor)
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


def test_after_a_session_that_ended_the_text_is_still_there(item, editor, open_form, django_user_model):
    page = open_form(editor)
    title(page).fill("Typed for a long time")
    Session.objects.all().delete()
    # Somebody else goes on meanwhile: the copy may not be taken for saved because of that.
    save_draft(item, summary="Of somebody else.")
    page.get_by_role("button", name="Save draft").click()
    sign_in_again(page)
    expect(page.get_by_role("heading", name="You are signed in again")).to_be_visible()
    page.get_by_role("link", name="Open the form without it").click()
    expect(title(page)).to_have_value("Partners")
    page.get_by_role("button", name="Save it as a draft").click()
    expect(page.get_by_role("heading", name="Somebody else saved first")).to_be_visible()
    expect(page.get_by_text("Typed for a long time")).to_be_visible()
    assert Revision.objects.of(item).get(is_parked=True).title == "Typed for a long time"


def test_after_a_session_that_ended_the_text_is_saved_from_the_sign_in_page(item, editor, open_form):
    page = open_form(editor)
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
    assert data(item)["item"]["summary"] == "Of “hours” & <b>more</b>."


def test_without_scripts_the_text_survives_the_session_too(item, editor, new_context, live_server):
    context = sign_in(new_context(java_script_enabled=False), editor, live_server.url)
    page = context.new_page()
    page.goto(change_address(live_server.url, item))
    title(page).fill("Typed without scripts")
    page.locator("#id_pages_richtext_set-0-text").fill("<p>One\n\ntwo</p>")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save draft").click()
    sign_in_again(page)
    page.get_by_role("button", name="Save it as a draft").click()
    expect(page.get_by_text("Draft saved at")).to_be_visible()
    assert data(item)["item"]["title"] == "Typed without scripts"
    assert data(item)["parts"]["pages.richtext"][0]["text"].split() == ["<p>One", "two</p>"]


def test_a_form_that_is_open_hears_that_the_session_ended(item, editor, open_form):
    page = open_form(editor)
    Session.objects.all().delete()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("You are signed out. What you type is kept")).to_be_visible()


def test_two_people_see_each_other_and_the_second_save_shows_both_texts(item, editor, open_form, django_user_model):
    maria = django_user_model.objects.create_superuser("maria", first_name="Maria", last_name="López")
    hers, mine = open_form(maria), open_form(editor)
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
    assert data(item)["item"]["title"] == "The words of Maria"
    row.get_by_role("radio", name=re.compile("Take this.*Saved first")).check()
    row.get_by_role("radio", name=re.compile("Take this.*Yours")).check()
    mine.get_by_role("button", name="Save what I chose").click()
    expect(title(mine)).to_have_value("The words of the editor")
    expect(mine.get_by_text(UNSAVED)).to_have_count(0)
    texts = set(Revision.objects.of(item).values_list("title", flat=True))
    assert texts == {"Partners", "The words of Maria", "The words of the editor"}
