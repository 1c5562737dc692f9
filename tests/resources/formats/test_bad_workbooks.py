"""Workbooks that are broken, would fill the memory or calculate: always sentences, never an exception."""

import io
import random
import re
import zipfile
from itertools import pairwise

import pytest
from openpyxl import Workbook, load_workbook

from resources.formats.columns import COLUMNS
from tests.resources.formats.samples import ARTICLE, read, sentences, written

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


def test_a_formula_is_refused_and_never_calculated():
    content = workbook(["title", "year"], ["=1+1", 2011], ["Two", "=2000+11"], ["Three", 2012.0])
    found = read("xlsx", content)
    assert sentences(found) == ["The cell holds a formula. Put its value in its place."] * 2
    assert [fault.field for row in found.rows for fault in row.faults] == ["title", "year"]
    assert found.records[0].issued.year == 2012
    assert sentences(read("csv", "title\n=1+1\n")) == ["The cell holds a formula. Put its value in its place."]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])
def test_no_spreadsheet_program_takes_a_title_for_a_formula(start):
    record = type(ARTICLE)(title=f"{start}cmd|' /C calc'!A0")
    assert f"\r\n\"'{start}" in written("csv", record).decode() or f"\r\n'{start}" in written("csv", record).decode()
    sheet = load_workbook(io.BytesIO(written("xlsx", record))).active
    assert (sheet["A2"].value[0], sheet["A2"].data_type) == ("'", "s")
    for name in ("csv", "xlsx"):
        assert read(name, written(name, record)).records == (record,)


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


def test_every_column_has_a_limit_that_a_cell_of_a_workbook_can_hold():
    assert all(column.longest <= 32_767 for column in COLUMNS.values())
