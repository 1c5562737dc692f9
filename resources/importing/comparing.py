"""What an import would change in a work, field by field, as a person reads it; and the new text with those changes."""

import copy
import uuid
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from resources import identifiers
from resources.importing.naming import TERMS, name_of, own_identifiers, plain, with_issn, without_twins
from resources.kinds import LinkKind
from resources.models import Contributor, Identifier, Publication, WorkLink

# Fields of a Record → the column of a work that holds it alone.
COLUMNS = {
    "title": "title", "subtitle": "subtitle", "kind": "work_kind", "language": "work_language",
    "page_count": "page_count", "page_range": "page_range", "edition": "edition", "volume": "volume",
    "number": "number", "summary": "summary", "abstract": "abstract", "levels": "levels", "rights": "rights",
    "license": "license", "access": "access", "source": "facts_source",
}  # fmt: skip
LABELS = {field: Publication._meta.get_field(column).verbose_name for field, column in COLUMNS.items()} | {
    "contributors": Contributor._meta.verbose_name_plural,
    "issued": _("date"),
    "container": _("journal or book"),
    "series": _("series"),
    "identifiers": Identifier._meta.verbose_name_plural,
    "links": WorkLink._meta.verbose_name_plural,
    **{name: Publication._meta.get_field(name).verbose_name for name in (*TERMS, "tags")},
}
FIELDS = (
    "title", "subtitle", "kind", "contributors", "issued", "language", "page_count", "container", "series", "volume",
    "number", "page_range", "edition", "identifiers", "links", "summary", "abstract", *TERMS, "levels", "tags",
    "rights", "license", "access", "source",
)  # fmt: skip
WITHOUT_ORDER = {*TERMS, "levels", "tags"}
HOME = {"container", "series"}


@dataclass(frozen=True)
class Change:
    """One field: `old` is empty for a new work."""

    field: str
    old: str
    new: str

    @property
    def label(self):
        return LABELS[self.field]


@dataclass(frozen=True)
class Target:
    """The work as it would stand after the import: its record, the records that bear its names, and where it is."""

    record: object
    named: object
    home: object
    fields: tuple = ()  # names of those that change


def target_of(record, register, current=None):
    """The Target of a record of a file, as a new work or laid over the text of a known one."""
    named = register.named(record)
    merged = _laid_over(current, record, named.record) if current else named.record
    home = register.home_of(merged)
    merged = replace(
        merged,
        container=home.container,
        series=home.series_label,
        identifiers=with_issn(merged.identifiers, home.issn),
    )
    before = current.record if current else None
    fields = tuple(field for field in FIELDS if not _is_same(field, before, merged))
    return Target(merged, named, home, fields)


def _laid_over(current, given, named):
    """What the file says, and where it says nothing what the site has. Words that became tags join its tags."""
    base = replace(current.record, identifiers=current.own_identifiers)
    values = {field: getattr(named, field) for field in FIELDS if getattr(named, field) not in ("", (), None)}
    if not given.tags:
        values["tags"] = without_twins((*base.tags, *named.tags))
    if given.links:
        values["links"] = tuple(_kind_kept(link, base.links) for link in given.links)
    return replace(base, **values)


def _kind_kept(link, known):
    """A link of a file; an address alone does not say that the link leads elsewhere than it was known to."""
    same = [one for one in known if one.address == link.address]
    return same[0] if same and link not in same and link.kind is LinkKind.RECORD else link


def _is_same(field, before, after):
    new = getattr(after, field)
    if before is None:
        return new in ("", (), None)
    old = getattr(before, field)
    return {plain(one) for one in old} == {plain(one) for one in new} if field in WITHOUT_ORDER else old == new


def changes_to(target, current=None):
    """The Changes that lead from the current text to the target."""
    before = current.record if current else None
    return tuple(
        Change(field, words(field, before) if before else "", words(field, target.record)) for field in target.fields
    )


def _choice(field):
    choices = dict(Publication._meta.get_field(COLUMNS[field]).flatchoices)
    return lambda value: choices.get(value, value)


# How a person reads what is not plain text.
WORDS = {field: _choice(field) for field in ("kind", "license", "access", "language")} | {
    "issued": lambda date: date.iso
}
WORDS_OF_ONE = {
    "contributors": lambda one: f"{one.name.inverted} ({one.role.label})",
    "identifiers": identifiers.display,
    "links": lambda link: f"{link.address} ({link.kind.label})",
}


def words(field, record):
    """A field of a record as a person reads it."""
    value = getattr(record, field)
    if value in ("", (), None):
        return ""
    if isinstance(value, tuple):
        return "; ".join(WORDS_OF_ONE.get(field, str)(one) for one in value)
    return str(WORDS.get(field, str)(value))


def records_needed(target):
    """The people, organizations and series that the changed fields name, known and new."""
    makers = list(target.named.makers) if "contributors" in target.fields else []
    return makers + ([target.home.series] if target.home.series and HOME & set(target.fields) else [])


def text_of(target, data):
    """A snapshot with the target's changes in it; what does not change keeps its rows, their keys and their extras."""
    data = copy.deepcopy(data)
    record, item = target.record, data["item"]
    for field in target.fields:
        value = getattr(record, field)
        if field in COLUMNS:
            item[COLUMNS[field]] = _column(field, value)
        elif field == "issued":
            item |= {f"issued_{part}": getattr(value, part, None) for part in ("year", "month", "day")}
        elif field in TERMS:
            data["m2m"][field] = [row.pk for row in target.named.terms[field]]
        elif field == "tags":
            data["m2m"]["tags"] = list(value)
    if HOME & set(target.fields):
        item |= {"book": target.home.book, "series_id": target.home.series.pk if target.home.series else None}
    for field, (part, keys_of) in PARTS.items():
        if field in target.fields:
            label = part._meta.label_lower
            data["parts"][label] = rows_of(keys_of(target), data["parts"].get(label, []))
    return data


def _column(field, value):
    """A value of a record as its column has it: a work of no known kind has an empty one."""
    if field == "levels":
        return list(value)
    return value or "" if field == "kind" else value


def _contributor_rows(target):
    for one, maker in zip(target.record.contributors, target.named.makers, strict=True):
        is_organization = bool(name_of(maker).literal)
        yield {
            "role": one.role.value,
            "person_id": None if is_organization else maker.pk,
            "organization_id": maker.pk if is_organization else None,
        }


def _identifier_rows(target):
    for one in own_identifiers(target.record.identifiers, target.home.issn):
        yield {"scheme": one.scheme.value, "value": one.value}


def _link_rows(target):
    for link in target.record.links:
        yield {"address": link.address, "kind": link.kind.value}


PARTS = {
    "contributors": (Contributor, _contributor_rows),
    "identifiers": (Identifier, _identifier_rows),
    "links": (WorkLink, _link_rows),
}
EXTRAS = {"label": ""}  # of a new link


def rows_of(wanted, stored):
    """Rows of a snapshot with these values in this order; a stored row that has them all stays the same row."""
    left, rows = list(stored), []
    for ordering, values in enumerate(wanted):
        known = next((row for row in left if values.items() <= row.items()), None)
        if known:
            left.remove(known)
        new = {"id": str(uuid.uuid4())} | (EXTRAS if "address" in values else {})
        rows.append((known or new) | values | {"ordering": ordering})
    return rows
