"""What the foot of an entry leads to: the parts of its series before and after it, or the days before and after."""

from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from blog.models import Entry
from publishing.remembered import remembered

A_SIDE = 2  # by the day: the nearest may be shown on the other side, as a part of the series


class Neighbor(NamedTuple):
    label: str
    title: str
    url: str


def neighbors_of(entry):
    """Two Neighbors at most, never two of the same entry; none where an entry stands alone.

    On either side a part of the series comes first, by the order of the parts, then what is earlier or later by its
    day. What nothing stands before leads to the list of all.
    """
    return _neighbors(entry.pk, entry.language, entry.dated_on, entry.series_id, entry.series_position)


@remembered
def _neighbors(pk, language, dated_on, series_id, position):
    """The same by what they follow from: an entry in memory may have others than the row with its key."""
    entry = Entry(pk=pk, language=language, dated_on=dated_on, series_id=series_id, series_position=position)
    others = _nearest(entry)
    previous, following = _in_series(entry, others)
    by_day = [other for other in others if other not in (previous, following)]
    before = _named(_("Previous in this series"), previous) or _named(_("Earlier entry"), _earlier(entry, by_day))
    after = _named(_("Next in this series"), following) or _named(_("Later entry"), _later(entry, by_day))
    if after and not before:
        before = Neighbor(_("All entries"), _("Community Schools Blog"), reverse("blog:entry_list"))
    return [one for one in (before, after) if one]


def _nearest(entry):
    """What readers may see and may be a neighbor, the earliest first: the parts of the series, and some on either side
    by the day. One query, with no more of each than a neighbor shows and goes by.
    """
    others = Entry.objects.public().in_language(entry.language).exclude(pk=entry.pk)
    others = others.only("title", "slug", "language", "dated_on", "series", "series_position")
    parts = others.filter(series=entry.series_id) if entry.series_id else others.none()
    if entry.dated_on is None:
        return list(parts.order_by("dated_on", "pk"))
    before, after = others.older_than(entry).newest(), others.newer_than(entry).order_by("dated_on", "pk")
    return sorted(parts.order_by().union(before[:A_SIDE], after[:A_SIDE]), key=_day)


def _named(label, entry):
    return entry and Neighbor(label, entry.title, entry.get_absolute_url())


def _in_series(entry, others):
    """The parts of its series that stand next to an entry: a pair, None where there is none."""
    parts = [other for other in others if entry.series_id and other.series_id == entry.series_id]
    before = [part for part in parts if _place(part) < _place(entry)]
    after = [part for part in parts if _place(part) > _place(entry)]
    return max(before, key=_place, default=None), min(after, key=_place, default=None)


def _place(entry):
    """Where an entry stands in its series; those without a number stand last, by their day."""
    return (entry.series_position is None, entry.series_position or 0, entry.dated_on, entry.pk)


def _earlier(entry, others):
    return next((other for other in reversed(others) if _day(other) < _day(entry)), None) if entry.dated_on else None


def _later(entry, others):
    return next((other for other in others if _day(other) > _day(entry)), None) if entry.dated_on else None


def _day(entry):
    return entry.dated_on, entry.pk
