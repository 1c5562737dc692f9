"""What is pasted into the rich text editor from elsewhere, and the links that are made there."""

import re

from playwright.sync_api import expect

from tests.browser.admin import data_of, save
from tests.whole_site.test_contrast import ratio

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


def paste(page, html):
    """Paste HTML in place of the text of the page."""
    page.locator("#pages_richtext_set-0 .tiptap").click()
    page.keyboard.press("Control+a")
    page.evaluate(
        """html => {
          const data = new DataTransfer()
          data.setData("text/html", html)
          const paste = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
          document.querySelector("#pages_richtext_set-0 .tiptap").dispatchEvent(paste)
        }""",
        html,
    )


def text_of(item):
    return re.sub(r"\s+(?=</p>)", "", data_of(item)["parts"]["pages.richtext"][0]["text"])


def test_what_is_pasted_from_word_keeps_its_lists_and_its_words_apart(partners, editor, open_form_as):
    page = open_form_as(editor)
    paste(page, WORD)
    save(page)
    assert text_of(partners) == (
        "<p><strong>Our plan</strong></p>"
        "<ul><li><p>Families</p><ol><li><p>Parents</p></li></ol></li><li><p>Schools</p></li></ul>"
        "<p>Year School</p><p>See this</p>"
    )


def test_what_cannot_stand_in_a_text_is_named_beside_it_with_the_block_that_is_made_for_it(editor, open_form_as):
    page = open_form_as(editor)
    told = page.locator("#pages_richtext_set-0").get_by_role("status")
    paste(page, WORD)
    expect(told).to_have_text(re.compile("^A table cannot stand in a text.* block of the kind Table"))
    paste(page, "<h2>Our plan</h2><p>Words</p><img src='data:,' alt=''><iframe src='about:blank'></iframe>")
    expect(told).to_contain_text("Headings came as plain paragraphs.")
    expect(told).to_contain_text("Pictures were left out.")
    expect(told).to_contain_text("A film was left out.")
    expect(told).not_to_contain_text("table")
    paste(page, "<p>Words</p>")
    expect(told).to_be_empty()


def test_superscripts_are_kept_and_links_to_footnotes_are_not(partners, editor, open_form_as):
    page = open_form_as(editor)
    paste(page, '<p>25 m<sup>2</sup> a child<a href="#_ftn1" name="_ftnref1">[1]</a>, H<sub>2</sub>O</p>')
    save(page)
    assert text_of(partners) == "<p>25 m<sup>2</sup> a child[1], H<sub>2</sub>O</p>"


def test_a_link_that_nobody_could_follow_is_refused_in_words_by_its_dialog(partners, editor, open_form_as):
    page = open_form_as(editor)
    page.locator("#pages_richtext_set-0 .tiptap").click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    address = dialog.get_by_label("URL")
    for wrong, sentence in (("", "Write the address to which"), (" JavaScript:alert(1)", "cannot follow this address")):
        address.fill(wrong)
        address.press("Enter")
        assert sentence in address.evaluate("field => field.validationMessage")
        expect(dialog).to_be_visible()
    address.fill("/guide/")
    address.press("Enter")
    expect(dialog).not_to_be_visible()
    save(page)
    assert 'href="/guide/"' in text_of(partners)


def test_the_sign_of_a_pressed_button_can_be_seen(partners, editor, open_form_as):
    page = open_form_as(editor)
    page.locator("#pages_richtext_set-0 .tiptap").click()
    bold = page.locator("#pages_richtext_set-0").get_by_role("button", name="bold")
    bold.click()
    expect(bold).to_have_class(re.compile(r"\bactive\b"))
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.wait_for_timeout(400)  # the library's own transition
        painted = bold.evaluate("button => [getComputedStyle(button).color, getComputedStyle(button).backgroundColor]")
        sign, ground = ("#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", one)[:3]) for one in painted)
        assert ratio(sign, ground) >= 3, (scheme, painted)
