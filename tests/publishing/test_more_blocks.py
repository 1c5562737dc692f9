"""Quotes, call-outs, links and downloads, and what they have in common with tables and videos."""

import re

import pytest
from django.core.exceptions import ValidationError

from pages.models import CallOut, Download, LinkBlock, Quote, RichText, Statement, Video
from publishing.blocks import grouped
from publishing.publish import ensured_revision, publish, restore
from publishing.revisions import Revision
from publishing.snapshots import capture, part_fields, row_data
from tests.drafts import edit, form_data, open_form, save_draft
from tests.publishing.more_blocks import KINDS, add, shown, words_of

names = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


# All kinds


@names
def test_a_block_of_each_kind_survives_draft_publish_and_restore(page, client, kind):
    row = row_data(kind(region="main", ordering=10, **KINDS[kind]), part_fields(kind))
    label = kind._meta.label_lower
    draft = save_draft(page, lambda data: data["parts"].setdefault(label, []).append(row))
    assert not kind.objects.exists()
    publish(draft)
    assert capture(page)["parts"][label] == [row]
    block = kind.objects.get()
    assert {name: getattr(block, name) for name in KINDS[kind]} == KINDS[kind]
    html = client.get("/partners/").content
    publish(save_draft(page, lambda data: data["parts"][label].clear()))
    assert not kind.objects.exists()
    publish(restore(Revision.objects.get(pk=draft.pk)))
    assert kind.objects.get() == block
    assert client.get("/partners/").content == html


@names
def test_the_form_takes_a_block_of_each_kind_and_shows_it_again(staff_client, page, kind):
    values = {name: value for name, value in KINDS[kind].items() if value is not False}
    data = form_data(page, [(kind._meta.model_name, values)], title="Partners", slug="partners", summary="Words.")
    base = ensured_revision(page)
    assert edit(staff_client, page, data=data | {"_base": base.pk}).status_code == 302
    (row,) = ensured_revision(page).data["parts"][kind._meta.label_lower]
    assert {name: row[name] for name in KINDS[kind]} == KINDS[kind]
    again = open_form(staff_client, page)
    prefix = f"pages_{kind._meta.model_name}_set-0"
    assert {name: again[f"{prefix}-{name}"] for name in values if name != "has_row_headings"} == {
        name: str(value) for name, value in values.items() if name != "has_row_headings"
    }


@names
def test_an_unfinished_block_is_kept_in_a_draft(staff_client, page, kind):
    required = next(iter(KINDS[kind]))
    data = form_data(page, [(kind._meta.model_name, KINDS[kind] | {required: ""})], title="Partners", slug="partners")
    assert edit(staff_client, page, data=data | {"_base": ensured_revision(page).pk}).status_code == 302
    assert len(ensured_revision(page).data["parts"][kind._meta.label_lower]) == 1


@names
def test_each_kind_says_its_words_and_a_short_name(kind):
    block = kind(**KINDS[kind])
    first = next(iter(KINDS[kind].values()))
    assert first in block.words()
    assert str(block) == first or kind is Quote
    assert len(str(kind(**dict.fromkeys(KINDS[kind], "long words " * 30)))) <= 70


@names
def test_markup_in_plain_fields_is_shown_as_it_was_typed(page, client, kind):
    evil = "<script>alert(1)</script>"
    plain = {"source", "heading", "label", "description", "caption", "title", "size"} & set(KINDS[kind])
    values = dict.fromkeys(plain, evil[:20])
    kind.objects.create(parent=page, region="main", ordering=10, **(KINDS[kind] | values))
    _reading, html = shown(client)
    assert "<script>" not in html
    assert html.count("&lt;script&gt;") >= len(plain)


@names
def test_blocks_of_all_kinds_still_cost_two_queries(page, kind, django_assert_num_queries):
    for ordering, other in enumerate(KINDS):
        add(page, other, ordering)
    with django_assert_num_queries(1):  # no pictures here
        assert [type(block) for block in page.blocks] == list(KINDS)


# Links in running text


@pytest.mark.parametrize(("kind", "name"), [(CallOut, "text"), (Video, "transcript")])
def test_rich_text_is_cleaned_and_its_links_are_numbered_for_paper(page, client, kind, name):
    dirty = '<p onclick="x()">See <a href="/guide/">this</a><script>alert(1)</script></p>'
    add(page, kind, **{name: dirty})
    assert getattr(kind.objects.get(), name) == '<p>See <a href="/guide/">this</a></p>'
    _reading, html = shown(client)
    number = 2 if kind is Video else 1  # the film's own address is the first
    assert f'this</a><sup class="print-ref" aria-hidden="true">{number}</sup>' in html
    assert "https://www.example.org/guide/" in client.get("/partners/").content.decode()


@pytest.mark.parametrize("kind", [LinkBlock, Download, Video])
def test_the_address_of_a_link_stands_on_paper(page, client, kind):
    RichText.objects.create(
        parent=page, region="main", ordering=1, text=f'<p><a href="{KINDS[kind]["address"]}">same</a></p>'
    )
    add(page, kind)
    _reading, html = shown(client)
    assert html.count('<sup class="print-ref" aria-hidden="true">1</sup>') == 2


@pytest.mark.parametrize("kind", [LinkBlock, Statement, Video])
def test_paper_and_screen_name_the_same_address(make_page, client, kind):
    spanish = make_page("Socios", language="es")
    words = KINDS.get(kind, {"heading": "Guide", "text": "Read it."})
    kind.objects.create(parent=spanish, region="main", ordering=10, **(words | {"address": "/guide/"}))
    html = client.get("/es/socios/").content.decode()
    assert re.search(r'<a href="/es/guide/">[^<]+</a><sup class="print-ref" aria-hidden="true">1</sup>', html)
    assert "<ol><li>https://www.example.org/es/guide/</li></ol>" in html


@pytest.mark.parametrize("kind", [LinkBlock, Download, Video])
@pytest.mark.parametrize("address", ["javascript:alert(1)", "//evil.example/", "guide", "ftp://example.org", ""])
def test_they_lead_only_to_real_addresses(page, kind, address):
    with pytest.raises(ValidationError):
        add(page, kind, address=address)


# Quotes and call-outs


def test_a_quote_stands_with_its_source(page, client):
    add(page, Quote, text="First.\n\nSecond.")
    reading, _html = shown(client)
    (quote,) = reading.all("blockquote")
    assert [words_of(p) for p in quote.iter("p")] == ["First.", "Second."]
    assert [words_of(f) for f in quote.iter("footer")] == ["A parent, 2026"]


@pytest.mark.parametrize("typed", ['"Words"', "“Words”", " Words ", "«Words»"])
def test_quotation_marks_around_a_quote_are_taken_off(page, typed):
    assert add(page, Quote, text=typed).text == "Words"


@pytest.mark.parametrize("typed", ['"Yes" and "no" ', '"'])
def test_quotation_marks_inside_a_quote_stay(page, typed):
    assert add(page, Quote, text=typed).text == typed.strip()


def test_a_quote_needs_a_source(page):
    with pytest.raises(ValidationError) as error:
        add(page, Quote, source="")
    assert "source" in error.value.message_dict


def test_a_call_out_may_have_no_heading(page, client):
    add(page, CallOut, heading="")
    _reading, html = shown(client)
    assert 'class="minor"' not in html and "the guide" in html


# Links and downloads


@pytest.mark.parametrize(("kind", "css"), [(LinkBlock, "link-list"), (Download, "downloads")])
def test_neighbors_make_one_list(page, client, kind, css):
    for ordering in (1, 2, 3):
        add(page, kind, ordering)
    add(page, Quote, 4)
    add(page, kind, 5)
    assert [len(run) for _template, run in grouped(page.blocks)] == [3, 1, 1]
    reading, _html = shown(client)
    lists = [element for element in reading.all("ul") if element.get("class") == css]
    assert [len(element.findall("li")) for element in lists] == [3, 1]


def test_a_download_says_what_one_gets(page, client):
    add(page, Download)
    add(page, Download, 20, size="", pages=1, language="", kind="word")
    reading, _html = shown(client)
    facts = [
        words_of(p) for element in reading.all("ul") if element.get("class") == "downloads" for p in element.iter("p")
    ]
    assert facts == ["PDF, 2.8 MB, 46 pages, Spanish 1", "Word file, 1 page 1"]
