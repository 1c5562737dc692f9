"""Files that cannot be read, or not all of them: always sentences, never an exception."""

import io
import json
import random
import re
import zipfile
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from resources.formats import FORMATS, reading
from resources.formats.columns import COLUMNS
from tests.resources.formats.samples import ARTICLE, REPORT, read, sentences, written

DAMAGED = "The workbook is damaged or was cut off. Open it in a spreadsheet program and save it again as XLSX."


def with_entity_bomb(text):
    """XML that would unfold to ten billion characters in an attribute of its first element."""
    levels = ["a", *"bcdefghijk"]
    entities = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in pairwise(levels))
    body = re.sub(rb"^<\?.*?\?>\s*", b"", text)
    body = re.sub(rb"^<(\w+)", rb'<\1 bomb="&k;"', body)
    return f'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">{entities}]>'.encode() + body


def workbook(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def repacked(content, **changed):
    """A workbook with some of its parts in other words; `None` in place of the text takes the part away."""
    source, file = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            short = name.rsplit("/", 1)[-1].removesuffix(".xml")
            if short not in changed:
                target.writestr(name, source.read(name))
            elif changed[short] is not None:
                target.writestr(name, changed[short](source.read(name)))
    return file.getvalue()


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


def test_a_formula_is_refused_and_never_calculated():
    content = workbook(["title", "year"], ["=1+1", 2011], ["Two", "=2000+11"], ["Three", 2012.0])
    found = read("xlsx", content)
    assert sentences(found) == ["The cell holds a formula. Put its value in its place."] * 2
    assert [fault.field for row in found.rows for fault in row.faults] == ["title", "year"]
    assert found.records[0].issued.year == 2012
    assert sentences(read("csv", "title\n=1+1\n")) == ["The cell holds a formula. Put its value in its place."]


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_no_spreadsheet_program_takes_a_title_for_a_formula(start):
    record = type(ARTICLE)(title=f"{start}cmd|' /C calc'!A0")
    assert f"\r\n\"'{start}" in written("csv", record).decode() or f"\r\n'{start}" in written("csv", record).decode()
    sheet = load_workbook(io.BytesIO(written("xlsx", record))).active
    assert (sheet["A2"].value[0], sheet["A2"].data_type) == ("'", "s")
    for name in ("csv", "xlsx"):
        assert read(name, written(name, record)).records == (record,)


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


def test_a_workbook_cut_off_anywhere_is_told():
    content = written("xlsx", ARTICLE)
    for length in range(1, len(content) - 1, 97):
        assert sentences(read("xlsx", content[:length])) == [DAMAGED]


def test_a_workbook_with_wrong_bytes_never_raises():
    content = written("xlsx", ARTICLE)
    chance = random.Random(5)
    for _ in range(150):
        broken = bytearray(content)
        for _ in range(3):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        read("xlsx", bytes(broken))


@pytest.mark.parametrize("part", ["workbook", "sheet1", "styles", "[Content_Types]", "workbook.xml.rels"])
@pytest.mark.parametrize("text", [b"", b"<x/>", b"no xml", None])
def test_a_workbook_with_a_part_missing_or_wrong_never_raises(part, text):
    assert isinstance(
        read("xlsx", repacked(written("xlsx", ARTICLE), **{part: None if text is None else lambda _: text})).rows, tuple
    )


def test_an_old_or_locked_workbook_is_told_apart():
    assert "has a password or an old form" in sentences(read("xlsx", b"\xd0\xcf\x11\xe0" + b"x" * 600))[0]


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(written("xlsx", ARTICLE), sheet1=lambda _: b" " * 41_000_000)
    assert len(bomb) < 100_000
    assert sentences(read("xlsx", bomb)) == [
        "The workbook is larger than 40 megabytes when it is unpacked. Split it into smaller files."
    ]


def test_a_zip_bomb_that_states_a_small_size_is_not_unpacked():
    bomb = repacked(written("xlsx", ARTICLE), sheet1=lambda _: b" " * 41_000_000)
    stated = (41_000_000).to_bytes(4, "little")
    assert bomb.count(stated) == 2
    found = read("xlsx", bomb.replace(stated, (1000).to_bytes(4, "little")))
    assert sentences(found) == [DAMAGED]


@pytest.mark.parametrize("part", ["workbook", "sheet1", "styles"])
def test_entities_in_a_workbook_are_never_unfolded(part):
    bomb = repacked(written("xlsx", ARTICLE), **{part: with_entity_bomb})
    assert sentences(read("xlsx", bomb)) in ([], [DAMAGED])


def test_entities_in_a_sheet_are_refused():
    bomb = repacked(written("xlsx", ARTICLE), sheet1=with_entity_bomb)
    assert sentences(read("xlsx", bomb)) == [DAMAGED]


def test_a_sheet_that_says_it_has_a_billion_rows_is_left_in_time():
    def far(text):
        return text.replace(b'r="2"', b'r="999999999"')

    assert sentences(read("xlsx", repacked(workbook(["title"], ["One"]), sheet1=far))) == ["The file holds no records."]


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


def test_every_column_has_a_limit_that_a_cell_of_a_workbook_can_hold():
    assert all(column.longest <= 32_767 for column in COLUMNS.values())
