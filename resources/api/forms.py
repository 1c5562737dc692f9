"""What the address of the list may say: its filters, and where a walk through it goes on."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.dateparse import parse_datetime

from publishing.remembered import remembered
from resources.models import Publication
from resources.shelves import SHELVES

WORKS_A_PAGE = 50
MOST_A_PAGE = 100
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class CompartmentField(forms.CharField):
    """The slug of a compartment of a shelf, now or formerly; clean, it is the compartment."""

    def __init__(self, shelf):
        super().__init__(required=False)
        self.shelf = shelf

    def clean(self, value):
        slug = super().clean(value)
        compartment = self.shelf.find(slug) if slug else None
        if slug and compartment is None:
            raise ValidationError("no publication is listed under this value")
        return compartment


class MomentField(forms.CharField):
    """A day or a moment as ISO 8601 has them; without a zone it is that of UTC.

    A zone farther from UTC than any on earth is none: Python knows it up to 24 hours, the database up to 16.
    """

    FARTHEST_ZONE = timedelta(hours=14)

    def clean(self, value):
        text = super().clean(value).replace(" ", "+")  # a plus sign that was not written as %2B
        try:
            moment = parse_datetime(text) if text else None
        except ValueError:
            moment = None
        if text and moment is None:
            raise ValidationError("write a day or a moment, such as 2026-11-03 or 2026-11-03T15:00:00Z")
        if moment and moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        if moment and abs(moment.utcoffset()) > self.FARTHEST_ZONE:
            raise ValidationError("its time zone lies more than 14 hours from UTC, and there is none so far")
        return moment


class Place:
    """Where a page ends: the moment and the key of its last work. Works that are added or changed come behind it."""

    WRITTEN = re.compile(r"(?P<microseconds>[0-9]{1,17})-(?P<key>[0-9]{1,18})")

    def __init__(self, moment, key):
        self.moment, self.key = moment, key

    def __str__(self):
        return f"{(self.moment - EPOCH) // timedelta(microseconds=1)}-{self.key}"

    @classmethod
    def read(cls, text):
        """The Place that a text stands for; None where it stands for none."""
        found = cls.WRITTEN.fullmatch(text)
        return cls(EPOCH + timedelta(microseconds=int(found[1])), int(found[2])) if found else None

    def works_behind(self, works):
        return works.filter(Q(changed_at__gte=self.moment) & (Q(changed_at__gt=self.moment) | Q(pk__gt=self.key)))


class PlaceField(forms.CharField):
    def clean(self, value):
        text = super().clean(value)
        if text and Place.read(text) is None:
            raise ValidationError("follow “next” as it is given; this is the first page")
        return Place.read(text)


class ParametersForm(forms.Form):
    """The parameters of the list. Wrong values are left out, and `notes` says so."""

    page_size = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=MOST_A_PAGE,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"write a number from 1 to {MOST_A_PAGE}; {WORKS_A_PAGE} is used"
        ),
    )
    updated_since = MomentField(required=False)
    after = PlaceField(required=False)

    def __init__(self, query):
        super().__init__(query)
        self.fields |= {name: CompartmentField(shelf) for name, shelf in SHELVES.items()}
        self.is_valid()

    @property
    def notes(self):
        """Sentences about what was left out of the address."""
        wrong = [f"“{name}” was left out: {faults[0]}." for name, faults in self.errors.items()]
        unknown = [f"“{name}” is not a parameter of this list." for name in self.data if name not in self.fields]
        twice = [
            f"“{name}” stands more than once; the last one counts."
            for name in self.fields
            if len(self.data.getlist(name)) > 1
        ]
        return [*wrong, *unknown, *twice]

    @property
    def page_size_chosen(self):
        return self.cleaned_data.get("page_size") or WORKS_A_PAGE

    @property
    def works(self):
        """The public works that pass the filters, with `changed_at`, in the order of their change."""
        return _works(*self._filters).order_by("changed_at", "pk")

    @property
    def count(self):
        """How many they are."""
        return _count(*self._filters)

    def page_of(self, works):
        """One page of them, and the query string of the next one; empty at the end."""
        place = self.cleaned_data.get("after")
        behind = place.works_behind(works) if place else works
        page = list(behind[: self.page_size_chosen + 1])
        if len(page) <= self.page_size_chosen:
            return page, ""
        page.pop()
        return page, self._query_behind(page[-1])

    @property
    def _filters(self):
        compartments = tuple((one.shelf.name, one.slug) for one in self._compartments)
        return compartments, self.cleaned_data.get("updated_since")

    @property
    def _compartments(self):
        return [found for name in SHELVES if (found := self.cleaned_data.get(name))]

    def _query_behind(self, work):
        values = {one.shelf.name: one.slug for one in self._compartments}
        if since := self.cleaned_data.get("updated_since"):
            values["updated_since"] = since.isoformat()
        if size := self.cleaned_data.get("page_size"):
            values["page_size"] = size
        return urlencode(values | {"after": Place(work.changed_at, work.pk)})


def _works(compartments, since):
    """The public works in some compartments, pairs of a shelf and a slug, changed since a moment where one is given."""
    works = Publication.objects.public_with_change()
    for shelf, slug in compartments:
        works = works.filter(pk__in=SHELVES[shelf].works(slug).values("pk"))
    return works.filter(changed_at__gte=since) if since else works


@remembered  # each page of a walk through the list says how long the whole is
def _count(compartments, since):
    return _works(compartments, since).count()
