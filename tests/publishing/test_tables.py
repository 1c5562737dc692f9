"""Tables on a page: what is typed or pasted becomes rows, with headings and numbers, up to a size."""

import pytest
from django.core.exceptions import ValidationError

from pages.models import Table
from publishing.blocks.kinds.tables import MOST_COLUMNS, MOST_ROWS, rows_of
from publishing.publish import ensured_revision
from tests.drafts import edit, form_data
from tests.publishing.more_blocks import add, shown, words_of


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
    data = form_data(page, [("table", {"caption": "Attendance", "text": text})], title="Partners", slug="partners")
    edit(staff_client, page, data=data | {"_base": ensured_revision(page).pk})
    (row,) = ensured_revision(page).data["parts"]["pages.table"]
    assert [cell.text for cell in Table(text=row["text"]).head] == ["", "2025", "2026"]
