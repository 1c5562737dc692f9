"""What the checks say of a text in memory. They ask nothing of the database, unless it links to this site."""

import pytest

from publishing.checks import check_content
from tests.publishing.checks.items import heading, link, page_of, text

GOOD = text("<p>Partners share their rooms.</p>")
SPANISH = (
    "Una escuela de la comunidad es un lugar donde las familias y los maestros trabajan con sus vecinos para que cada "
    "niño aprenda más."
)
ENGLISH = (
    "A community school is a place where the families and the teachers work with their neighbors so that each child "
    "can learn more."
)
PICTURE = {"picture_id": 1}


def said(item):
    return [(finding.level, finding.sentence) for finding in check_content(item)]


def only(item, level, words):
    """The one finding of an item; it has this level and says these words."""
    [finding] = check_content(item)
    assert finding.level == level
    assert words in finding.sentence
    return finding


def test_a_good_text_has_no_findings():
    blocks = [heading("Who we are"), GOOD, heading("Smaller", 3), GOOD, heading("More"), GOOD]
    pictures = [("picture", PICTURE | {"alt_text": "A garden"}), ("picture", PICTURE | {"is_decorative": True})]
    assert said(page_of(*blocks, *pictures, ("statement", {"heading": "A value"}), link("https://www.iel.org/"))) == []


def test_a_page_without_blocks_has_no_findings():
    assert said(page_of()) == []


EMPTY = {
    "a heading": ("heading", {"text": "  "}),
    "a statement": ("statement", {"heading": "", "text": "Words without a heading"}),
    "a text": text(""),
    "a text of empty paragraphs": text("<p> </p><p><br></p><p><strong></strong></p>"),
    "a text of spaces of all widths": text("<p>&nbsp;&#8203;&#8195;</p>"),
    "a picture": ("picture", PICTURE),
    "a picture with spaces for words": ("picture", PICTURE | {"alt_text": "   "}),
    "a picture block": ("picture", {"is_decorative": True}),
}


@pytest.mark.parametrize("kind", EMPTY)
def test_an_empty_block_is_an_error_that_names_its_place_and_says_what_to_do(kind):
    page = page_of(GOOD, EMPTY[kind])
    [finding] = [finding for finding in check_content(page) if finding.is_error]
    assert finding.key == str(page.blocks[1].pk) and finding.label == page.blocks[1]._meta.label_lower
    assert "block number 2" in finding.place or "Words without a heading" in finding.place
    assert any(word in finding.sentence for word in ("remove the block", "decorative"))


def test_emoji_are_something_to_see():
    assert said(page_of(text("<p>🎉</p>"), heading("🏫"), GOOD)) == []


def test_a_smaller_heading_before_the_first_heading_is_one_error():
    page = page_of(heading("Small", 3), GOOD, heading("Small too", 3), GOOD, heading("Large"), GOOD)
    finding = only(page, "error", "smaller heading comes before")
    assert (finding.place, finding.field) == ("Heading: Small", "level")


def test_headings_in_a_row_are_a_warning_unless_the_second_is_below_the_first():
    only(page_of(heading("One"), heading("Two"), GOOD), "warning", "followed by another")
    only(page_of(heading("A"), GOOD, heading("B", 3), heading("C"), GOOD), "warning", "followed by another")
    assert said(page_of(heading("One"), heading("Part", 3), GOOD)) == []


def test_a_heading_at_the_end_is_a_warning_in_every_part_of_a_page():
    assert only(page_of(GOOD, heading("The end")), "warning", "below the last heading").place == "Heading: The end"
    page = page_of(heading("One"), heading("Two"), GOOD, slug="home", path="/")
    page.blocks[0].region, page.blocks[1].region, page.blocks[2].region = "opening", "features", "features"
    assert only(page, "warning", "below the last heading").place == "Heading: One"


def test_a_heading_over_what_the_site_adds_below_the_text_is_good():
    assert said(page_of(GOOD, heading("Where we are"), addition="contact_facts")) == []


def test_headings_follow_the_order_of_regions_as_readers_see_them():
    page = page_of(heading("Part", 3), GOOD, heading("Whole"), GOOD, slug="home", path="/")
    for block, region in zip(page.blocks, ("features", "features", "opening", "opening"), strict=True):
        block.region = region
    assert said(page) == []


def test_a_long_summary_and_a_title_in_capitals_are_warnings():
    only(page_of(GOOD, summary="x" * 161), "warning", "161 characters")
    only(page_of(GOOD, title="COMMUNITY SCHOOLS"), "warning", "capitals")
    for title in ("ESSA", "FAQ", "Community Schools", "12"):
        assert said(page_of(GOOD, title=title, summary="x" * 160)) == []


def test_errors_come_first():
    levels = [level for level, _words in said(page_of(heading(""), link("https://a.org/", "here"), title="ABC " * 9))]
    assert levels == sorted(levels) == ["error", "warning", "warning"]


@pytest.mark.parametrize(("language", "own", "other"), [("en", ENGLISH, SPANISH), ("es", SPANISH, ENGLISH)])
def test_a_paragraph_in_another_language_is_a_warning_that_says_how(language, own, other):
    page = page_of(text(f"<p>{own}</p>"), text(f"<p>{own}</p><p>{other}</p>"), language=language)
    finding = only(page, "warning", "A paragraph seems to be in")
    assert finding.key == str(page.blocks[1].pk)
    assert "Move it" in finding.sentence


def test_a_whole_text_in_another_language_is_one_warning_about_its_language():
    page = page_of(*[text(f"<p>{SPANISH}</p>")] * 3)
    assert only(page, "warning", "its language is set to English").field == "language"


@pytest.mark.parametrize(
    "words",
    [
        "Los Angeles, Las Cruces, El Paso, La Mesa, Los Alamos, Las Vegas, El Cajon, La Crosse, Del Rio, Los Gatos.",
        "Read “Las escuelas de la comunidad y sus familias: una guía para los padres” by the Coalition, which is about "
        "the work of families in the schools of their city.",
        "Una escuela de la comunidad.",
        "x " * 500,
        "👩‍🏫 " * 500,
        "数学 " * 100,
    ],
)
def test_names_quoted_titles_and_short_words_are_no_other_language(words):
    found = check_content(page_of(text(f"<p>{ENGLISH}</p>"), text(f"<p>{words}</p>")))
    assert [finding for finding in found if finding.topic == "language"] == []


ODD = {
    "unclosed": '<p><a href="https://a.org/">A<p>B<ul><li>C<strong>',
    "only closed": "</p></a></li></ul>",
    "links in links": '<a href="https://a.org/">A <a href="https://b.org/">B</a></a>',
    "not markup": "1 < 2 & 3 > 2 <<<>>> &#0; &bogus; <!-- <![CDATA[",
    "an attribute without end": '<a href="https://a.org/',
    "emoji": "<p>👨‍👩‍👧‍👦 🏳️‍🌈</p>",
    "marks": "<p>\u202e\ufeff\u0301</p>",
    "a lone surrogate by number": "<p>&#xD800; &#x110000;</p>",
}


@pytest.mark.parametrize("kind", ODD)
def test_odd_markup_is_read_and_so_is_what_stands_around_it(kind):
    before, after = (f'<p><a href="">{words}</a></p>' for words in ("The start", "The end"))
    page = page_of(text(before + ODD[kind]), heading(ODD[kind][:200]), text(after), title=ODD[kind])
    said_of_links = " ".join(finding.sentence for finding in check_content(page) if finding.topic == "link_words")
    assert "“The start”" in said_of_links and "“The end”" in said_of_links


@pytest.mark.parametrize(
    "html",
    [
        "<" * 100_000,
        "<p>" * 20_000,
        "<ul><li>" * 20_000,
        "." * 200_000,
        "a" * 200_000,
        "<p>Word. " * 20_000,
        "<a>" * 20_000,
        "&" * 100_000,
    ],
)
def test_a_huge_text_is_read_to_its_end(html):
    end = '<p><a href="">The end</a></p>'
    found = check_content(page_of(text(html + end), ("statement", {"heading": "A", "text": html})))
    assert any("“The end”" in finding.sentence for finding in found)
