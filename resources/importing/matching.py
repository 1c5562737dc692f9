"""Duplicates: works of the site, in public or in open drafts, that a record of a file may be.

The rule, from the surest to the least sure:

1. The record has the key (the address) of a work.
2. It has a DOI, an ERIC number or an ISBN of a work; ISBNs of ten and thirteen digits are compared as one.
3. Title, year and authors are the same; or they are close: the titles, as a library sorts them, have the same numbers
   and are alike to 90 percent (`difflib`), the years lie at most one apart or one is not known, and an author has the
   same family name or one side names no author. Where one side has no subtitle, the titles alone are compared.
"""

import re
from collections import Counter, defaultdict
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cached_property

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from publishing.models import Revision
from publishing.sorting import ARTICLES, sorting_title
from resources.identifiers import comparable, display, normal
from resources.importing.naming import plain
from resources.kinds import ContributorRole, Scheme
from resources.models import Contributor, Identifier, Publication
from resources.records import Identifier as PlainIdentifier

UNIQUE = (Scheme.DOI, Scheme.ERIC, Scheme.ISBN)
ALIKE = 0.9
MATCHES_SHOWN = 3


class Sure(IntEnum):
    """How sure it is that two are the same work."""

    CLOSE, SAME_WORDS, IDENTIFIER, KEY = range(1, 5)


@dataclass(frozen=True)
class Match:
    pk: int  # of the work
    title: str
    sure: Sure
    reason: str


@dataclass(frozen=True)
class Sketch:
    """As much of a work as telling works apart needs. `names` are family names and organizations, in plain form."""

    title: str
    subtitle: str
    year: int | None
    names: frozenset

    @classmethod
    def of_record(cls, record):
        names = {plain(one.family or one.literal) for one in record.authors}
        year = record.issued.year if record.issued else None
        return cls(_as_compared(record.title), _as_compared(record.subtitle), year, frozenset(names))

    def likeness(self, other):
        """Sure.SAME_WORDS, Sure.CLOSE, or None for two different works."""
        if self == other and self.year and self.names:
            return Sure.SAME_WORDS
        if self.year and other.year and abs(self.year - other.year) > 1:
            return None
        if self.names and other.names and not self.names & other.names:
            return None
        return Sure.CLOSE if self._has_title_like(other) else None

    def _has_title_like(self, other):
        with_subtitles = bool(self.subtitle and other.subtitle)
        return self._words(with_subtitles).are_like(other._words(with_subtitles))

    def _words(self, with_subtitle):
        return self._whole if with_subtitle else self._alone

    @cached_property
    def _alone(self):
        return Words(self.title)

    @cached_property
    def _whole(self):
        return Words(f"{self.title} {self.subtitle}")


class Words:
    """A title that is compared with many: what tells it from most of them is counted once."""

    def __init__(self, text):
        self.text = text
        self.numbers = re.findall(r"\d+", text)
        self.letters = Counter(text)

    def are_like(self, other):
        """Whether both have the same numbers and `difflib` finds them alike; it is asked last, as it takes longest."""
        length = len(self.text) + len(other.text)
        return bool(
            self.text
            and 2 * min(len(self.text), len(other.text)) >= ALIKE * length
            and self.numbers == other.numbers
            and 2 * (self.letters & other.letters).total() >= ALIKE * length
            and SequenceMatcher(a=self.text, b=other.text, autojunk=False).ratio() >= ALIKE
        )


class Sketches:
    """Many sketches, each under a key, in which those are looked up that another may be."""

    def __init__(self):
        self._by_year = defaultdict(list)

    def add(self, key, sketch):
        self._by_year[sketch.year].append((key, sketch))

    def alike(self, sketch):
        """Pairs of a key and a likeness."""
        years = [None, sketch.year - 1, sketch.year, sketch.year + 1] if sketch.year else list(self._by_year)
        for key, other in (one for year in years for one in self._by_year.get(year, ())):
            if likeness := sketch.likeness(other):
                yield key, likeness


class Catalog:
    """Sketches of all works and the index of their identifiers, in memory; asks the database five times."""

    def __init__(self, register):
        self.titles, self.slugs, self.taken_slugs = {}, {}, set()
        self.by_identifier, self._sketches = defaultdict(set), Sketches()
        self._add_live()
        self._add_drafts(register)

    def _add_live(self):
        names = _names_of_live()
        for scheme, value, pk in Identifier.objects.filter(scheme__in=UNIQUE).values_list(
            "scheme", "value", "publication"
        ):
            self._add_identifier(scheme, value, pk)
        for work in Publication.objects.values("pk", "slug", "title", "subtitle", "issued_year"):
            self._add(work["pk"], work, names[work["pk"]])

    def _add_drafts(self, register):
        drafts = Revision.objects.of_existing([Publication]).open_drafts()
        for pk, data in drafts.values_list("object_id", "data").iterator(chunk_size=500):
            self._add(pk, data["item"], _names_in(data["parts"], register))
            for row in data["parts"].get(Identifier._meta.label_lower, []):
                if row["scheme"] in UNIQUE:
                    self._add_identifier(row["scheme"], row["value"], pk)

    def _add(self, pk, item, names):
        if item.get("slug"):
            self.taken_slugs.add(item["slug"])
        if not item.get("title"):
            return  # nothing was ever saved in it
        self.titles[pk] = item["title"]
        if item.get("slug"):
            self.slugs[item["slug"]] = pk
        title, subtitle = _as_compared(item["title"]), _as_compared(item["subtitle"] or "")
        sketch = Sketch(title, subtitle, item["issued_year"], frozenset(names))
        self._sketches.add(pk, sketch)

    def _add_identifier(self, scheme, value, pk):
        with suppress(ValidationError):  # a draft may hold what is no number yet
            self.by_identifier[comparable(PlainIdentifier(Scheme(scheme), normal(scheme, value)))].add(pk)

    def matches(self, record):
        """Matches of a record, the surest first, one for each work."""
        found = {}
        if record.key in self.slugs:
            found[self.slugs[record.key]] = (Sure.KEY, _("It has the same key: %(key)s.") % {"key": record.key})
        for one in unique_identifiers(record):
            for pk in sorted(self.by_identifier.get(comparable(one), ())):
                found.setdefault(
                    pk, (Sure.IDENTIFIER, _("It has the same number: %(number)s.") % {"number": display(one)})
                )
        if not found:
            found = self._alike(Sketch.of_record(record))
        matches = [Match(pk, self.titles[pk], *how) for pk, how in found.items() if pk in self.titles]
        return tuple(sorted(matches, key=lambda match: (-match.sure, match.pk))[:MATCHES_SHOWN])

    def _alike(self, sketch):
        found = {}
        for pk, likeness in self._sketches.alike(sketch):
            found[pk] = max(found.get(pk, (likeness, reason_of(likeness))), (likeness, reason_of(likeness)))
        return found


def _as_compared(title):
    """Without an article of any language: files say less of languages than the library does."""
    return sorting_title(title, *ARTICLES)


def reason_of(likeness):
    if likeness == Sure.SAME_WORDS:
        return _("Title, year and authors are the same.")
    return _("Title, year and authors are close.")


def unique_identifiers(record):
    """Those of a record that no two works share."""
    return [one for one in record.identifiers if one.scheme in UNIQUE]


def _names_of_live():
    names = defaultdict(set)
    authors = Contributor.objects.filter(role=ContributorRole.AUTHOR)
    for pk, family, label in authors.values_list("publication", "person__family", "organization__label"):
        names[pk].add(plain(family or label))
    return names


def _names_in(parts, register):
    for row in parts.get(Contributor._meta.label_lower, []):
        maker = register.people.rows.get(row["person_id"]) or register.organizations.rows.get(row["organization_id"])
        if maker and row["role"] == ContributorRole.AUTHOR:
            yield plain(getattr(maker, "family", "") or maker.label)
