"""Files of records: reading and writing them, knowing no table and no request.

`FORMATS` names every format; all carry all fields of a `resources.records.Record` there and back. Text arrives in a
normal form: without spaces at its ends, lines single-spaced, line breaks only in summary and abstract. `source`, for
which reference managers have no place, travels in the spreadsheets only.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from resources.formats import bibtex, csl, csv, ris, xlsx


@dataclass(frozen=True)
class Format:
    """`write` makes an iterator of bytes from an iterable of Record; `read` makes a Reading from a binary file."""

    name: str
    label: str
    media_type: str
    extension: str
    write: Callable
    read: Callable


FORMATS = {
    one.name: one
    for one in (
        Format("csv", _("CSV (spreadsheet as text)"), "text/csv; charset=utf-8", "csv", csv.write, csv.read),
        Format(
            "xlsx",
            _("XLSX (Excel)"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "xlsx",
            xlsx.write,
            xlsx.read,
        ),
        Format("ris", _("RIS"), "application/x-research-info-systems; charset=utf-8", "ris", ris.write, ris.read),
        Format("bibtex", _("BibTeX"), "application/x-bibtex; charset=utf-8", "bib", bibtex.write, bibtex.read),
        Format("csl", _("CSL-JSON"), "application/vnd.citationstyles.csl+json", "json", csl.write, csl.read),
    )
}
