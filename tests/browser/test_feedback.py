"""A reader's form in a browser: without a script, from the page to the thanks, and back with what to do."""

import re

import pytest
from playwright.sync_api import expect

from feedback import guards
from feedback.models import Message
from tests.browser.axe import ALL_RULES, RULES_ABOUT_COLOR, run_axe

A_LITTLE_MORE = 1.1  # times what the site asks of people who read and write


@pytest.fixture
def as_quick(monkeypatch):
    """For what is not about that time: the site takes what comes at once, too."""
    monkeypatch.setattr(guards, "SHORTEST_TIME", 0)


def test_without_a_script_a_correction_goes_from_the_page_to_the_inbox(site, open_page):
    page = open_page(f"{site}/about/partners/", java_script_enabled=False)
    page.get_by_role("link", name="Something wrong?").click()
    page.get_by_label("What is wrong?").fill("The second link is dead.")
    page.wait_for_timeout(guards.SHORTEST_TIME * 1000 * A_LITTLE_MORE)
    page.get_by_role("button", name="Send").click()
    assert "What you sent has arrived" in page.get_by_role("status").inner_text()
    message = Message.objects.get()
    assert (message.kind, message.about, message.text) == ("wrong", "/about/partners/", "The second link is dead.")
    assert page.context.cookies() == []


def test_without_a_script_yes_and_no_are_counted_and_more_can_be_said(site, open_page, as_quick):
    page = open_page(f"{site}/about/partners/", java_script_enabled=False)
    page.get_by_role("button", name="No", exact=True).click()
    assert "Thank you for your answer" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Say more").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Something wrong?"
    assert Message.objects.get().kind == "not_useful"


@pytest.mark.parametrize("width", [390, 1280])
def test_a_form_with_faults_opens_at_what_to_do_and_axe_finds_nothing(site, open_page, as_quick, width):
    page = open_page(f"{site}/feedback/contact/", width=width)
    page.get_by_label("Your email address").fill("nobody")
    page.get_by_role("button", name="Send the message").click()
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.locator(":focus").get_by_role("link")).to_have_count(2)
    for color_scheme, rules in (("light", ALL_RULES), ("dark", RULES_ABOUT_COLOR)):
        page.emulate_media(color_scheme=color_scheme)
        _passed, violations = run_axe(page, rules)
        assert not violations, "\n".join(["", *violations])
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("name") == "text"
    assert page.get_by_label("Your email address").input_value() == "nobody"
