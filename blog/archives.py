"""The lists of the blog: all entries, those of a series, a tag, a topic, somebody's, a year or a month."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from blog.models import Entry, Series
from publishing.models import FormerSlug
from publishing.remembered import remembered
from publishing.tags import tag_at
from publishing.toolbars import Link
from vocabulary.models import Organization, Person, Topic


@dataclass(frozen=True)
class Archive:
    """One list: `entries` are all that the public may see in the language at hand, in no order.

    `place` is what stands in the addresses of the list: ("series", "core-values"); empty for all entries, and for
    those of a time, which have no feeds.
    """

    title: str
    entries: object
    url: str
    place: tuple[str, ...] = ()
    text: str = ""

    @property
    def is_series(self):
        return self.place[:1] == ("series",)

    def feed_address(self, kind):
        return reverse("blog:archive_feed" if self.place else "blog:feed", args=[*self.place, kind])


def public_entries():
    return Entry.objects.public().in_language(get_language())


def everything():
    return Archive(_("Community Schools Blog"), public_entries(), reverse("blog:entry_list"))


@dataclass(frozen=True)
class Kind:
    """A way in, by rows of a model: `find(slug)` gives the one at a slug, or None; `path` leads from an entry to it."""

    label: str
    model: type
    find: Callable
    path: str


KINDS = {
    "series": Kind(_("Series"), Series, Series.objects.at, "series"),
    "topic": Kind(_("Topic"), Topic, Topic.objects.at, "topics"),
    "tag": Kind(_("Tag"), Tag, tag_at, "tags"),
    "author": Kind(_("By"), Person, Person.objects.at, "bylines__person"),
    "organization": Kind(_("By"), Organization, Organization.objects.at, "bylines__organization"),
}


_WRITERS = {Person: "author", Organization: "organization"}


def found(name, slug):
    """The archive at an address, which may be a former one. Raises Http404 where nothing public stands."""
    kind = KINDS[name]
    record = kind.find(slug)
    if record is None:
        raise Http404
    keys = Entry.objects.filter(**{kind.path: record.pk}).values("pk")  # by key: each stands once
    entries = _public(Entry.objects.filter(pk__in=keys))
    place = (name, record.slug)
    title, text = f"{kind.label}: {record.name}", getattr(record, "text", "")
    return Archive(title, entries, reverse("blog:archive", args=place), place, text)


def answering(name, slugs):
    """Those of some slugs of one kind at which readers find an archive, or did before; two queries."""
    path = KINDS[name].path
    former = dict(FormerSlug.objects.of(KINDS[name].model, slugs))
    named = Q(**{f"{path}__slug__in": slugs}) | Q(**{f"{path}__in": former.values()})
    now = dict(Entry.objects.public().filter(named).order_by().values_list(f"{path}__slug", path).distinct())
    return {slug for slug in slugs if slug in now or former.get(slug) in now.values()}


def of_time(year, month=None):
    """The entries of a year or a month. Raises Http404 for what is no date, and where nothing public stands."""
    try:
        first = date(year, 1 if month is None else month, 1)
    except ValueError as error:
        raise Http404 from error
    of_year = Entry.objects.filter(dated_on__year=year)
    if month is None:
        return Archive(str(year), _public(of_year), reverse("blog:year", args=[year]))
    of_month = _public(of_year.filter(dated_on__month=month))
    return Archive(date_format(first, "YEAR_MONTH_FORMAT"), of_month, reverse("blog:month", args=[year, month]))


def _public(entries):
    """Those that the public may see in the language at hand, perhaps none; Http404 where there are none in any."""
    public = entries & Entry.objects.public()
    if not public.exists():
        raise Http404
    return public.in_language(get_language())


@remembered
def months():
    """The months with entries, the newest first: dicts with `text`, `url` and `number`; one query at most."""
    counted = (
        public_entries()
        .annotate(month=TruncMonth("dated_on"))
        .order_by("-month")
        .values_list("month")
        .annotate(number=Count("pk"))
    )
    return [
        {
            "text": date_format(month, "YEAR_MONTH_FORMAT"),
            "url": reverse("blog:month", args=[month.year, month.month]),
            "number": number,
        }
        for month, number in counted
    ]


@remembered
def series_in_use():
    """The series that hold public entries, by position, then by the alphabet."""
    return list(Series.objects.filter(entries__in=public_entries()).distinct().in_order())


def links_to_writers(entry):
    """The lists of everything by each of those who wrote an entry."""
    return [
        Link(str(writer.name), reverse("blog:archive", args=[_WRITERS[type(writer)], writer.slug]))
        for writer in entry.writers
    ]


def links_to_subjects(entry):
    """The lists of everything else on the topics of an entry, and with its tags."""
    subjects = [("topic", topic) for topic in entry.topics.all()] + [("tag", tag) for tag in entry.tags.all()]
    return [Link(str(one.name), reverse("blog:archive", args=[name, one.slug])) for name, one in subjects]
