"""Files that cannot be read, or not all of them: always sentences, never an exception."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.formats import FORMATS, reading
from tests.resources.formats.samples import ARTICLE, REPORT, read, sentences, written


@pytest.mark.parametrize("name", FORMATS)
def test_an_empty_file_is_called_empty(name):
    assert sentences(read(name, b"")) == ["The file is empty."]


@pytest.mark.parametrize("name", ["csv", "ris", "bibtex", "csl"])
def test_an_accent_in_windows_1252_is_read_with_a_note(name):
    content = written(name, REPORT).decode("utf-8-sig").encode("cp1252")
    found = read(name, content)
    assert found.records == (REPORT,)
    assert found.notes[0].startswith("The file is not in UTF-8. It was read as Windows-1252")


@pytest.mark.parametrize("name", ["csv", "ris", "bibtex", "csl"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_other_forms_of_unicode_are_read_as_they_are_meant(name, encoding):
    found = read(name, written(name, REPORT).decode("utf-8-sig").encode(encoding))
    assert (found.records, found.notes) == ((REPORT,), ())


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheet_with_another_separator_is_read(delimiter):
    content = (
        delimiter.join(["title", "authors", "year"]) + "\n" + delimiter.join(["One", '"Blank, Martin J."', "2011"])
    )
    (record,) = read("csv", content).records
    assert (record.title, record.authors[0].family, record.issued.year) == ("One", "Blank", 2011)


def test_columns_missing_doubled_or_unknown_are_named():
    assert "no column “title”" in sentences(read("csv", "name,year\nOne,2011\n"))[0]
    assert sentences(read("csv", "title,year,Year\nOne,2011,2012\n")) == [
        "Columns stand twice in the file: “year”. Take one of each away."
    ]
    found = read("csv", "title,shelf,year\nOne,7b,2011\n")
    assert found.notes == ("Columns that are not known were left out: “shelf”.",)
    assert found.records[0].issued.year == 2011


def test_a_row_longer_than_the_first_is_refused_alone():
    found = read("csv", "title,year\nOne,2011\nTwo, and more,2011\n\nThree,2012\n")
    assert [row.number for row in found.rows] == [2, 3, 5]
    assert [bool(row.record) for row in found.rows] == [True, False, True]
    assert "more cells than the first row has headings" in sentences(found)[0]


def test_every_fault_of_a_row_is_said_with_its_row_and_field():
    found = read(
        "csv",
        "title,kind,year,month,pages,page range,identifiers,links,language,license\n"
        ",novel,2011,13,many,20-10,ISBN 0-937846-11-3,javascript:x,Elvish,mine\n",
    )
    (row,) = found.rows
    assert row.record is None
    assert {fault.row for fault in row.faults} == {2}
    assert {fault.field for fault in row.faults} == {
        "title", "kind", "year", "pages", "page range", "identifiers", "links", "language", "license",
    }  # fmt: skip


@pytest.mark.parametrize("name", ["csv", "ris", "bibtex", "csl"])
def test_a_nul_is_refused_in_words(name):
    content = written(name, ARTICLE).replace(b"Where It", rb"Where\u0000It" if name == "csl" else b"Where\0It")
    assert "a character that cannot be shown (U+0000)" in sentences(read(name, content))[0]


@pytest.mark.parametrize("name", FORMATS)
def test_a_title_longer_than_the_limit_says_both_lengths(name):
    record = type(ARTICLE)(title="a" * 501)
    assert sentences(read(name, written(name, record))) == [
        "The field “title” has 501 characters; at most 500 fit. Shorten it."
    ]


def marks_are_wrong(row):
    return (
        f"The file cannot be read from row {row} on: a cell is far too long, or a quotation mark is not closed, "
        "or one inside a cell in quotation marks is not doubled."
    )


@pytest.mark.parametrize(
    ("content", "row"),
    [
        ("title\nOne\n" + '"Two\n' + "x" * 200_000, 3),
        ('title,abstract\nAlpha,"unclosed text\nBeta,foo\nGamma,bar\n', 2),
        ('title,abstract\nAlpha,"unclosed text\nBeta,"foo"\nGamma,"bar"\n', 2),
        ('title,abstract\nAlpha,foo\n"Beta" and more,bar\n', 3),
        ('title,"abstract\nAlpha,foo\n', 1),
    ],
)
def test_a_quotation_mark_that_swallows_rows_is_told(content, row):
    found = read("csv", content)
    assert sentences(found) == [marks_are_wrong(row)]
    assert not found.is_good


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"A ""5 inch"" pipe, and more"', 'A "5 inch" pipe, and more'),
        ('"""All in quotation marks"""', '"All in quotation marks"'),
        ('A 5" pipe', 'A 5" pipe'),
        ('A 5" or 6" pipe', 'A 5" or 6" pipe'),
        ('"One line\nand, ""another"""', 'One line\nand, "another"'),
        ('"One line\r\nand another"', "One line\nand another"),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_quotation_marks_and_line_breaks_as_programs_write_them_are_read(cell, text, line_break):
    found = read("csv", line_break.join(["title,abstract,year", f"Alpha,{cell},2001", "Beta,foo,2002"]))
    assert [(one.title, one.abstract) for one in found.records] == [("Alpha", text), ("Beta", "foo")]
    assert found.is_good


def test_too_many_records_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "RECORDS_MAX", 3)
    for name in FORMATS:
        assert read(name, written(name, *[ARTICLE] * 3)).is_good
        assert sentences(read(name, written(name, *[ARTICLE] * 4))) == [
            "The file holds more than 3 records. Split it into smaller files."
        ]


@pytest.mark.parametrize("name", ["csv", "xlsx"])
def test_a_file_of_headings_alone_holds_no_records(name):
    assert sentences(read(name, written(name))) == ["The file holds no records."]


def test_ris_without_its_last_line_is_told():
    found = read("ris", written("ris", ARTICLE, REPORT)[: -len("ER  - \r\n\r\n")])
    assert found.records == (ARTICLE,)
    assert sentences(found) == ["The record is not closed by a line “ER  - ”. Perhaps the file was cut off."]
    assert "is not a line of RIS" in sentences(read("ris", "title,year\nOne,2011\n"))[0]


def test_unbalanced_braces_are_told_with_their_line():
    found = read("bibtex", "@book{a,\n  title = {One}\n}\n@book{b,\n  title = {Two {three}\n}\n")
    assert found.rows[0].record.title == "One"
    assert sentences(found)[0].startswith("The file is not well-formed near line")
    assert sentences(read("bibtex", "@book{a, title = " + "{" * 5000)) != []


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("{}", "CSL-JSON is a list of records in square brackets; this file holds something else."),
        ("[1]", "The entry is not a record: it has no fields."),
        ("[" * 100_000, "The file is not JSON, or was cut off. Export it again as CSL-JSON."),
        ('[{"title": "One"', "The file is not JSON, or was cut off. Export it again as CSL-JSON."),
        ('[{"title": ["One"]}]', "A field of the record is not formed as CSL-JSON asks"),
        ('[{"title": "One", "author": ["Blank"]}]', "A field of the record is not formed as CSL-JSON asks"),
        ('[{"title": "One", "author": {"family": "Blank"}}]', "A field of the record is not formed as CSL-JSON asks"),
        ('[{"title": "One", "issued": {"date-parts": [[]]}, "custom": 5}]', None),
        ('[{"title": "\\ud800"}]', "The field “title” holds a character that cannot be shown (U+D800). Delete it."),
        ('[{"title": "One", "volume": ' + "9" * 5000 + "}]", "The file is not JSON, or was cut off."),
    ],
)
def test_json_that_is_no_csl_is_told(content, sentence):
    found = sentences(read("csl", content))
    assert found == [] if sentence is None else found[0].startswith(sentence)


@pytest.mark.parametrize("name", FORMATS)
@given(content=st.binary(max_size=300))
@settings(deadline=None, max_examples=50)
def test_no_bytes_make_a_reader_fail(name, content):
    assert not read(name, content).is_good


@pytest.mark.parametrize("name", ["csv", "ris", "bibtex", "csl"])
@given(data=st.data())
@settings(deadline=None, max_examples=50)
def test_no_cut_and_no_strange_piece_makes_a_reader_fail(name, data):
    content = written(name, ARTICLE, REPORT).decode()
    place = data.draw(st.integers(0, len(content)))
    piece = data.draw(
        st.sampled_from(['"', "{", "}", "@", "\\", ",", "\n", "TY  - X\n", "[", "é", "\u2028", "#", "x ="])
    )
    reading = read(name, content[:place] + piece + content[place + data.draw(st.integers(0, 30)) :])
    assert reading.rows or reading.faults


@given(value=st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5), st.lists, max_leaves=5))
@settings(deadline=None, max_examples=100)
def test_no_value_in_any_field_of_csl_makes_the_reader_fail(value):
    for field in ("title", "author", "issued", "custom", "keyword", "ISBN", "type"):
        reading = read("csl", json.dumps([{"title": "One", field: value}]))
        assert len(reading.rows) == 1
