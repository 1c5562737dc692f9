import re

import pytest
from django.core.exceptions import ValidationError

from pages.models import Heading, Page, PictureBlock, RichText, Statement
from publishing.blocks import blocks_of, grouped, reading_minutes, sections
from tests.pictures import stored_picture
from tests.publishing.more_blocks import words_of
from tests.whole_site.reading import Reading


@pytest.fixture
def page(make_page):
    page = make_page("Vision")
    Statement.objects.create(parent=page, region="main", ordering=40, heading="Second value", text="Words")
    Heading.objects.create(parent=page, region="main", ordering=20, text="Core Values")
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>Opening</p>")
    Statement.objects.create(parent=page, region="main", ordering=30, heading="First value", text="Words")
    PictureBlock.objects.create(
        parent=page, region="main", ordering=50, picture=stored_picture(), alt_text="A school garden"
    )
    return page


def test_blocks_of_all_kinds_come_in_order_in_two_queries(page, make_page, django_assert_num_queries):
    other = make_page("Other")
    with django_assert_num_queries(2):
        found = blocks_of(page, other)
        names = [type(block).__name__ for block in found[page.pk]]
        title = found[page.pk][-1].picture.title
    assert names == ["RichText", "Heading", "Statement", "Statement", "PictureBlock"]
    assert [block.heading for block in found[page.pk][2:4]] == ["First value", "Second value"]
    assert title == "A garden"
    assert found[other.pk] == []


def test_a_block_from_the_one_query_equals_the_one_of_its_table(page):
    block = next(block for block in page.blocks if isinstance(block, RichText))
    stored = RichText.objects.get(pk=block.pk)
    assert block == stored
    for field in RichText._meta.concrete_fields:
        assert getattr(block, field.attname) == getattr(stored, field.attname)


def test_neighbors_that_are_statements_make_one_list(page, client):
    assert [len(run) for _template, run in grouped(page.blocks)] == [1, 1, 2, 1]
    html = client.get(page.get_absolute_url()).content.decode()
    assert html.count('<dl class="values">') == 1


def test_a_text_is_split_at_its_headings(page):
    assert [(heading and heading.text, len(blocks)) for heading, blocks in sections(page.blocks)] == [
        (None, 1),
        ("Core Values", 3),
    ]


def test_the_anchor_of_a_heading_follows_its_short_form(make_page):
    assert Heading(text="The Coalition’s goals are to:", short_text="Goals").anchor == "goals"
    assert Heading(text="Core Values").anchor == "core-values"
    assert Heading(text="???").anchor.startswith("h-")


def test_a_picture_needs_words_or_is_decorative_on_purpose(page):
    picture = stored_picture()
    with pytest.raises(ValidationError, match="tick “decorative”"):
        PictureBlock(parent=page, region="main", picture=picture).full_clean()
    with pytest.raises(ValidationError, match="untick"):
        PictureBlock(parent=page, region="main", picture=picture, is_decorative=True, alt_text="A garden").full_clean()
    PictureBlock(parent=page, region="main", picture=picture, is_decorative=True).full_clean()


def test_a_picture_is_shown_with_its_size_and_its_words(page, client):
    html = client.get(page.get_absolute_url()).content.decode()
    assert 'width="40" height="30" alt="A school garden"' in html


@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/", "guide", "ftp://example.org", "/a b"])
def test_a_statement_leads_only_to_real_addresses(page, address):
    with pytest.raises(ValidationError, match="begins with a slash"):
        Statement(parent=page, region="main", heading="Guide", address=address).full_clean()


def test_reading_time_is_at_least_a_minute(make_page):
    assert reading_minutes([]) == 1
    assert reading_minutes([RichText(text="<p>" + "word " * 620 + "</p>")]) == 3


def test_a_page_without_blocks_has_none(make_page):
    assert Page.objects.get(pk=make_page("Empty").pk).blocks == []


def test_on_paper_each_link_has_the_number_of_its_address(make_page, client):
    page = make_page("Links")
    RichText.objects.create(
        parent=page,
        region="main",
        text='<p><a href="/guide/">Guide</a>, <a href="https://example.org/?a=1&amp;b=2">there</a>, '
        '<a href="/guide/">again</a>, <a href="mailto:a@example.org">mail</a>, <a lang="es" href="tel:1">phone</a>, '
        '<a hreflang="es" lang="es" href="/es/guia/">Guía</a>, <a href="/guide/" hreflang="a&gt;b">more</a></p>',
    )
    html = client.get(page.get_absolute_url()).content.decode()
    assert re.findall(r'>(\w+)</a><sup class="print-ref" aria-hidden="true">(\d)', html) == [
        ("Guide", "1"),
        ("there", "2"),
        ("again", "1"),
        ("Guía", "3"),
        ("more", "1"),
    ]
    shown = ("https://www.example.org/guide/", "https://example.org/?a=1&amp;b=2", "https://www.example.org/es/guia/")
    assert f"<ol>{''.join(f'<li>{address}</li>' for address in shown)}</ol>" in html


def test_the_paragraphs_and_lines_of_a_statement_are_kept(page, home, client):
    text = "First,\nin two lines.\n\nSecond."
    for number, words in enumerate(("One", "Last")):
        Statement.objects.create(parent=home, region="features", ordering=number, heading=words, text=text)
    Statement.objects.create(parent=page, region="main", ordering=60, heading="In a list", text=text)
    Statement.objects.create(parent=page, region="main", ordering=70, heading="Without a text")
    for address, times in ((page.get_absolute_url(), 1), ("/", 2)):
        response = client.get(address)
        reading = Reading(response.content)
        assert not reading.fault and "<p></p>" not in response.content.decode()
        paragraphs = [words_of(paragraph) for paragraph in reading.all("p")]
        assert (paragraphs.count("First, in two lines."), paragraphs.count("Second.")) == (times, times)
        assert len([paragraph for paragraph in reading.all("p") if paragraph.find("br") is not None]) == times
