"""Loads the starting content of the library: vocabularies, works, and the files of those that are our own.

- `vocabulary.toml`: topics, roles, results, places, series, organizations, people
- `publications.csv`: the works, in the format that the library itself exports
- `publications.toml`: what the columns of a table cannot carry: notes for staff, relations
- `files/`: a file belongs to the work whose key is its name
"""

import csv
import hashlib
import tomllib
from dataclasses import replace
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files import File

from coalition_site.loading import named
from publishing.models import Revision
from publishing.publish import publish
from publishing.revisions import add_revision
from publishing.snapshots import blank
from resources import file_store
from resources.formats import csv as csv_format
from resources.formats.columns import cells
from resources.importing.comparing import FIELDS, Target, rows_of, text_of
from resources.importing.naming import TERMS, Home, Named
from resources.kinds import Kind, RelationKind, Scheme
from resources.models import FactNote, Identifier, Publication, Relation, Series, WorkFile, WorkLink
from vocabulary.models import Organization, Person, Place, Result, Role, Topic

SECTIONS = {
    "topics": Topic, "roles": Role, "results": Result, "places": Place, "series": Series,
    "organizations": Organization, "people": Person,
}  # fmt: skip
UNIQUE = {Scheme.DOI, Scheme.ERIC, Scheme.ISBN}  # as the database has it
DETAILS = {"certainty", "notes", "link", "relations"}


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


def record_finder(loader, folder):
    """A function that gives a record by the section and the slug under which it stands in `vocabulary.toml`, whatever
    editors have made of it since; None where one has deleted it.
    """
    words = tomllib.loads((folder / "vocabulary.toml").read_text())
    names = {section: Names(loader, section, words.get(section, {})) for section in SECTIONS}

    def find(section, slug):
        values = words.get(section, {}).get(slug)
        if values is None:
            raise ValidationError(f"“{slug}” does not stand in vocabulary.toml, section {section}.")
        return names[section].find(_name(SECTIONS[section], values))

    return find


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
    """The records of a vocabulary by their names, whatever editors have made of them since."""

    def __init__(self, loader, section, records):
        model = SECTIONS[section]
        there = {record.pk: record for record in model.objects.all()}
        loaded = {
            _name(model, values).casefold(): loader.key_of(f"{section} {slug}") for slug, values in records.items()
        }
        self.section = section
        self.records = dict.fromkeys(loaded)  # None: an editor has deleted it
        self.records |= {name.casefold(): record for record in there.values() for name in record.names}
        self.records |= {name: there[key] for name, key in loaded.items() if key in there}  # renamed, perhaps
        self.records |= {record.names[0].casefold(): record for record in there.values()}

    def find(self, name):
        """The record with a name; None where an editor has deleted it."""
        try:
            return self.records[name.casefold()]
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
        text = self.text(base.data if base else blank(Publication))
        revision = add_revision(Publication, work.pk, text, base=base, note="Starting content")
        # All works are written or none, so what breaks a constraint may be refused when it is written.
        publish(revision, check_links=False, check_constraints=False)
        return work

    def text(self, data):
        """A snapshot with all that the files say; what they do not speak of stays as the editors left it."""
        data = text_of(self._target(), data)
        data["item"]["slug"] = self.record.key
        for row in data["parts"][WorkLink._meta.label_lower]:
            row["label"] = self.details.get("link", "")
        for part, rows in ((Relation, self._relations()), (FactNote, self._notes()), (WorkFile, self._files())):
            label = part._meta.label_lower
            data["parts"][label] = rows_of(rows, data["parts"].get(label, []))
        return data

    def _target(self):
        """The record of the row and those of the vocabularies that it names; what an editor has deleted is left out."""
        makers = [(one, self._maker(one.name)) for one in self.record.contributors]
        makers = [(one, maker) for one, maker in makers if maker]
        record = replace(self.record, contributors=tuple(one for one, _maker in makers))
        terms = {name: self._found(name, getattr(record, name)) for name in TERMS}
        book = record.container if record.kind == Kind.CHAPTER else ""
        series = record.series or ("" if book else record.container)
        home = Home(book, self.names["series"].find(series) if series else None)
        return Target(record, Named(record, tuple(maker for _one, maker in makers), terms), home, FIELDS)

    def _maker(self, name):
        section = "organizations" if name.is_organization else "people"
        return self.names[section].find(name.inverted)

    def _found(self, section, words):
        return [record for word in words if (record := self.names[section].find(word))]

    def _relations(self):
        for kind, others in self.details.get("relations", {}).items():
            for other in others:
                key = self.loader.key_of(f"publication {other}")
                if key is None:
                    raise ValidationError(f"The work “{other}”, named in a relation, does not stand above this one.")
                if Publication.objects.filter(pk=key).exists():
                    yield {"kind": RelationKind(kind).value, "other_id": key}

    def _notes(self):
        certainty, notes = self.details.get("certainty", ""), dict(self.details.get("notes", {}))
        if certainty or "all" in notes:
            yield {"fact": "all", "note": notes.pop("all", ""), "certainty": certainty}
        yield from ({"fact": fact, "note": note, "certainty": ""} for fact, note in notes.items())

    def _files(self):
        for file in self.files:
            yield {"file_id": _taken_in(file).pk, "name": file.name, "label": "", "language": ""}


def _taken_in(path):
    """The stored file of one of ours; the worker reads its pages."""
    with path.open("rb") as content:
        return file_store.take(File(content, name=path.name))
