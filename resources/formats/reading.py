"""What reading a file gives: rows with a record or faults in words, and what is said of the file as a whole."""

import functools
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.records import Record

RECORDS_MAX = 10_000  # in one file; each becomes rows of a dry run that a person is to look through
FILE_BYTES_MAX = 20_000_000


@dataclass(frozen=True)
class Fault:
    """`row` as in `Row.number`, or None for the file; `field` is the label of a column, or empty."""

    sentence: str
    row: int | None = None
    field: str = ""


@dataclass(frozen=True)
class Row:
    """One record of a file. `number` is as a person counts: the row of a spreadsheet, else the place in the list."""

    number: int
    record: Record | None
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Reading:
    """`faults` are of the file as a whole: where there are some, the rows are not all that it held.

    `notes` are sentences about what was understood in a way that the reader should know.
    """

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def is_good(self):
        """Every record of the file was read."""
        return not self.faults and not any(row.faults for row in self.rows)

    @property
    def records(self):
        return tuple(row.record for row in self.rows if row.record)


def says_what_is_wrong(read):
    """Turns the ValidationError of a reader into a reading with that fault."""

    @functools.wraps(read)
    def careful(file):
        try:
            return read(file)
        except ValidationError as refusal:
            return Reading(faults=tuple(Fault(sentence) for sentence in refusal.messages))

    return careful


def collected(rows, notes=()):
    """A Reading of an iterable of Row, stopped where there are too many; a ValidationError on the way is its fault."""
    kept, faults = [], []
    try:
        for row in rows:
            if len(kept) == RECORDS_MAX:
                kept = []
                raise ValidationError(
                    _("The file holds more than %(most)s records. Split it into smaller files.")
                    % {"most": f"{RECORDS_MAX:,}"}
                )
            kept.append(row)
    except ValidationError as refusal:
        faults = [Fault(sentence) for sentence in refusal.messages]
    if not kept and not faults:
        faults = [Fault(_("The file holds no records."))]
    return Reading(tuple(kept), tuple(faults), tuple(notes))
