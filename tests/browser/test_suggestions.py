"""Suggestions below the search field: with the keyboard alone, with a finger, for a screen reader, and without them."""

import re

import pytest
from django.utils import timezone
from django.utils.text import slugify
from playwright.sync_api import expect

from search import statistics
from search.indexing import index_items
from tests.browser.axe import ALL_RULES, RULES_ABOUT_COLOR, run_axe
from tests.browser.test_reading import SCROLLS_SIDEWAYS
from tests.rows import put_back, rows_of_all_tables

# No word of the starting content begins like these.
LONG = "Quokkas: a report with a title that goes on for a while, as the titles of reports about schools do"


@pytest.fixture(scope="module")
def indexed_rows():
    """What all tables hold once the first test has written the pages: the others put that back."""
    return {}


@pytest.fixture
def indexed(request, live_server, transactional_db, kept_rows, indexed_rows):
    """The address of the site with three pages more, their words counted."""
    if indexed_rows:
        put_back(indexed_rows)
    else:
        request.getfixturevalue("site")
        write_pages()
        indexed_rows |= rows_of_all_tables()
    return live_server.url


def write_pages():
    from pages.models import Page

    for title, language in (("Quokka", "en"), (LONG, "en"), ("Quokkas en su isla", "es")):
        slug, summary = slugify(title)[:20].strip("-"), "Quokkadom, a made-up word."
        page = Page(title=title, slug=slug, summary=summary, language=language, published_at=timezone.now())
        page.save()
        index_items([page])
    statistics.refresh()


@pytest.fixture
def search_page(indexed, open_page):
    return open_page(f"{indexed}/search/")


def field_of(page):
    return page.get_by_role("main").get_by_role("combobox")


def list_of(page):
    return page.get_by_role("main").get_by_role("listbox")


def typed(page, text="quok"):
    """Types in the large field and waits for the list."""
    field_of(page).press_sequentially(text)
    expect(list_of(page)).to_be_visible()
    return list_of(page).get_by_role("option")


def selected(page):
    """The words of the line that a screen reader is told of; None without one."""
    return page.evaluate(
        """() => {
          const id = document.activeElement.getAttribute("aria-activedescendant");
          const line = id && document.getElementById(id);
          return line && [line.getAttribute("aria-selected"), line.querySelector("span").textContent];
        }"""
    )


def test_with_the_keyboard_alone_one_goes_through_the_list_to_a_page(search_page):
    page = search_page
    field = field_of(page)
    expect(field).to_have_attribute("aria-expanded", "false")
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("quok")
    expect(list_of(page)).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(field).to_have_attribute("aria-controls", list_of(page).get_attribute("id"))
    expect(field).to_have_attribute("aria-autocomplete", "list")
    lines = list_of(page).locator("span").all_inner_texts()
    expect(page.get_by_role("main").get_by_role("status")).to_have_text(f"Suggestions: {len(lines)}")
    expect(list_of(page).get_by_role("option").first).to_have_text("quokkadom Search")
    assert {"quokka", "quokkadom", "Quokka", LONG, "Quokkas en su isla"} <= set(lines)

    assert selected(page) is None
    page.keyboard.press("ArrowDown")
    assert selected(page) == ["true", "quokkadom"]
    page.keyboard.press("ArrowUp")
    assert selected(page) is None
    page.keyboard.press("ArrowUp")
    assert selected(page) == ["true", lines[-1]]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Home")
    assert selected(page) is None and page.evaluate("document.activeElement.selectionStart") == 0
    for _ in range(lines.index("Quokka") + 1):
        page.keyboard.press("ArrowDown")
    expect(field).to_have_value("quok")
    page.keyboard.press("Enter")
    expect(page).to_have_url(page.url.split("/search/")[0] + "/quokka/")


def test_a_chosen_word_is_searched_for(search_page):
    page = search_page
    typed(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=quokkadom")


def test_without_a_choice_enter_searches_for_what_was_typed(search_page):
    page = search_page
    typed(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=quok")


def test_escape_closes_the_list_then_empties_the_field_and_tab_leaves(search_page):
    page = search_page
    field = field_of(page)
    typed(page)
    page.keyboard.press("Escape")
    expect(list_of(page)).to_be_hidden()
    expect(field).to_have_value("quok")
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Alt+ArrowDown")
    expect(list_of(page)).to_be_visible()
    assert selected(page) is None
    page.keyboard.press("Tab")
    expect(list_of(page)).to_be_hidden()
    expect(page.get_by_role("main").get_by_role("button", name="Search")).to_be_focused()
    field.focus()
    page.keyboard.press("Escape")
    expect(field).to_have_value("")


def test_a_finger_or_a_mouse_chooses_too(indexed, open_page):
    page = open_page(f"{indexed}/search/", width=390, has_touch=True)
    typed(page).filter(has_text="Quokkas: a report").tap()
    expect(page).to_have_url(f"{indexed}/quokkas-a-report-wit/")
    page.go_back()
    typed(page).filter(has_text="quokkadom").click()
    page.wait_for_url("**/search/?q=quokkadom")


def test_the_header_suggests_in_spanish_on_a_spanish_page(indexed, open_page):
    page = open_page(f"{indexed}/es/about/")
    page.get_by_role("banner").get_by_role("combobox").press_sequentially("quok")
    expect(page.get_by_role("banner").get_by_role("listbox", name="Sugerencias")).to_be_visible()
    expect(page.get_by_role("banner").get_by_role("status")).to_have_text(re.compile("Sugerencias: [4-8]"))
    first = page.get_by_role("banner").get_by_role("option").first
    expect(first).to_have_text(re.compile("quokka.* Buscar"))
    english = page.get_by_role("banner").locator("[role=option] [lang=en]")
    expect(english.filter(has_text="Quokkas: a report")).to_be_visible()


def test_words_without_suggestions_are_told_to_who_listens(search_page):
    page = search_page
    field_of(page).press_sequentially("zeppelinxyz")
    expect(page.get_by_role("main").get_by_role("status")).to_have_text("No suggestions")
    expect(list_of(page)).to_be_hidden()


def test_one_letter_and_letters_that_are_still_being_built_ask_nothing(search_page):
    page = search_page
    asked = []
    page.on("request", lambda request: "suggestions.json" in request.url and asked.append(request.url))
    field_of(page).press_sequentially("p")
    field_of(page).evaluate(
        """field => {
          field.value = "quok";
          field.dispatchEvent(new InputEvent("input", {isComposing: true, bubbles: true}));
        }"""
    )
    page.wait_for_timeout(400)
    assert asked == []
    field_of(page).dispatch_event("compositionend")
    expect(list_of(page)).to_be_visible()
    assert len(asked) == 1


def test_an_answer_that_comes_too_late_is_not_shown(search_page):
    page = search_page
    waiting = []

    def later(route):
        waiting.append(route) if route.request.url.endswith("q=quo") else route.continue_()

    page.route("**/suggestions.json**", later)
    field_of(page).press_sequentially("quo")
    page.wait_for_timeout(400)
    assert len(waiting) == 1
    typed(page, "kkad")
    shown = list_of(page).inner_text()
    page.wait_for_timeout(300)
    assert list_of(page).inner_text() == shown and LONG not in shown


@pytest.mark.parametrize("trouble", ["offline", "broken", "away"])
def test_in_trouble_the_field_is_a_plain_one(indexed, new_context, trouble):
    page = new_context().new_page()
    page.goto(f"{indexed}/search/")
    if trouble == "offline":
        page.context.set_offline(True)
    else:
        page.route(
            "**/suggestions.json**", lambda route: route.abort() if trouble == "away" else route.fulfill(status=500)
        )
    field_of(page).press_sequentially("quok")
    page.wait_for_timeout(500)
    expect(list_of(page)).to_be_hidden()
    page.context.set_offline(False)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=quok")


def test_axe_finds_nothing_on_the_open_list(search_page):
    page = search_page
    found = []
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        field_of(page).fill("")
        typed(page)
        page.keyboard.press("ArrowDown")
        assert not page.evaluate(SCROLLS_SIDEWAYS)
        for color_scheme, rules in (("light", ALL_RULES), ("dark", RULES_ABOUT_COLOR)):
            page.emulate_media(color_scheme=color_scheme)
            _passed, violations = run_axe(page, rules)
            found += [f"{width} px, {color_scheme}: {violation}" for violation in violations]
    assert not found, "\n".join(["", *found])


def test_in_forced_colors_the_chosen_line_is_seen(indexed, open_page):
    page = open_page(f"{indexed}/search/", forced_colors="active")
    typed(page)
    page.keyboard.press("ArrowDown")
    grounds = list_of(page).evaluate("list => [...list.children].map(line => getComputedStyle(line).backgroundColor)")
    assert grounds[0] != grounds[1]


def test_without_a_script_the_field_is_a_search_field(indexed, open_page):
    page = open_page(f"{indexed}/search/", java_script_enabled=False)
    page.get_by_role("main").get_by_role("searchbox").fill("quokka")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{indexed}/search/?q=quokka")
