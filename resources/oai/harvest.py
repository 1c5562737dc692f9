"""What may be harvested: works that are or were public, and the traces of those that were deleted since.

All stand in one order, by the moment of their last change and then by key, which is also the order in which
resumption tokens go on.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Exists, F, Min, OuterRef, Q

from publishing.remembered import remembered
from resources.models import DeletedWork, Publication
from resources.oai import repository
from vocabulary.models import Topic

PREFIX = "topic"  # the set of all works with topics, and what the names of the sets below it begin with
KEY = re.compile(r"[1-9][0-9]{0,17}", re.ASCII)


@dataclass(frozen=True)
class Entry:
    """One record as a harvester is told of it. Without `work` it is a deleted one."""

    key: int
    changed_at: datetime
    topics: tuple[str, ...]
    work: Publication | None = None

    @property
    def identifier(self):
        return identifier_of(self.key)

    @property
    def sets(self):
        return [set_of(slug) for slug in self.topics]


@dataclass(frozen=True)
class Selection:
    """Some of the records: public works, retired ones and traces, three querysets with `changed_at`."""

    works: object
    retired: object
    traces: object

    def filter(self, condition):
        return Selection(*(rows.filter(condition) for rows in self.all))

    def changed(self, since=None, until=None):
        """Those whose last change lies between two moments, both included."""
        selection = self.filter(Q(changed_at__gte=since)) if since else self
        return selection.filter(Q(changed_at__lte=until)) if until else selection

    def behind(self, changed_at, key):
        """Those that come after the record with this moment and key."""
        return self.filter(Q(changed_at__gte=changed_at) & (Q(changed_at__gt=changed_at) | Q(pk__gt=key)))

    def in_set(self, name):
        """Those in a set, under its name or a former one; None where there is no such set."""
        if name == PREFIX:  # by key, so that a work with two topics stands once
            return Selection(*(rows.filter(pk__in=rows.exclude(topics=None).values("pk")) for rows in self.all))
        prefix, _colon, slug = name.partition(":")
        topic = Topic.objects.at(slug) if prefix == PREFIX else None
        return self.filter(Q(topics=topic)) if topic else None

    def first(self, number, *, with_works):
        """The first entries, in the order of the list; the facts of works are read `with_works` only."""
        works = self.works.for_record() if with_works else self.works.prefetch_related("topics")
        without_facts = [rows.prefetch_related("topics") for rows in (self.retired, self.traces)]
        rows = [row for some in (works, *without_facts) for row in _first(some, number)]
        rows.sort(key=lambda row: (row.changed_at, row.pk))
        return [_entry(row) for row in rows[:number]]

    def count(self):
        return sum(rows.count() for rows in self.all)

    def earliest(self):
        """The moment of the oldest change; None where there is nothing."""
        moments = [rows.aggregate(first=Min("changed_at"))["first"] for rows in self.all]
        return min(filter(None, moments), default=None)

    @property
    def all(self):
        return self.works, self.retired, self.traces


def everything():
    """All records. What never was public is not among them."""
    return Selection(
        Publication.objects.public_with_change(),
        Publication.objects.retired_with_change(),
        DeletedWork.objects.still_gone().annotate(changed_at=F("deleted_at")),
    )


def selected(since, until, name):
    """The records changed between two moments, in the set of a name; None where there is no such set."""
    selection = everything().changed(since, until)
    return selection.in_set(name) if name else selection


@remembered  # each part of a list says how long the whole is
def size(since, until, name):
    """How many records these are."""
    return selected(since, until, name).count()


def find(identifier, *, with_works=True):
    """The entry with an identifier; None where there never was one."""
    prefix, _slash, key = identifier.rpartition("/")
    if f"{prefix}/" != identifier_of("") or not KEY.fullmatch(key):
        return None
    return next(iter(everything().filter(Q(pk=int(key))).first(1, with_works=with_works)), None)


def sets():
    """The topics that hold records, in their order."""
    holds = [Exists(rows.filter(topics=OuterRef("pk"))) for rows in everything().all]
    return Topic.objects.filter(reduce(or_, holds))


def set_of(slug):
    """The name of a set in the protocol."""
    return f"{PREFIX}:{slug}"


def identifier_of(key):
    """The lasting identifier of a record: it stays when title and address change."""
    return f"oai:{repository()}:publications/{key}"


def _first(rows, number):
    return rows.order_by("changed_at", "pk")[:number]


def _entry(row):
    is_deleted = isinstance(row, DeletedWork) or row.is_retired
    topics = tuple(topic.slug for topic in row.topics.all())
    return Entry(row.pk, row.changed_at, topics, None if is_deleted else row)
