"""RIS, the plain text of reference managers: lines of a tag and a value, a record from TY to ER.

Tags follow the RIS format specification of Research Information Systems as EndNote and Zotero read it today.
What RIS has no tag for stands in notes (N1) under the name of our column: “[levels] federal; state”.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources import dates
from resources.formats import extras, lists
from resources.formats.cells import row
from resources.formats.columns import cells, kind_in_words
from resources.formats.reading import Fault, Row, collected, says_what_is_wrong
from resources.formats.standard import dated, identifiers_cell, kind_named
from resources.formats.text import one_line, text_of
from resources.kinds import ContributorRole, Kind, Scheme

GENERIC = "GEN"
TAG = re.compile(r"\ufeff?([A-Z][A-Z0-9])  ?-(?: (.*)|\s*)", re.S)
NOTE = re.compile(r"\[([a-z_]+)\] ?(.*)")
IN_PARTS = {Kind.ARTICLE, Kind.CHAPTER}  # works whose SP is the first page; elsewhere it counts the pages
# Tags with one text, and the tags that others write instead.
TEXTS = {
    "title": ("TI", "T1", "CT", "BT"),
    "edition": ("ET",),
    "container": ("T2", "JO", "JF", "JA", "BT"),
    "series": ("T3",),
    "volume": ("VL",),
    "number": ("IS",),
    "language": ("LA",),
    "abstract": ("AB", "N2"),
}
NAMES = {ContributorRole.AUTHOR: ("AU", "A1"), ContributorRole.EDITOR: ("ED", "A2")}
TYPES = {kind.ris: kind for kind in reversed(Kind)} | {
    "EJOUR": Kind.ARTICLE, "JFULL": Kind.ARTICLE, "MGZN": Kind.ARTICLE, "EBOOK": Kind.BOOK, "EDBOOK": Kind.BOOK,
    "ECHAP": Kind.CHAPTER, "BOOK": Kind.BOOK, "GOVDOC": Kind.REPORT, "MPCT": Kind.VIDEO,
}  # fmt: skip


def write(records):
    """The lines of a file, as bytes in UTF-8."""
    for record in records:
        yield "".join(f"{tag}  - {value}\r\n" for tag, value in _tags(record)).encode() + b"ER  - \r\n\r\n"


@says_what_is_wrong
def read(file):
    """A Reading of a binary file."""
    text, notes = text_of(file)
    return collected((_row(*entry) for entry in enumerate(_entries(text), start=1)), notes)


def _tags(record):
    standard = [(tag, one_line(value)) for tag, value in _standard(record)]
    texts = _cells(standard)
    return standard + [("N1", f"[{key}] {_folded(text)}") for key, text in extras.of(cells(record), texts).items()]


def _standard(record):
    """Pairs of tag and value, without empty ones."""
    texts = cells(record)
    kind = record.kind
    yield "TY", kind.ris if kind else GENERIC
    if kind and TYPES[kind.ris] != kind:
        yield "M3", kind_in_words(kind)
    if record.key:
        yield "ID", record.key
    for key, tags in TEXTS.items():
        value = record.full_title if key == "title" else texts[key]
        if value:
            yield tags[0], value
    for role, tags in NAMES.items():
        for name in record.names(role):
            yield tags[0], name.inverted
    if record.publishers:
        yield "PB", lists.join(name.direct for name in record.publishers)
    yield from _dates(record.issued)
    yield from _pages(record)
    yield from _addresses(record)
    for topic in record.topics:
        yield "KW", topic


def _dates(issued):
    if issued:
        yield "PY", f"{issued.year:04}"
        if issued.month:
            day = f"{issued.day:02}" if issued.day else ""
            yield "DA", f"{issued.year:04}/{issued.month:02}/{day}/"  # all three slashes, whatever is known


def _pages(record):
    first, _dash, last = record.page_range.partition("-")
    if first.isdigit() and last.isdigit():
        yield from (("SP", first), ("EP", last))
    elif record.page_range:
        yield "SP", record.page_range
    elif record.page_count:
        yield "SP", str(record.page_count)


def _addresses(record):
    for tag, scheme in (("DO", Scheme.DOI), ("AN", Scheme.ERIC)):
        if value := record.identifier(scheme):
            yield tag, value
    for one in record.identifiers:
        if one.scheme in (Scheme.ISBN, Scheme.ISSN):
            yield "SN", one.value
    for address in record.found_at:
        yield "UR", address


def _folded(text):
    """On one line, with line breaks as \\n."""
    return text.replace("\\", "\\\\").replace("\n", "\\n")


def _unfolded(text):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def _entries(text):
    """Records as lists of tag and value, and whether each was closed by ER."""
    entry = []
    for line in re.split(r"\r\n|\r|\n", text):
        found = TAG.fullmatch(line)
        if found and found[1] == "ER":
            if entry:
                yield entry, True
            entry = []
        elif found and found[1] == "TY" and entry:
            yield entry, False
            entry = [("TY", found[2] or "")]
        elif found:
            entry.append((found[1], found[2] or ""))
        elif line.strip() and entry:
            tag, value = entry[-1]
            entry[-1] = (tag, f"{value}\n{line.strip()}")
        elif line.strip():
            raise ValidationError(
                _("“%(line)s” is not a line of RIS. A record begins with “TY  - ”. Is this another kind of file?")
                % {"line": line.strip()[:40]}
            )
    if entry:
        yield entry, False


def _row(number, entry):
    tags, is_closed = entry
    if not is_closed:
        sentence = _("The record is not closed by a line “ER  - ”. Perhaps the file was cut off.")
        return Row(number, None, (Fault(sentence, number),))
    if tags[0][0] != "TY":
        return Row(number, None, (Fault(_("The record does not begin with a line “TY  - ”."), number),))
    notes = [NOTE.fullmatch(value) for tag, value in tags if tag == "N1"]
    named = {found[1]: _unfolded(found[2]) for found in notes if found}
    return row(number, _cells(tags) | extras.known(named))


def _cells(tags):
    """Cells of the standard tags."""
    values = {}
    for tag, value in tags:
        values.setdefault(tag, []).append(value.strip(" \t"))
    texts = {key: _first(values, names) for key, names in TEXTS.items()}
    kind = kind_named(_first(values, ("M3",)), TYPES.get(_first(values, ("TY",)).upper()))
    texts["kind"] = kind_in_words(kind)
    texts |= {role.value: lists.join(_all(values, names)) for role, names in NAMES.items()}
    texts["publisher"] = _first(values, ("PB",))
    texts |= _page_cells(values, kind)
    texts |= dated(_first(values, ("DA", "PY", "Y1")), dates.parse)
    texts["identifiers"] = identifiers_cell(
        doi=_all(values, ("DO",)), eric=_all(values, ("AN",)), serial=_all(values, ("SN",))
    )
    texts["links"] = lists.join(_all(values, ("UR",)))
    texts["topics"] = lists.join(_all(values, ("KW",)))
    return texts


def _page_cells(values, kind):
    first, last = _first(values, ("SP",)), _first(values, ("EP",))
    if first.isdigit() and not last and kind not in IN_PARTS:
        return {"page_count": first}
    return {"page_range": f"{first}-{last}" if last else first}


def _all(values, names):
    return [value for name in names for value in values.get(name, ()) if value]


def _first(values, names):
    return next(iter(_all(values, names)), "")
