"""What comes out of a printer: sheets of letter paper, without what waits for a hand."""

from playwright.sync_api import expect

LIST = "/resources/publications/"


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
