"""Quotes, call-outs, links, tables, videos and downloads: what editors type, and what readers get."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pages.models import CallOut, Download, LinkBlock, Quote, RichText, Table, Video
from publishing.blocks import grouped
from publishing.blocks.kinds.tables import MOST_COLUMNS, MOST_ROWS, rows_of
from publishing.publish import newest_revision, publish, restore
from publishing.revisions import Revision
from publishing.snapshots import capture, part_fields, row_data
from tests.drafts import edit, form_data, open_form, save_draft
from tests.whole_site.reading import Reading

KINDS = {
    Quote: {"text": "Strong families", "source": "A parent, 2026"},
    CallOut: {"heading": "Before you begin", "text": '<p>Read <a href="https://www.example.com/">the guide</a></p>'},
    LinkBlock: {"label": "Standards", "address": "https://www.example.com/standards", "description": "What counts"},
    Table: {"caption": "Attendance", "text": "Year | Percent\n2025 | 86", "has_row_headings": True},
    Video: {
        "title": "A day at school",
        "address": "https://video.example/watch?v=1",
        "duration": "12:30",
        "captions": "yes",
        "transcript": "<p>The bell rings.</p>",
        "is_without_words": False,
    },
    Download: {
        "label": "Download the handbook",
        "address": "https://www.example.com/handbook.pdf",
        "kind": "pdf",
        "size": "2.8 MB",
        "pages": 46,
        "language": "es",
    },
}
names = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


@pytest.fixture
def page(make_page):
    return make_page("Gardens")


def add(page, model, ordering=10, **values):
    block = model(parent=page, region="main", ordering=ordering, **(KINDS[model] | values))
    block.full_clean()
    block.save()
    return block


def shown(client):
    """The text of the page, as elements and as HTML."""
    answer = client.get("/gardens/")
    assert answer.status_code == 200
    reading = Reading(answer.content)
    assert not reading.fault
    return reading, answer.content.decode().partition("<article")[2].partition("</article>")[0]


def words_of(element):
    return " ".join(" ".join(element.itertext()).split())


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
    html = client.get("/gardens/").content
    publish(save_draft(page, lambda data: data["parts"][label].clear()))
    assert not kind.objects.exists()
    publish(restore(Revision.objects.get(pk=draft.pk)))
    assert kind.objects.get() == block
    assert client.get("/gardens/").content == html


@names
def test_the_form_takes_a_block_of_each_kind_and_shows_it_again(staff_client, page, kind):
    values = {name: value for name, value in KINDS[kind].items() if value is not False}
    data = form_data(page, [(kind._meta.model_name, values)], title="Gardens", slug="gardens", summary="Words.")
    base = newest_revision(page)
    assert edit(staff_client, page, data=data | {"_base": base.pk}).status_code == 302
    (row,) = newest_revision(page).data["parts"][kind._meta.label_lower]
    assert {name: row[name] for name in KINDS[kind]} == KINDS[kind]
    again = open_form(staff_client, page)
    prefix = f"pages_{kind._meta.model_name}_set-0"
    assert {name: again[f"{prefix}-{name}"] for name in values if name != "has_row_headings"} == {
        name: str(value) for name, value in values.items() if name != "has_row_headings"
    }


@names
def test_an_unfinished_block_is_kept_in_a_draft(staff_client, page, kind):
    required = next(iter(KINDS[kind]))
    data = form_data(page, [(kind._meta.model_name, KINDS[kind] | {required: ""})], title="Gardens", slug="gardens")
    assert edit(staff_client, page, data=data | {"_base": newest_revision(page).pk}).status_code == 302
    assert len(newest_revision(page).data["parts"][kind._meta.label_lower]) == 1


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
    assert "https://www.example.org/guide/" in client.get("/gardens/").content.decode()


@pytest.mark.parametrize("kind", [LinkBlock, Download, Video])
def test_the_address_of_a_link_stands_on_paper(page, client, kind):
    RichText.objects.create(
        parent=page, region="main", ordering=1, text=f'<p><a href="{KINDS[kind]["address"]}">same</a></p>'
    )
    add(page, kind)
    _reading, html = shown(client)
    assert html.count('<sup class="print-ref" aria-hidden="true">1</sup>') == 2


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


# Videos


def test_a_video_loads_nothing_before_a_reader_follows_the_link(page, client):
    add(page, Video)
    reading, html = shown(client)
    for element in ("iframe", "video", "embed", "object", "script", "img"):
        assert f"<{element}" not in html
    assert '<a href="https://video.example/watch?v=1">A day at school</a>' in html
    assert "(video, 12:30, with captions)" in " ".join(html.split())
    (details,) = reading.all("details")
    assert words_of(details) == "Transcript of “A day at school” The bell rings."
    assert details.get("open") is None


def test_captions_that_nobody_looked_for_are_not_spoken_of(page, client):
    add(page, Video, captions="", duration="")
    assert "(video)" in " ".join(shown(client)[1].split())


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"transcript": ""}, "Write down what is said"),
        ({"transcript": "<p> </p>"}, "Write down what is said"),
        ({"is_without_words": True}, "untick"),
    ],
)
def test_a_video_has_a_transcript_or_nothing_to_transcribe(page, values, sentence):
    with pytest.raises(ValidationError, match=sentence):
        add(page, Video, **values)
    with transaction.atomic(), pytest.raises(IntegrityError, match="transcript_or_none"):
        Video.objects.create(parent=page, region="main", ordering=1, **(KINDS[Video] | values))


def test_a_silent_video_has_no_empty_transcript(page, client):
    add(page, Video, transcript="", is_without_words=True)
    assert not shown(client)[0].all("details")


@pytest.mark.parametrize("duration", ["0:45", "5:00", "59:59", "1:05:00", "12:00:00"])
def test_lengths_of_videos(page, duration):
    add(page, Video, duration=duration)


@pytest.mark.parametrize("duration", ["12", "12.30", "5:60", "1:60:00", "75:00", "long", ":30"])
def test_what_is_no_length_of_a_video(page, duration):
    with pytest.raises(ValidationError, match="minutes and seconds"):
        add(page, Video, duration=duration)


# Tables


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("\n \n||\n\t\n", []),
        ("a|b\n1|2", [["a", "b"], ["1", "2"]]),
        ("a | b\r\n\r\n1 | 2\r\n", [["a", "b"], ["1", "2"]]),
        ("| a | b |\n|---|:-:|\n| 1 | 2 |", [["a", "b"], ["1", "2"]]),
        ("a | b\n--- | ---\n1 | 2", [["a", "b"], ["1", "2"]]),
        ("a | b\n- | -\n1 | 2", [["a", "b"], ["-", "-"], ["1", "2"]]),
        (" | 2025\nOurs | 1", [["", "2025"], ["Ours", "1"]]),
        ("\t2025\nOurs\t1", [["", "2025"], ["Ours", "1"]]),
        ("a|b\tc\n1\t2", [["a|b", "c"], ["1", "2"]]),
        ("one\ntwo", [["one"], ["two"]]),
        ("a|b|c\n1", [["a", "b", "c"], ["1"]]),
    ],
)
def test_what_is_typed_or_pasted_becomes_rows(text, rows):
    assert rows_of(text) == rows


def cells(table):
    return [[(cell.text, cell.scope, cell.is_number) for cell in row] for row in table.rows]


def test_uneven_rows_are_filled_up():
    table = Table(text="a|b|c\n1\n1|2|3|4")
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["a", "b", "c", ""],
        ["1", "", "", ""],
        ["1", "2", "3", "4"],
    ]


def test_headings_of_rows_are_headings_and_no_numbers():
    text = "|Percent\n2025|86"
    assert cells(Table(text=text, has_row_headings=True)) == [
        [("", "", False), ("Percent", "col", True)],
        [("2025", "row", False), ("86", "", True)],
    ]
    assert cells(Table(text=text))[1] == [("2025", "", True), ("86", "", True)]


@pytest.mark.parametrize(
    "value", ["86", "1,234.5", "-3", "−3", "$1,200", "12 %", "89.5%", "< 5", "10 000", ".5", "+2 pp"]
)
def test_a_column_of_numbers_stands_to_the_right(value):
    assert Table(text=f"Name|Number\na|{value}\nb|–\nc|n/a").rows[1][1].is_number


@pytest.mark.parametrize("value", ["2025 and later", "K-5", "", "five", "3 schools", "1-2", "%"])
def test_a_column_with_words_does_not(value):
    assert not Table(text=f"Name|Number\na|{value}\nb|{value and 7}").rows[1][1].is_number


def test_a_table_is_rendered_with_headers_and_a_caption(page, client):
    add(page, Table, text="Year | Percent | Note\n2025 | 86 | first\n2026 | 93")
    reading, html = shown(client)
    (table,) = reading.all("table")
    assert words_of(table.find("caption")) == "Attendance"
    assert [(words_of(th), th.get("scope")) for th in table.iter("th")] == [
        ("Year", "col"), ("Percent", "col"), ("Note", "col"), ("2025", "row"), ("2026", "row"),
    ]  # fmt: skip
    assert [(words_of(td), td.get("class")) for td in table.iter("td")] == [
        ("86", "number"), ("first", None), ("93", "number"), ("", None),
    ]  # fmt: skip
    assert '<div class="table-scroll" tabindex="0" role="region" aria-label="Attendance">' in html


@pytest.mark.parametrize("text", ["", "only headings | here", "\n\n"])
def test_a_table_needs_a_row_below_its_headings(page, text):
    with pytest.raises(ValidationError) as error:
        add(page, Table, text=text)
    assert "text" in error.value.message_dict


@pytest.mark.parametrize(
    "text", ["a|b\n" + "1|2\n" * (MOST_ROWS + 1), "a\n" + "|".join("x" * (MOST_COLUMNS + 1))], ids=["rows", "columns"]
)
def test_a_table_too_large_for_a_page_is_refused_and_its_preview_is_cut(page, text):
    with pytest.raises(ValidationError, match="file to download"):
        add(page, Table, text=text)
    rows = Table(text=text).rows
    assert len(rows) <= MOST_ROWS + 1 and len(rows[0]) <= MOST_COLUMNS


def test_the_largest_table_is_accepted(page):
    add(page, Table, text="\n".join(["|".join("x" * MOST_COLUMNS)] * (MOST_ROWS + 1)))


def test_the_empty_corner_of_a_pasted_table_survives_the_form(staff_client, page):
    text = "\t2025\t2026\r\nOurs\t86\t93"
    data = form_data(page, [("table", {"caption": "Attendance", "text": text})], title="Gardens", slug="gardens")
    edit(staff_client, page, data=data | {"_base": newest_revision(page).pk})
    (row,) = newest_revision(page).data["parts"]["pages.table"]
    assert [cell.text for cell in Table(text=row["text"]).head] == ["", "2025", "2026"]
