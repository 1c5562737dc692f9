"""Tables, typed or pasted from a spreadsheet as plain text."""

import re
from dataclasses import dataclass
from itertools import zip_longest

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from publishing.blocks.kinds.base import Block, excerpt

MOST_COLUMNS = 50
MOST_ROWS = 500  # below the row of headings

_NUMBER = re.compile(r"[-−+±~<>≤≥]?\s?[$€£]?\s?\d[\d.,\s\u202f]*(?:%|‰|pp|[kKmM])?|[-−+]?\.\d+%?")
_NO_VALUE = frozenset({"", "-", "–", "—", "…", "n/a", "N/A", "NA", "*"})
_RULE = re.compile(
    r"\|?\s*(?::-+:?|-+:|-{3,})\s*(?:\|\s*(?::-+:?|-+:|-{3,})\s*)*\|?"
)  # the line below the headings of a Markdown table


@dataclass(frozen=True)
class Cell:
    """A cell as the template shows it. `scope` is that of a heading, empty for all others."""

    text: str
    scope: str = ""
    is_number: bool = False


def rows_of(text):
    """The cells of a table's text: one row a line, cells apart by tabs (as pasted from a spreadsheet) or by “|”."""
    lines = [line for line in text.splitlines() if line.strip(" |\t")]
    if any("\t" in line for line in lines):
        return [[cell.strip() for cell in line.split("\t")] for line in lines]
    if len(lines) > 1 and _RULE.fullmatch(lines[1].strip()):
        del lines[1]
    if lines and all(line.strip().startswith("|") and line.strip().endswith("|") for line in lines):
        lines = [line.strip()[1:-1] for line in lines]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


class TableTextField(models.TextField):
    """Text whose form keeps the tab it begins with: the empty corner of a table copied from a spreadsheet."""

    def formfield(self, **kwargs):
        return super().formfield(**{"strip": False} | kwargs)


class Table(Block):
    """Rows and columns with a caption. The first row holds the headings; short rows are filled up."""

    caption = models.CharField(_("caption"), max_length=200, help_text=_("What the table shows, and where it is from."))
    text = TableTextField(
        _("rows"),
        max_length=200_000,
        help_text=_(
            "One row a line, cells apart by “|”: Year | Our school | District. The first row holds the headings. "
            "Cells copied from a spreadsheet can be pasted as they are."
        ),
    )
    has_row_headings = models.BooleanField(
        _("first column holds headings"), default=False, help_text=_("Tick it where the first cell names its row.")
    )

    template_name = "publishing/blocks/table.html"

    class Meta:
        abstract = True
        verbose_name = _("table")
        verbose_name_plural = _("tables")

    def __str__(self):
        return excerpt(self.caption)

    def clean(self):
        rows = rows_of(self.text)
        if len(rows) < 2:
            raise ValidationError({"text": _("A table has a row of headings and at least one row below it.")})
        if len(rows) > MOST_ROWS + 1 or max(map(len, rows)) > MOST_COLUMNS:
            raise ValidationError(
                {
                    "text": _(
                        "A table on a page has at most %(columns)s columns and %(rows)s rows. "
                        "Offer a larger one as a file to download."
                    )
                    % {"columns": MOST_COLUMNS, "rows": MOST_ROWS}
                }
            )

    @cached_property
    def rows(self):
        """All rows as tuples of Cells, equally long: the headings first."""
        texts = [row[:MOST_COLUMNS] for row in rows_of(self.text)[: MOST_ROWS + 1]]
        columns = list(zip_longest(*texts, fillvalue=""))
        numbers = [self._is_of_numbers(place, column[1:]) for place, column in enumerate(columns)]
        return [
            tuple(Cell(text, self._scope(line, place, text), numbers[place]) for place, text in enumerate(row))
            for line, row in enumerate(zip(*columns, strict=True))
        ]

    @property
    def head(self):
        return self.rows[0] if self.rows else ()

    @property
    def body(self):
        return self.rows[1:]

    def _is_of_numbers(self, place, texts):
        if self.has_row_headings and place == 0:
            return False
        values = [text for text in texts if text not in _NO_VALUE]
        return bool(values) and all(_NUMBER.fullmatch(value) for value in values)

    def _scope(self, line, place, text):
        if not text:
            return ""  # an empty heading names nothing
        if line == 0:
            return "col"
        return "row" if self.has_row_headings and place == 0 else ""

    def words(self):
        return " ".join([self.caption, *(cell for row in rows_of(self.text) for cell in row)]).strip()
