"""CSV, a spreadsheet as text. Written in UTF-8 with the mark by which Excel knows it; read in what people have."""

import csv
import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.formats.reading import collected, says_what_is_wrong
from resources.formats.spreadsheet import COLUMNS_MAX, FORMULA, HEADINGS, rows_read, rows_to_write
from resources.formats.text import encoding_of

DELIMITERS = ",;\t"


def write(records):
    """The lines of a file, as bytes."""
    encoding = "utf-8-sig"
    for values in rows_to_write(records):
        line = io.StringIO()
        csv.writer(line).writerow(values)
        yield line.getvalue().encode(encoding)
        encoding = "utf-8"


@says_what_is_wrong
def read(file):
    """A Reading of a binary file, row by row."""
    encoding, notes = encoding_of(file)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        headings, rows = rows_read(_values(text))
        return collected(rows, notes + headings.notes)
    finally:
        text.detach()  # the file stays open: it is not ours


def _values(text):
    """Pairs of a row’s number and its cells."""
    delimiter = _delimiter(text.readline())
    text.seek(0)
    number = 0
    try:
        # Strict, or whatever stands between a mark that is not closed and the next one would vanish in one cell.
        for number, values in enumerate(csv.reader(text, delimiter=delimiter, strict=True), start=1):
            yield number, [FORMULA if value.startswith("=") else value for value in values[:COLUMNS_MAX]]
    except csv.Error:
        raise ValidationError(
            _(
                "The file cannot be read from row %(row)s on: a cell is far too long, or a quotation mark is not "
                "closed, or one inside a cell in quotation marks is not doubled."
            )
            % {"row": number + 1}
        ) from None


def _delimiter(line):
    """The one that makes the most known headings of the first line."""

    def known(delimiter):
        return sum(word.strip().casefold() in HEADINGS for word in next(csv.reader([line], delimiter=delimiter), []))

    return max(DELIMITERS, key=known)
