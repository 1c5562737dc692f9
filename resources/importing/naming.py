"""Names in a file become records of the vocabularies: those that are known, or new ones that wait to be made.

All vocabularies are read into memory at once, so that a thousand rows ask as little as one.
"""

from dataclasses import dataclass, replace

from django.contrib.admin.models import ADDITION, LogEntry
from django.utils.translation import gettext as _

from publishing.models import ContentVersion
from resources.kinds import Kind, Scheme
from resources.models import Identifier as Row
from resources.models import Publication, Series
from resources.records import Contributor, Identifier, Name
from vocabulary.models import Organization, Person
from vocabulary.slugs import free_slug

TERMS = ("topics", "roles", "results", "places")
IN_BOOKS = {Kind.CHAPTER, Kind.BOOK, Kind.HANDBOOK}


def plain(words):
    """Two names are the same when this of them is: capitals and the number of spaces do not count."""
    return " ".join(words.split()).casefold()


class Names:
    """The records of one vocabulary by their names. Its first names win over the other names of another record."""

    def __init__(self, model):
        self.model = model
        self.rows = {row.pk: row for row in model.objects.order_by("pk")}
        self._first, self._other = {}, {}
        for row in self.rows.values():
            self._learn(row)

    def _learn(self, row):
        self._first.setdefault(self.key_of(row), row)
        for name in self.other_names_of(row):
            self._other.setdefault(plain(name), row)

    def key_of(self, row):
        return plain(row.label)

    def other_names_of(self, row):
        return row.names

    def find(self, words):
        """The record that bears a name; None where none does."""
        return self._first.get(plain(words)) or self._other.get(plain(words))

    def find_or_plan(self, **values):
        """The record with this label, or a new one that is not saved."""
        return self.find(values["label"]) or self._plan(**values)

    def _plan(self, **values):
        row = self.model(**values)
        self._learn(row)
        return row

    def make(self, rows):
        """Save new records, each with a free address, in a fixed number of queries."""
        taken = {row.slug for row in self.rows.values()}
        for row in rows:
            row.slug = free_slug(row.name, taken, otherwise=self.model._meta.model_name)
            taken.add(row.slug)
        self.model.objects.bulk_create(rows)
        self.rows |= {row.pk: row for row in rows}


class People(Names):
    """People are known by all parts of their name, or by another name in either order."""

    def key_of(self, row):
        return tuple(plain(part) for part in (row.particle, row.family, row.given, row.suffix))

    def other_names_of(self, row):
        return [name for name in row.other_names.splitlines() if name.strip()]

    def find_or_plan(self, **parts):
        name = Name(**parts)
        known = self._first.get(self.key_of(name))
        known = known or self._other.get(plain(name.inverted)) or self._other.get(plain(name.direct))
        return known or self._plan(**parts)


@dataclass(frozen=True)
class Home:
    """Where a work appeared: in a book, in a series or journal, or in both."""

    book: str = ""
    series: Series | None = None

    @property
    def container(self):
        """As `describing.record_of` tells it."""
        return self.book or (self.series.label if self.series and self.series.is_journal else "")

    @property
    def series_label(self):
        return self.series.label if self.series and not self.series.is_journal else ""

    @property
    def issn(self):
        return self.series.issn if self.series else ""


@dataclass(frozen=True)
class Named:
    """A record whose names are those of the site, the records that bear them, and sentences about what was done."""

    record: object
    makers: tuple = ()  # Person or Organization of each contributor, in order
    terms: dict | None = None  # name of a field → rows of its vocabulary
    notes: tuple = ()


class Register:
    """People, organizations, series and terms of the site, with those that an import would add."""

    def __init__(self):
        self.people, self.organizations, self.series = People(Person), Names(Organization), Names(Series)
        self.terms = {name: Names(Publication._meta.get_field(name).related_model) for name in TERMS}

    def maker(self, name):
        if name.is_organization:
            return self.organizations.find_or_plan(label=name.literal)
        return self.people.find_or_plan(
            family=name.family, given=name.given, particle=name.particle, suffix=name.suffix
        )

    def named(self, record):
        """A record under the names of the site. Words that no vocabulary knows become tags, and a note says so."""
        makers = tuple(self.maker(one.name) for one in record.contributors)
        terms, tags, notes = {}, list(record.tags), []
        for name, vocabulary in self.terms.items():
            found = {words: vocabulary.find(words) for words in getattr(record, name)}
            terms[name] = tuple(dict.fromkeys(row for row in found.values() if row))
            unknown = [words for words, row in found.items() if row is None]
            tags += unknown
            notes += [_tag_note(name, words) for words in unknown]
        contributors = (
            Contributor(name_of(row), one.role) for row, one in zip(makers, record.contributors, strict=True)
        )
        labels = {name: tuple(row.label for row in rows) for name, rows in terms.items()}
        levels = tuple(dict.fromkeys(record.levels))
        record = replace(record, contributors=tuple(contributors), tags=without_twins(tags), levels=levels, **labels)
        return Named(record, makers, terms, tuple(notes))

    def home_of(self, record):
        """The book, series or journal that a record names.

        A work within a series and something else is in a book of that series. Alone, what a work is in is a journal if
        one is known by that name, or if an article, a volume or an ISSN says so; a book otherwise.
        """
        if record.series:
            return Home(record.container, self.series.find_or_plan(label=record.series))
        if not record.container:
            return Home()
        known = self.series.find(record.container)
        is_serial = record.kind == Kind.ARTICLE or record.volume or record.identifier(Scheme.ISSN)
        if record.kind in IN_BOOKS or not (is_serial or (known and known.is_journal)):
            return Home(book=record.container)
        issn = record.identifier(Scheme.ISSN)
        return Home(series=self.series.find_or_plan(label=record.container, is_journal=True, issn=issn))

    def make(self, rows, by=None, note=""):
        """Save those of some rows that are new, and log who added them."""
        made = []
        for names in (self.people, self.organizations, self.series):
            new = list({id(row): row for row in rows if isinstance(row, names.model) and row.pk is None}.values())
            names.make(new)
            made += new
        if made:
            ContentVersion.bump()
        if made and by:
            LogEntry.objects.log_actions(by.pk, made, ADDITION, note)


def name_of(maker):
    """The name of a person or an organization as plain data."""
    if isinstance(maker, Organization):
        return Name(literal=maker.label)
    return Name(family=maker.family, given=maker.given, particle=maker.particle, suffix=maker.suffix)


def without_twins(tags):
    """Tags without those that differ from an earlier one in capitals alone."""
    return tuple({plain(tag): tag for tag in reversed(tags)}.values())[::-1]


def tidied(record):
    """A record with its identifiers as the store keeps them: an address at doi.org is a DOI."""
    rows = (Row.tidied({"scheme": one.scheme, "value": one.value}) for one in record.identifiers)
    found = (Identifier(Scheme(row["scheme"]), row["value"]) for row in rows)
    return replace(record, identifiers=tuple(dict.fromkeys(found)))


def own_identifiers(identifiers, issn):
    """Those of the work itself, each once: the ISSN of its journal stands with the journal."""
    return tuple(one for one in dict.fromkeys(identifiers) if one != Identifier(Scheme.ISSN, issn))


def with_issn(identifiers, issn):
    own = own_identifiers(identifiers, issn)
    return (*own, Identifier(Scheme.ISSN, issn)) if issn else own


def _tag_note(name, words):
    kind = Publication._meta.get_field(name).related_model._meta.verbose_name
    return _("“%(words)s” is not known as a %(kind)s. It becomes a tag.") % {"words": words, "kind": kind}
