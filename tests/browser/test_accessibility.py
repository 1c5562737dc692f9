"""axe-core finds nothing on any kind of public page, on a phone and on a desk, in light and in dark."""

import pytest

from tests.browser.axe import ALL_RULES, RULES_ABOUT_COLOR, SCREENS, run_axe, screens_for

KINDS = {
    "the front page": "/",
    "a page with all kinds of blocks": "/all-kinds/",
    "a page of the Coalition": "/about/vision-and-mission/",
    "a section": "/about-community-schools/",
    "the list of all pages": "/site-map/",
    "the contact page": "/contact/",
    "the page of a role": "/leadership/principal/",
    "the blog": "/blog/",
    "an entry": "/blog/partners-first/",
    "the questions": "/faq/?print=y",
    "the questions in Spanish, narrowed": "/es/faq/?q=escuela",
    "a question": "/faq/is-it-a-public-school/",
    "the card of a question": "/faq/is-it-a-public-school/card/",
    "search with results": "/search/?q=school&page=abc",
    "search without results": "/search/?q=zeppelin",
    "a search that was corrected": "/search/?q=comunity+partnrs",
    "a search that is narrowed": "/search/?q=school&content=publication&from=2000",
    "publications, narrowed to nothing": "/resources/publications/?q=school&from=2190",
    "search before a question": "/search/",
    "an address that does not exist": "/no-such-page-about-schools/",
    "a page that is not in Spanish yet": "/es/about/",
    "the contact form": "/feedback/contact/",
    "a correction of a page": "/feedback/correction/?about=/about/vision-and-mission/&field=summary",
    "a form for a page that does not exist": "/feedback/format/?about=/no-such-page/",
    "the thanks for an answer": "/feedback/thanks/?about=/about/vision-and-mission/&answer=no",
    "the style guide": "/styleguide/",
}


# These hold every component in every state; what is made of the same is judged on one screen or the other, in turns.
ON_BOTH_SCREENS = {"the front page", "a page with all kinds of blocks", "the style guide"}


@pytest.mark.parametrize(("number", "kind"), [*enumerate(KINDS)], ids=KINDS)
def test_axe_finds_nothing_on(site, open_page, number, kind):
    found = []
    page = open_page(site + KINDS[kind])
    for width, color_scheme in SCREENS if kind in ON_BOTH_SCREENS else screens_for(number):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=color_scheme)
        passed, violations = run_axe(page, ALL_RULES)
        assert "color-contrast" in passed
        found += [f"{width} px, {color_scheme}: {violation}" for violation in violations]
    assert not found, "\n".join(["", *found])


def test_axe_would_find_a_fault(site, open_page):
    """The proof that it looks: a picture without words and words that nobody can read."""
    page = open_page(f"{site}/about/")
    page.evaluate(
        """() => {
          const main = document.querySelector("main");
          main.insertAdjacentHTML("beforeend", '<img src="/static/img/favicon.svg"><p class="pale">Pale words</p>');
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(".pale { color: #ddd; background: #fff }");
          document.adoptedStyleSheets = [sheet];
        }"""
    )
    for color_scheme, rules in (("light", ALL_RULES), ("dark", RULES_ABOUT_COLOR)):
        page.emulate_media(color_scheme=color_scheme)
        _passed, violations = run_axe(page, rules)
        assert any(line.startswith("color-contrast") for line in violations), color_scheme
        assert any(line.startswith("image-alt") for line in violations) == (rules == ALL_RULES)
