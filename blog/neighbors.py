"""What the foot of an entry leads to: the parts of its series before and after it, or the days before and after."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Entry


class Neighbor(NamedTuple):
    label: str
    title: str
    url: str


def neighbors_of(entry):
    """Two Neighbors at most, never two of the same entry; none where an entry stands alone.

    On either side a part of the series comes first, by the order of the parts, then what is earlier or later by its
    day. What nothing stands before leads to the list of all.
    """
    others = Entry.objects.public().in_language(entry.language).exclude(pk=entry.pk)
    previous, following = _in_series(entry, others)
    by_day = others.exclude(pk__in=[part.pk for part in (previous, following) if part])
    before = _named(_("Previous in this series"), previous) or _named(_("Earlier entry"), _earlier(entry, by_day))
    after = _named(_("Next in this series"), following) or _named(_("Later entry"), _later(entry, by_day))
    if after and not before:
        before = Neighbor(_("All entries"), _("Community Schools Blog"), reverse("blog:entry_list"))
    return [one for one in (before, after) if one]


def _named(label, entry):
    return entry and Neighbor(label, entry.title, entry.get_absolute_url())


def _in_series(entry, others):
    """The parts of its series that stand next to an entry: a pair, None where there is none."""
    parts = list(others.filter(series=entry.series).in_series_order()) if entry.series else []
    before = [part for part in parts if _place(part) < _place(entry)]
    after = [part for part in parts if _place(part) > _place(entry)]
    return (before[-1] if before else None, after[0] if after else None)


def _place(entry):
    """Where an entry stands in its series; those without a number stand last, by their day."""
    return (entry.series_position is None, entry.series_position or 0, entry.dated_on, entry.pk)


def _earlier(entry, others):
    return others.older_than(entry).newest().first() if entry.dated_on else None


def _later(entry, others):
    return others.newer_than(entry).order_by("dated_on", "pk").first() if entry.dated_on else None
