"""What comes out of a printer: sheets of letter paper, without what waits for a hand."""

import pypdfium2
import pytest
from playwright.sync_api import expect

LIST = "/resources/publications/"
FULL_SHEETS = ("/blog/know-your-community/", "/tell-your-story/", f"{LIST}making-the-difference/?print=y")


def sheets(page):
    """The words on each sheet of paper, without the running head."""
    file = pypdfium2.PdfDocument(page.pdf(format="Letter"))
    texts = [sheet.get_textpage().get_text_range() for sheet in file]
    return [" ".join(text.removeprefix("Coalition for Community Schools").split()) for text in texts]


def test_the_sentence_of_the_front_page_stands_on_its_first_sheet_with_what_follows(site, open_page):
    first, *others = sheets(open_page(f"{site}/"))
    assert "strong schools require strong communities" in first
    assert "A community school is a place and a set of partnerships." in first
    assert len(others) < 5


@pytest.mark.parametrize("address", FULL_SHEETS)
def test_no_sheet_holds_the_end_of_a_page_alone(site, open_page, address):
    *_others, last = sheets(open_page(site + address))
    text, printed, whose = last.partition("Printed from")
    assert printed and "4301 Connecticut Avenue" in whose and "All Rights Reserved" in whose
    assert len(text) > 300


def test_the_addresses_of_links_stay_in_their_column(site, open_page):
    page = open_page(f"{site}/leadership/superintendent/", width=695)  # the width of a sheet between its margins
    page.emulate_media(media="print")
    wide = page.evaluate(
        """() => [...document.querySelectorAll(".print-note li")].filter(one => {
          const words = document.createRange();
          words.selectNodeContents(one);
          return words.getBoundingClientRect().right > one.getBoundingClientRect().right + 1;
        }).map(one => one.textContent)"""
    )
    assert page.locator(".print-note li").count() > 8
    assert wide == []


def test_a_printed_part_of_a_list_says_which_and_has_nothing_to_fill_in(site, open_page):
    page = open_page(f"{site}{LIST}")
    for hidden in on_paper(page, "Take into my list", "Look along the shelves", "Next page"):
        expect(hidden).to_be_hidden()
    expect(page.get_by_text("1 to 10 of ")).to_be_visible()


def test_a_printed_list_of_ones_own_is_the_references_alone(site, open_page):
    page = open_page(f"{site}{LIST}chosen/?work=playbook&work=making-the-difference")
    for hidden in on_paper(page, "Style", "Take along:"):
        expect(hidden).to_be_hidden()
    expect(page.locator(".references li")).to_have_count(2)
    expect(page.locator(".references li").first).to_be_visible()


def on_paper(page, *words):
    """The first place of each of some words, all of which can be seen on a screen; the page is on paper after that."""
    found = [page.locator("main").get_by_text(one).first for one in words]
    for one in found:
        expect(one).to_be_visible()
    page.emulate_media(media="print")
    return found
