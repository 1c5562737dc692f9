"""Loads the starting content of the library: vocabularies, works, and the files of those that are our own.

- `vocabulary.toml`: topics, roles, results, places, series, organizations, people
- `publications.csv`: the works, in the format that the library itself exports
- `publications.toml`: what the columns of a table cannot carry: notes for staff, relations
- `files/`: a file belongs to the work whose key is its name
"""

import csv
import hashlib
import tomllib
import uuid
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files import File

from coalition_site.loading import named
from publishing.models import Revision
from publishing.publish import publish
from publishing.revisions import add_revision
from publishing.snapshots import item_fields, part_fields, row_data
from resources import file_store
from resources.formats import csv as csv_format
from resources.formats.columns import cells
from resources.kinds import Kind, RelationKind, Scheme
from resources.models import Contributor, FactNote, Identifier, Publication, Relation, Series, WorkFile, WorkLink
from vocabulary.models import Organization, Person, Place, Result, Role, Topic

SECTIONS = {
    "topics": Topic, "roles": Role, "results": Result, "places": Place, "series": Series,
    "organizations": Organization, "people": Person,
}  # fmt: skip
LINKED = ("topics", "roles", "results", "places")
PARTS = (Contributor, Identifier, WorkLink, Relation, FactNote, WorkFile)
UNIQUE = {Scheme.DOI, Scheme.ERIC, Scheme.ISBN}  # as the database has it
DETAILS = {"certainty", "notes", "link", "relations"}
NOT_IN_FILES = ("reviewed_on", "review_by", "translation_of_id", "picture_id")


def load_library(loader, folder):
    """Write what is new or changed in the library of a folder; one without `publications.csv` has none."""
    works = folder / "publications.csv"
    if not works.exists():
        return
    with named(file := folder / "vocabulary.toml"):
        words = tomllib.loads(file.read_text())
    for section, model in SECTIONS.items():
        with named(f"{file}, section {section}"):
            _load_section(loader, section, model, words.get(section, {}))
    with named(file := folder / "publications.toml"):
        details = tomllib.loads(file.read_text())
        keys = _keys(works)
        if strange := details.keys() - keys:
            raise ValidationError(f"No work in publications.csv has the key “{min(strange)}”.")
    _load_works(loader, works, details, {name: Names(loader, name, words.get(name, {})) for name in SECTIONS})


def paths_of_works(folder):
    """The addresses of all works of a folder."""
    return {f"/resources/publications/{key}/" for key in _keys(folder / "publications.csv")}


def _keys(file):
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return {line["key"] for line in csv.DictReader(lines)}


def _load_section(loader, section, model, records):
    present = {word for record in model.objects.all() for word in (record.slug, *map(str.casefold, record.names))}
    for slug, values in records.items():
        with named(slug):
            write = partial(_write_term, model, _values(model, slug, values, records), present)
            loader.load(f"{section} {slug}", values, write, model)


def _values(model, slug, values, records):
    """The fields of a record, from what stands in the file: the larger place or body, by its slug, as the record."""
    for name in values:
        model._meta.get_field(name)
    fields = values | {"slug": slug, "other_names": "\n".join(values.get("other_names", ()))}
    for name in {"within", "part_of"} & values.keys():
        if values[name] not in records:
            raise ValidationError(f"“{values[name]}” does not stand in this section.")
        fields[name] = model.objects.at(values[name])
    return fields


def _write_term(model, values, present, record):
    if record is None:
        record = model()
        if {values["slug"], _name(model, values).casefold()} & present:
            return None  # an editor was there first
    for name, value in values.items():
        setattr(record, name, value)
    record.full_clean()
    record.save()
    return record


def _name(model, values):
    """The name under which other files speak of a record: its label, “Blank, Martin J.”."""
    return str(model(**{name: value for name, value in values.items() if name in ("label", "family", "given")}))


class Names:
    """The keys of the records of a vocabulary by their names, whatever editors have made of them since."""

    def __init__(self, loader, section, records):
        model = SECTIONS[section]
        there = list(model.objects.all())
        keys = {record.pk for record in there}
        loaded = {
            _name(model, values).casefold(): loader.key_of(f"{section} {slug}") for slug, values in records.items()
        }
        self.section = section
        self.keys = dict.fromkeys(loaded)  # None: an editor has deleted it
        self.keys |= {name.casefold(): record.pk for record in there for name in record.names}
        self.keys |= {name: key for name, key in loaded.items() if key in keys}  # renamed, perhaps
        self.keys |= {record.names[0].casefold(): record.pk for record in there}

    def key(self, name):
        """The primary key of the record with a name; None where an editor has deleted it."""
        try:
            return self.keys[name.casefold()]
        except KeyError:
            raise ValidationError(f"“{name}” does not stand in vocabulary.toml, section {self.section}.") from None


def _load_works(loader, file, details, names):
    with file.open("rb") as table, named(file):
        reading = csv_format.read(table)
        if reading.faults:
            raise ValidationError([fault.sentence for fault in reading.faults])
    taken = _taken()
    for row in reading.rows:
        with named(f"{file}, row {row.number}"):
            if row.faults:
                raise ValidationError([f"{fault.field}: {fault.sentence}" for fault in row.faults])
            work = Work(loader, row.record, details.get(row.record.key, {}), file.parent / "files", names)
            loader.load(work.name, work.source, partial(work.write, taken), Publication)


def _taken():
    """Addresses and numbers of works that are there already."""
    numbers = Identifier.objects.values_list("scheme", "value")
    return set(Publication.objects.values_list("slug", flat=True)) | set(numbers)


class Work:
    """One row of `publications.csv` with what belongs to it, on its way into the store."""

    def __init__(self, loader, record, details, folder, names):
        if strange := details.keys() - DETAILS:
            raise ValidationError(f"publications.toml says something unknown of “{record.key}”: {min(strange)}.")
        self.loader, self.record, self.details, self.names = loader, record, details, names
        self.name = f"publication {record.key}"
        self.files = sorted(folder.glob(f"{record.key}.*"))

    @property
    def source(self):
        hashes = [hashlib.sha256(file.read_bytes()).hexdigest() for file in self.files]
        return {"cells": cells(self.record), "details": self.details, "files": hashes}

    def write(self, taken, work):
        if work is None:
            numbers = {(one.scheme, one.value) for one in self.record.identifiers if one.scheme in UNIQUE}
            if {self.record.key, *numbers} & taken:
                return None  # an editor was there first
            work = Publication.create_stub()
        base = Revision.objects.of(work).newest()
        snapshot = self.snapshot()
        if base:  # what the files do not speak of stays as the editors left it
            snapshot["item"] |= {name: base.data["item"][name] for name in NOT_IN_FILES if name in base.data["item"]}
        revision = add_revision(Publication, work.pk, snapshot, base=base, note="Starting content")
        # All works are written or none, so what breaks a constraint may be refused when it is written.
        publish(revision, check_links=False, check_constraints=False)
        return work

    def snapshot(self):
        parts = {model._meta.label_lower: [] for model in PARTS}
        for row in self._rows():
            kind = type(row)
            rows = parts[kind._meta.label_lower]
            row.ordering = len(rows)
            # The keys follow from the places, so that a change of the file is a change of those rows and not of all.
            row.pk = uuid.uuid5(uuid.NAMESPACE_URL, f"{self.name}#{kind.__name__}-{row.ordering}")
            rows.append(row_data(row, part_fields(kind)))
        links = {name: self._keys(name, getattr(self.record, name)) for name in LINKED}
        return {
            "item": row_data(self._publication(), item_fields(Publication)),
            "parts": parts,
            "m2m": links | {"tags": list(self.record.tags)},
        }

    def _keys(self, section, words):
        keys = (self.names[section].key(word) for word in words)
        return [key for key in keys if key is not None]

    def _publication(self):
        one, issued = self.record, self.record.issued
        book = one.container if one.kind == Kind.CHAPTER else ""
        series = one.series or ("" if book else one.container)
        plain = ("title", "subtitle", "summary", "abstract", "page_count", "edition", "volume", "number", "page_range",
                 "access", "license", "rights")  # fmt: skip
        return Publication(
            slug=one.key,
            work_kind=one.kind or "",
            work_language=one.language,
            issued_year=issued and issued.year,
            issued_month=issued and issued.month,
            issued_day=issued and issued.day,
            book=book,
            series_id=self.names["series"].key(series) if series else None,
            levels=list(one.levels),
            facts_source=one.source,
            **{name: getattr(one, name) for name in plain},
        )

    def _rows(self):
        """All parts of the work, without their keys and places."""
        for one in self.record.contributors:
            if one.name.is_organization:
                maker = {"organization_id": self.names["organizations"].key(one.name.literal)}
            else:
                maker = {"person_id": self.names["people"].key(one.name.inverted)}
            if any(maker.values()):
                yield Contributor(role=one.role, **maker)
        yield from (Identifier(scheme=one.scheme, value=one.value) for one in self.record.identifiers)
        for link in self.record.links:
            yield WorkLink(address=link.address, kind=link.kind.value, label=self.details.get("link", ""))
        yield from self._relations()
        yield from self._notes()
        yield from (WorkFile(file=_taken_in(file), name=file.name) for file in self.files)

    def _relations(self):
        for kind, others in self.details.get("relations", {}).items():
            for other in others:
                key = self.loader.key_of(f"publication {other}")
                if key is None:
                    raise ValidationError(f"The work “{other}”, named in a relation, does not stand above this one.")
                if Publication.objects.filter(pk=key).exists():
                    yield Relation(kind=RelationKind(kind), other_id=key)

    def _notes(self):
        certainty, notes = self.details.get("certainty", ""), dict(self.details.get("notes", {}))
        if certainty or "all" in notes:
            yield FactNote(fact="all", note=notes.pop("all", ""), certainty=certainty)
        yield from (FactNote(fact=fact, note=note) for fact, note in notes.items())


def _taken_in(path):
    """The stored file of one of ours; the worker reads its pages."""
    with path.open("rb") as content:
        return file_store.take(File(content, name=path.name))
