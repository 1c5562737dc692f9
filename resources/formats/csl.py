"""CSL-JSON, the data of citation processors (CSL 1.0.2): a list of items.

Fields follow csl-data.json of citation-style-language/schema. What it has no field for stands in `custom`, the place
that the schema keeps for others, under the names of our columns.
"""

import json

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources import dates
from resources.formats import extras, lists, names
from resources.formats.cells import row
from resources.formats.columns import cells, kind_in_words
from resources.formats.reading import Fault, Row, collected, says_what_is_wrong
from resources.formats.standard import dated, identifiers_cell, kind_named
from resources.formats.text import text_of
from resources.kinds import ContributorRole, Kind, Scheme
from resources.records import Name

DOCUMENT = "document"
TYPES = {kind.csl: kind for kind in reversed(Kind)} | {
    "book": Kind.BOOK, "article": Kind.ARTICLE, "article-magazine": Kind.ARTICLE, "speech": Kind.PRESENTATION,
}  # fmt: skip
TEXTS = {
    "title": "title",
    "edition": "edition",
    "container": "container-title",
    "series": "collection-title",
    "volume": "volume",
    "number": "issue",
    "language": "language",
    "abstract": "abstract",
    "page_range": "page",
    "page_count": "number-of-pages",
}
NAMES = {
    ContributorRole.AUTHOR: "author",
    ContributorRole.EDITOR: "editor",
    ContributorRole.TRANSLATOR: "translator",
}


def write(records):
    """The pieces of a file, as bytes in UTF-8."""
    yield b"["
    for place, record in enumerate(records, start=1):
        text = json.dumps(item(record, place), ensure_ascii=False, indent=2)
        yield (",\n" if place > 1 else "\n").encode() + text.encode()
    yield b"\n]\n"


def item(record, place=1):
    """One record as a dictionary of CSL-JSON; `place` makes an id where the record has no key."""
    standard = _standard(record, place)
    custom = extras.of(cells(record), _cells(standard))
    return standard | ({"custom": custom} if custom else {})


@says_what_is_wrong
def read(file):
    """A Reading of a binary file."""
    text, notes = text_of(file)
    return collected((_row(*entry) for entry in enumerate(_items(text), start=1)), notes)


def _standard(record, place):
    texts = cells(record) | {"title": record.full_title}
    fields = {"id": record.key or f"record-{place}", "type": record.kind.csl if record.kind else DOCUMENT}
    if record.kind and TYPES[record.kind.csl] != record.kind:
        fields["genre"] = kind_in_words(record.kind)
    fields |= {name: texts[key] for key, name in TEXTS.items() if texts[key]}
    for role, name in NAMES.items():
        if people := record.names(role):
            fields[name] = [_name_parts(one) for one in people]
    if record.publishers:
        fields["publisher"] = lists.join(name.direct for name in record.publishers)
    if record.issued:
        parts = (record.issued.year, record.issued.month, record.issued.day)
        fields["issued"] = {"date-parts": [[part for part in parts if part]]}
    for name, scheme in (("DOI", Scheme.DOI), ("ISBN", Scheme.ISBN), ("ISSN", Scheme.ISSN)):
        if value := record.identifier(scheme):
            fields[name] = value
    if record.found_at:
        fields["URL"] = record.found_at[0]
    if record.topics:
        fields["keyword"] = ", ".join(record.topics)
    return fields


def _name_parts(name):
    parts = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "suffix": name.suffix,
        "literal": name.literal,
    }
    return {key: part for key, part in parts.items() if part}


def _items(text):
    try:
        items = json.loads(text)
    except (ValueError, RecursionError):
        raise ValidationError(_("The file is not JSON, or was cut off. Export it again as CSL-JSON.")) from None
    if not isinstance(items, list):
        raise ValidationError(_("CSL-JSON is a list of records in square brackets; this file holds something else."))
    return items


def _row(number, fields):
    if not isinstance(fields, dict):
        return Row(number, None, (Fault(_("The entry is not a record: it has no fields."), number),))
    try:
        texts = _cells(fields)
    except (TypeError, ValueError, AttributeError, KeyError, IndexError):
        sentence = _("A field of the record is not formed as CSL-JSON asks, for instance a name that is no name.")
        return Row(number, None, (Fault(sentence, number),))
    custom = fields.get("custom")
    return row(number, texts | (extras.known(custom) if isinstance(custom, dict) else {}))


def _cells(fields):
    """Cells of the standard fields."""
    texts = {key: _text(fields.get(name)) for key, name in TEXTS.items()}
    texts["kind"] = kind_in_words(kind_named(_text(fields.get("genre")), TYPES.get(_text(fields.get("type")))))
    texts |= {
        role.value: lists.join(names.write(_name(one)) for one in fields.get(name) or ())
        for role, name in NAMES.items()
    }
    texts["publisher"] = _text(fields.get("publisher"))
    texts |= _date_cells(fields.get("issued") or {})
    texts["identifiers"] = identifiers_cell(
        doi=_listed(fields, "DOI"), serial=_listed(fields, "ISBN") + _listed(fields, "ISSN")
    )
    texts["links"] = lists.join(_listed(fields, "URL"))
    texts["topics"] = lists.join(word for word in lists.split(_text(fields.get("keyword")), ",") if word)
    return texts


def _text(value):
    """Text of a text or a number; anything else is not what CSL-JSON has."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError(value)
    return str(value)


def _listed(fields, name):
    value = _text(fields.get(name))
    return [value] if value else []


def _name(parts):
    particle = _text(parts.get("non-dropping-particle")) or _text(parts.get("dropping-particle"))
    family, given = _text(parts.get("family")), _text(parts.get("given"))
    if literal := _text(parts.get("literal")):
        return Name(literal=literal)
    if not family and given:
        family, given = given, ""
    return Name(family=family, given=given, particle=particle, suffix=_text(parts.get("suffix")))


def _date_cells(issued):
    if parts := issued.get("date-parts"):
        year, month, day = ([_text(part) for part in parts[0]] + ["", "", ""])[:3]
        return {"year": year, "month": month, "day": day}
    return dated(_text(issued.get("raw") or issued.get("literal")), dates.parse)
