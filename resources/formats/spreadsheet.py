"""What CSV and XLSX share: the row of headings, and cells that no spreadsheet program takes for formulas."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.formats import starter
from resources.formats.cells import row
from resources.formats.columns import COLUMNS, cells
from resources.formats.reading import Fault, Row

COLUMNS_MAX = 100
# What spreadsheet programs take for the beginning of a formula (the wide signs in East Asia), with the apostrophes that
# already keep some from it.
STARTS = r"[=+\-@\t\r\n＝＋－＠]"
DANGEROUS = re.compile(rf"'*{STARTS}")
KEPT_FROM_HARM = re.compile(rf"'+{STARTS}")
FORMULA = object()  # stands in the place of a cell that holds a formula
SINGULAR = {
    "author": "author",
    "editor": "editor",
    "translator": "translator",
    "publisher": "publisher",
    "sponsor": "sponsor",
    "identifier": "identifiers",
    "link": "links",
    "url": "links",
    "topic": "topics",
    "tag": "tags",
    "level": "levels",
    "page count": "page_count",
    "licence": "license",
}
HEADINGS = SINGULAR | {column.label: column.key for column in COLUMNS.values()}


def escaped(text):
    """With an apostrophe in front of what a spreadsheet program would calculate; `unescaped` takes it away."""
    return f"'{text}" if DANGEROUS.match(text) else text


def unescaped(text):
    return text[1:] if KEPT_FROM_HARM.match(text) else text


def rows_to_write(records):
    """The row of headings, then the cells of each record, escaped."""
    yield [column.label for column in COLUMNS.values()]
    for record in records:
        yield [escaped(text) for text in cells(record).values()]


class Headings:
    """The first row of a spreadsheet: which column is which. Raises ValidationError where that cannot be told."""

    def __init__(self, texts):
        self.texts = [_heading(text) for text in texts]
        while self.texts and not self.texts[-1]:
            self.texts.pop()
        self.is_starter = starter.fits(self.texts)
        self.keys = [HEADINGS.get(text) for text in self.texts]
        if "title" not in self.keys:
            raise ValidationError(
                _("There is no column “title”. The first row of the file must hold the headings of the columns.")
            )
        doubled = sorted(
            {text for text, key in zip(self.texts, self.keys, strict=True) if self.keys.count(key) > 1 and key}
        )
        if doubled:
            raise ValidationError(
                _("Columns stand twice in the file: %(columns)s. Take one of each away.")
                % {"columns": _listed(doubled)}
            )

    @property
    def notes(self):
        unknown = [text for text, key in zip(self.texts, self.keys, strict=True) if text and not key]
        if not unknown:
            return ()
        return (_("Columns that are not known were left out: %(columns)s.") % {"columns": _listed(unknown)},)

    def row(self, number, values):
        """The Row of a line of values, of which some may be FORMULA."""
        faults = []
        if any(value for value in values[len(self.texts) :]):
            sentence = _(
                "The row has more cells than the first row has headings. Perhaps a comma is not in quotation marks."
            )
            faults.append(Fault(sentence, number))
        by_key = {key: value for key, value in zip(self.keys, values, strict=False) if key}
        faults += [
            Fault(_("The cell holds a formula. Put its value in its place."), number, COLUMNS[key].label)
            for key, value in by_key.items()
            if value is FORMULA
        ]
        if faults:
            return Row(number, None, tuple(faults))
        texts = {key: unescaped(value) for key, value in by_key.items()}
        return row(number, starter.translated(texts) if self.is_starter else texts)


def rows_read(numbered):
    """Headings, and an iterator of Row, from pairs of a row’s number and its values; empty rows are passed over."""
    numbered = ((number, values) for number, values in numbered if any(values))
    _number, first = next(numbered, (0, None))
    if first is None:
        raise ValidationError(_("The file is empty."))
    headings = Headings(["" if value is FORMULA else value for value in first])
    return headings, (headings.row(number, values) for number, values in numbered)


def _heading(text):
    return " ".join(text.replace("_", " ").split()).casefold()


def _listed(words):
    return ", ".join(f"“{word[:40]}”" for word in words[:20])
