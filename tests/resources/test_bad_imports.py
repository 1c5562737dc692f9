"""What cannot be imported in the admin: told in words, and nothing is saved."""

import io
import zipfile

import pytest

from publishing.models import Revision
from resources import import_admin
from resources.formats import reading
from resources.models import Publication
from tests.drafts import live_tables
from tests.resources.formats.samples import ARTICLE, REPORT, written
from tests.resources.importing_in_admin import dry_run, import_these, upload, words_of
from tests.resources.records import record
from vocabulary.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]


def test_a_row_that_cannot_be_public_is_told_and_nothing_is_saved(staff_client, monkeypatch):
    monkeypatch.setattr("resources.importing.applying.RESERVED_SLUGS", frozenset())
    address, html = dry_run(staff_client, REPORT, record("Author"))
    page = import_these(staff_client, address, html, publish="on")
    assert "Row 3, “Author”: “author” has another meaning here." in words_of(page.content.decode())
    assert Revision.objects.count() == Person.objects.count() == 0


def bomb():
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(written("xlsx", ARTICLE))) as source,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.namelist():
            target.writestr(part, b" " * 61_000_000 if "sheet1" in part else source.read(part))
    return file.getvalue()


# Its rows are judged up to the limit; with a lower one, test_more_rows_than_are_taken… finds the same in a moment.
LONG = "a hundred thousand rows"
BAD = {
    "numbers in two rows": ("title,identifiers\nOne,ED477535\nTwo,ED477535\n", "stands in row 2 too"),
    "an impossible date": ("title,year,month,day\nOne,2011,2,30\n", "There is no day 2011-02-30 in the calendar."),
    "an impossible range": ("title,page range\nOne,43-12\n", "The page range 43-12 ends before it begins."),
    "an ISBN of a wrong check digit": ("title,identifiers\nOne,ISBN 0-937846-11-3\n", "has a wrong check digit"),
    "no title column": ("name\nOne\n", "There is no column “title”."),
    "a doubled column": ("title,year,year\nOne,2011,2011\n", "Columns stand twice in the file: “year”."),
    "a formula": ("title,year\nOne,=2000+11\n", "The cell holds a formula."),
    "a file cut off": (written("xlsx", ARTICLE)[:900], "The workbook is damaged or was cut off."),
    "RIS cut off": (written("ris", ARTICLE)[:-10], "Perhaps the file was cut off."),
    "a zip bomb": (bomb(), "megabytes when it is unpacked"),
    "an empty file of spaces": ("   ", "The file is empty."),
    LONG: ("title\n" + "One\n" * 100_000, "The file holds more than 10,000 records."),
}  # fmt: skip


@pytest.mark.parametrize("fault", [pytest.param(one, marks=pytest.mark.deep) if one == LONG else one for one in BAD])
def test_what_is_wrong_is_told_in_words_and_nothing_is_saved(staff_client, fault):
    content, sentence = BAD[fault]
    before = live_tables()
    address, html = dry_run(staff_client, content=content)
    assert sentence in words_of(html)
    assert "Import these" not in html
    assert "Nothing can be imported while there are faults" in html
    page = import_these(staff_client, address, html, publish="on")
    assert "Imported:" not in words_of(page.content.decode())
    assert (live_tables(), Revision.objects.count()) == (before, 0)


def test_more_rows_than_are_taken_are_refused_and_nothing_is_saved(staff_client, monkeypatch):
    monkeypatch.setattr(reading, "RECORDS_MAX", 100)
    address, html = dry_run(staff_client, content="title\n" + "One\n" * 1_000)
    assert "The file holds more than 100 records." in words_of(html)
    page = import_these(staff_client, address, html, publish="on")
    assert "Imported:" not in words_of(page.content.decode())
    assert not Publication.objects.exists() and not Revision.objects.exists()


def test_too_many_rows_for_a_browser_are_refused_with_a_sentence(staff_client, monkeypatch):
    monkeypatch.setattr(import_admin, "ROWS_MAX", 1)
    _address, html = dry_run(staff_client, ARTICLE, REPORT)
    assert "The file holds 2 records; at most 1 can be imported here at once. Split it." in words_of(html)


def test_a_file_of_more_than_the_most_bytes_is_refused_in_the_form(staff_client, monkeypatch):
    monkeypatch.setattr("resources.import_forms.FILE_BYTES_MAX", 10)
    assert "At most 10\xa0bytes can be imported" in upload(staff_client, "title\nOne and two\n").content.decode()
