"""BibTeX: read with pybtex’s parser, written here.

Fields are those of BibTeX’s standard styles, and of biblatex where those have none (`pagetotal`, `eprint`).
Addresses and numbers stand as they are, which BibLaTeX, Zotero and JabRef expect of their fields.
Names follow BibTeX’s rule “particle Family, Suffix, Given”; an organization stands in braces of its own.
What has no field stands in fields that begin with “x-” and the name of our column, which all styles ignore.
"""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.exceptions import PybtexError

from resources import dates
from resources.formats import extras, lists, names, tex
from resources.formats.cells import row
from resources.formats.columns import cells, kind_in_words
from resources.formats.reading import Fault, Row, collected, says_what_is_wrong
from resources.formats.standard import dated, identifiers_cell, kind_named
from resources.formats.text import text_of
from resources.kinds import ContributorRole, Kind, Scheme
from resources.records import Name

EXTRA = "x-"
OTHER = "misc"
TYPES = {kind.bibtex: kind for kind in reversed(Kind)} | {
    OTHER: None, "book": Kind.BOOK, "inbook": Kind.CHAPTER, "report": Kind.REPORT, "online": Kind.PAGE,
    "www": Kind.PAGE, "dataset": Kind.DATA, "video": Kind.VIDEO, "audio": Kind.AUDIO,
}  # fmt: skip
# Fields with one text: the one that is written, then those that others write.
TEXTS = {
    "edition": ("edition",),
    "container": ("booktitle", "journal", "journaltitle"),
    "series": ("series",),
    "volume": ("volume",),
    "number": ("number", "issue"),
    "language": ("language", "langid"),
    "page_count": ("pagetotal",),
    "abstract": ("abstract",),
    "publisher": ("publisher", "institution", "school", "organization"),
}
NAMES = {
    ContributorRole.AUTHOR: "author",
    ContributorRole.EDITOR: "editor",
    ContributorRole.TRANSLATOR: "translator",
}
VERBATIM = {"url", "doi", "eprint"}
MONTHS = tuple(month_names)
COMMA = re.compile(r",|\band\b", re.I)
# In a family name of several words BibTeX looks for a particle.
DIVISIBLE = re.compile(r",|\s")


def write(records):
    """The entries of a file, as bytes in UTF-8."""
    for place, record in enumerate(records, start=1):
        standard = dict(_standard(record))
        lost = extras.of(cells(record), _cells(_type(record), standard))
        fields = standard | {f"{EXTRA}{key}": f"{{{tex.tex_of(text)}}}" for key, text in lost.items()}
        lines = "".join(f",\n  {name} = {value}" for name, value in fields.items())
        yield f"@{_type(record)}{{{_citation_key(record, place)}{lines}\n}}\n\n".encode()


@says_what_is_wrong
def read(file):
    """A Reading of a binary file."""
    text, notes = text_of(file)
    return collected(_rows(text), notes)


def _type(record):
    return record.kind.bibtex if record.kind else OTHER


def _citation_key(record, place):
    return re.sub(r"[^A-Za-z0-9:._-]", "", record.key) or f"record-{place}"


def _standard(record):
    """Pairs of field and its value as it stands in the file."""
    texts = cells(record)
    yield "title", f"{{{{{tex.tex_of(record.full_title)}}}}}"  # the second braces keep capital letters
    for role, field in NAMES.items():
        if people := record.names(role):
            yield field, f"{{{' and '.join(_name(name) for name in people)}}}"
    if record.kind and TYPES[_type(record)] != record.kind:
        yield "type", _braced(kind_in_words(record.kind).capitalize())
    for key, fields in TEXTS.items():
        field = _field(record, key, fields)
        text = lists.join(name.direct for name in record.publishers) if key == "publisher" else texts[key]
        if text:
            yield field, _braced(text)
    if record.page_range:
        yield "pages", _braced(record.page_range).replace("-", "--")
    if record.issued:
        yield from _dates(record.issued)
    yield from _addresses(record)
    if record.topics:
        yield "keywords", _braced(", ".join(record.topics))


def _field(record, key, fields):
    """Journals and institutions have fields of their own."""
    if key == "container" and record.kind == Kind.ARTICLE:
        return "journal"
    if key == "publisher" and _type(record) == "techreport":
        return "institution"
    return fields[0]


def _dates(issued):
    yield "year", f"{{{issued.year:04}}}"
    if issued.month:
        yield "month", MONTHS[issued.month - 1]
    if issued.day:
        yield "day", f"{{{issued.day}}}"


def _addresses(record):
    for field, scheme in (("doi", Scheme.DOI), ("isbn", Scheme.ISBN), ("issn", Scheme.ISSN)):
        if value := record.identifier(scheme):
            yield field, f"{{{tex.verbatim(value)}}}"
    if eric := record.identifier(Scheme.ERIC):
        yield from (("eprint", f"{{{tex.verbatim(eric)}}}"), ("eprinttype", "{eric}"))
    if record.found_at:
        yield "url", f"{{{tex.verbatim(record.found_at[0])}}}"


def _name(name):
    if name.is_organization:
        return f"{{{tex.tex_of(name.literal)}}}"
    particle, suffix, given = (_whole(part, COMMA) for part in (name.particle, name.suffix, name.given))
    parts = [f"{particle} {_whole(name.family, DIVISIBLE)}".strip(" "), suffix, given]
    return ", ".join(part for place, part in enumerate(parts) if part or place == 2)


def _whole(text, where):
    """A part of a name, in braces of its own where BibTeX would take it apart."""
    return _braced(text) if where.search(text) else tex.tex_of(text)


def _braced(text):
    return f"{{{tex.tex_of(text)}}}"


def _rows(text):
    faults = []
    number = 0
    for command, body in LowLevelParser(text, handle_error=faults.append, macros=dict(month_names)):
        if command.lower() in ("string", "preamble"):
            continue
        number += 1
        yield _row(number, command.lower(), body[1], faults)
        faults.clear()
    if faults:
        raise ValidationError(_syntax(faults[0]))


def _row(number, kind, fields, faults):
    if faults:
        return Row(number, None, (Fault(_syntax(faults[0]), number),))
    values = {}
    for field, parts in fields:
        values.setdefault(field.lower(), f"{{{''.join(parts)}}}")
    try:
        texts = _cells(kind, values)
    except PybtexError:
        sentence = _("A name cannot be read. Write “Family, Given” and the word “and” between two people.")
        return Row(number, None, (Fault(sentence, number),))
    named = {field.removeprefix(EXTRA): tex.text_of(value) for field, value in values.items() if EXTRA in field[:2]}
    return row(number, texts | extras.known(named))


def _syntax(error):
    return _("The file is not well-formed near line %(line)s: a brace, a quotation mark or a comma is missing.") % {
        "line": error.lineno
    }


def _cells(kind, values):
    """Cells of the standard fields, whose values stand in braces or are the short name of a month."""
    plain = {field: _text(field, value) for field, value in values.items() if field not in NAMES.values()}
    texts = {key: _first(plain, fields) for key, fields in TEXTS.items()}
    texts["title"] = plain.get("title", "")
    if subtitle := plain.get("subtitle"):
        texts["subtitle"] = subtitle
    texts |= {role.value: _names_cell(values.get(field, "")) for role, field in NAMES.items()}
    texts["kind"] = kind_in_words(kind_named(plain.get("type", ""), TYPES.get(kind)))
    texts["page_range"] = re.sub("–|—|-+", "-", plain.get("pages", ""))
    if "year" in plain:
        texts |= {"year": plain["year"], "month": _month(plain.get("month", "")), "day": plain.get("day", "")}
    else:
        texts |= dated(plain.get("date", ""), dates.parse)
    eric = [plain.get("eprint", "")] if plain.get("eprinttype", "").lower() == "eric" else []
    serial = [plain[field] for field in ("isbn", "issn") if field in plain]
    texts["identifiers"] = identifiers_cell(doi=[plain["doi"]] if "doi" in plain else [], eric=eric, serial=serial)
    texts["links"] = lists.join([plain["url"]] if "url" in plain else [])
    texts["topics"] = lists.join(lists.split(plain.get("keywords", "").replace(";", ","), ","))
    return texts


def _text(field, value):
    return (tex.address_of(value) if field in VERBATIM else tex.text_of(value)).strip()


def _month(text):
    """“sep” and “September” as “9”; anything else as it is."""
    name = text[:3].lower()
    return str(MONTHS.index(name) + 1) if name in MONTHS else text


def _first(plain, fields):
    return next((plain[field] for field in fields if plain.get(field)), "")


def _names_cell(value):
    """`value` is in braces: “{Blank, Martin J. and {Child Trends}}”."""
    people = split_name_list(value[1:-1].strip()) if value else []
    return lists.join(names.write(_read_name(person)) for person in people)


def _read_name(text):
    if re.fullmatch(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", text.strip()):
        return Name(literal=tex.text_of(text).strip())
    person = Person(text)
    given = _plain(person.first_names + person.middle_names)
    particle, family, suffix = _plain(person.prelast_names), _plain(person.last_names), _plain(person.lineage_names)
    return Name(family=family or given, given=given if family else "", particle=particle, suffix=suffix)


def _plain(words):
    return tex.text_of(" ".join(words)).strip()
