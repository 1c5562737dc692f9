"""XLSX, a workbook of Excel: the first sheet, read and written row by row. Formulas are never calculated.

An XLSX file is a zip archive of XML. Before openpyxl sees it, it is unpacked in pieces and packed again, so that
an archive that says less than it holds, or holds more than it should, does no harm.

openpyxl is loaded when somebody reads or writes such a file: it is large, and most processes never do.
"""

import datetime
import re
import tempfile
import warnings
import zipfile
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.formats.reading import FILE_BYTES_MAX, collected, says_what_is_wrong
from resources.formats.spreadsheet import COLUMNS_MAX, FORMULA, rows_read, rows_to_write

UNPACKED_BYTES_MAX = 40_000_000  # at worst (all of it short shared strings) it takes 260 MB of memory
PARTS_MAX = 500
ROWS_MAX = 200_000  # far more than records are taken: a made-up number of a row is not counted up to
CELL_MAX = 32_767  # characters, by the standard
PIECE = 65_536
PACKINGS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"  # the container of Excel before 2007, and of files with a password
# Spreadsheet programs write and read “_x000D_” as the character with that number.
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def write(records):
    """The pieces of a file, as bytes. A text that is too long for a cell raises ValueError."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Publications")
    sheet.freeze_panes = "A2"
    for values in rows_to_write(records):
        sheet.append([_cell(sheet, text) for text in values])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


@says_what_is_wrong
def read(file):
    """A Reading of the first sheet of a binary file."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    with tempfile.TemporaryFile() as copy, warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # openpyxl’s, about styles and the like
        try:
            _pack_again(file, copy)
            book = load_workbook(copy, read_only=True, data_only=False, keep_links=False)
            headings, rows = rows_read(_values(book.worksheets[0]))
            reading = collected(rows, headings.notes)
            book.close()
        # What openpyxl and the modules below it raise for damaged files is not documented; these were seen.
        # Errors of XML are SyntaxErrors, and the refusal of entities by defusedxml is a ValueError.
        except (
            zipfile.BadZipFile, zlib.error, SyntaxError, InvalidFileException, LookupError, ValueError, TypeError,
            AttributeError, NotImplementedError, ArithmeticError, EOFError, OSError,
        ):  # fmt: skip
            raise ValidationError(
                _("The workbook is damaged or was cut off. Open it in a spreadsheet program and save it again as XLSX.")
            ) from None
    return reading


def _cell(sheet, text):
    """A cell of text, whatever the text looks like."""
    from openpyxl.cell import WriteOnlyCell

    text = LOOKS_ESCAPED.sub("_x005F_", text)
    if len(text) > CELL_MAX:
        raise ValueError(f"{len(text)} characters do not fit into a cell of a workbook")
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"
    return cell


def _pack_again(file, copy):
    """Writes an archive of the same parts to `copy`, never unpacking more than is allowed."""
    start = file.read(len(OLD_OR_LOCKED))
    file.seek(0, 2)
    size = file.tell()
    file.seek(0)
    if not size:
        raise ValidationError(_("The file is empty."))
    if size > FILE_BYTES_MAX:
        raise _too_large(FILE_BYTES_MAX)
    if start == OLD_OR_LOCKED:
        raise ValidationError(_("The workbook has a password or an old form. Save it as XLSX without a password."))
    with zipfile.ZipFile(file) as packed, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as safe:
        parts = packed.infolist()
        if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_BYTES_MAX:
            raise _too_large(UNPACKED_BYTES_MAX)
        for part in parts:
            if part.compress_type not in PACKINGS or part.flag_bits & 1:
                raise ValidationError(_("The workbook is locked or packed in an unusual way. Save it again as XLSX."))
            # zipfile reads no more than the size that the directory states, which was counted above.
            with packed.open(part) as source, safe.open(part.filename, "w") as target:
                while piece := source.read(PIECE):
                    target.write(piece)
    copy.seek(0)


def _too_large(most):
    return ValidationError(
        _("The workbook is larger than %(most)s megabytes when it is unpacked. Split it into smaller files.")
        % {"most": most // 1_000_000}
    )


def _values(sheet):
    """Pairs of a row’s number and its cells as text."""
    sheet.reset_dimensions()  # what a sheet says of its size is often wrong
    for number, row in enumerate(sheet.iter_rows(max_row=ROWS_MAX, max_col=COLUMNS_MAX), start=1):
        yield number, [_text(cell) for cell in row]


def _text(cell):
    """The text of a cell; FORMULA also for an error, which is what a formula left behind."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        return FORMULA
    if isinstance(value, datetime.datetime | datetime.date):
        return f"{value:%Y-%m-%d}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
