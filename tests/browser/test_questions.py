"""The questions, without a script: by the keyboard alone, from an address, on paper."""

from playwright.sync_api import expect


def open_questions(site, open_page, address="/faq/", **options):
    return open_page(site + address, java_script_enabled=False, **options)


def test_an_answer_is_found_opened_and_left_by_the_keyboard_alone(site, open_page):
    page = open_questions(site, open_page)
    page.locator("#fq").focus()
    page.keyboard.type("cost")
    page.keyboard.press("Enter")
    expect(page.get_by_text("See all questions")).to_be_visible()
    answer = page.locator("#cost-and-funding")
    summary = page.locator("summary", has=page.get_by_role("heading", name="What does it cost, and who pays?"))
    summary.focus()
    was_open = answer.is_visible()
    page.keyboard.press("Enter")
    assert answer.is_visible() != was_open
    page.keyboard.press("Enter")
    assert answer.is_visible() == was_open


def test_a_link_of_the_index_opens_its_answer(site, open_page):
    page = open_questions(site, open_page)
    answer = page.locator("#is-it-a-public-school")
    expect(answer).to_be_hidden()
    page.get_by_role("link", name="Is a community school a public school?", exact=True).first.click()
    expect(answer).to_be_visible()
    expect(answer).to_be_in_viewport()


def test_an_address_opens_its_answer(site, open_page):
    page = open_questions(site, open_page, "/faq/#is-it-a-public-school", width=390)
    expect(page.locator("#is-it-a-public-school")).to_be_visible()
    expect(page.locator("#how-many")).to_be_hidden()


def test_on_paper_all_answers_are_open(site, open_page):
    page = open_questions(site, open_page)
    page.emulate_media(media="print")
    for anchor in ("is-it-a-public-school", "how-many"):
        assert page.locator(f"#{anchor}").bounding_box()["height"] > 50


def test_paper_shows_nothing_that_waits_for_a_hand(site, open_page):
    page = open_questions(site, open_page, "/faq/?print=y")
    controls = page.locator("main").locator("input, select, button, .margin-note a")
    assert any(control.is_visible() for control in controls.all())
    page.emulate_media(media="print")
    assert not any(control.is_visible() for control in controls.all())


def test_a_card_fills_half_a_sheet(site, open_page):
    page = open_questions(site, open_page, "/faq/is-it-a-public-school/card/", width=816, height=1056)
    page.emulate_media(media="print")
    box = page.locator(".card").bounding_box()
    assert 400 < box["height"] < 528  # pixels; half of eleven inches
    expect(page.get_by_role("banner")).to_be_hidden()
    expect(page.locator(".card svg")).to_be_visible()


def test_the_address_of_an_answer_is_copied_by_a_button(site, open_page):
    page = open_page(f"{site}/faq/is-it-a-public-school/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("/faq/is-it-a-public-school/")
    assert copied == page.locator("[data-to-copy] a").get_attribute("href")


def test_a_browser_that_refuses_the_clipboard_says_what_to_do(site, open_page):
    page = open_page(f"{site}/faq/is-it-a-public-school/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject() }")
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_text("Select the address and copy it.")).to_be_visible()


def test_whoever_says_that_an_answer_was_useful_is_thanked(site, open_page):
    page = open_questions(site, open_page, "/faq/is-it-a-public-school/")
    page.get_by_role("button", name="Yes", exact=True).click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
