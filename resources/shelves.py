"""Shelves: the lasting lists of the library, by topic, author, year and so on.

A shelf has compartments, each with an address of its own: /resources/publications/topic/evaluation/.
"""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import Left
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.models import Tag

from publishing.models import FormerSlug
from publishing.remembered import remembered
from publishing.sorting import alphabetical
from publishing.tags import tag_at
from resources.kinds import Kind, Level
from resources.models import Publication, Series
from vocabulary.models import Organization, Person, Place, Result, Role, Topic

NO_LETTER = "0-9"  # titles that begin with something else


@dataclass(frozen=True)
class Compartment:
    """One list of a shelf. `works` is every public work in it; `counted` is set where compartments are listed."""

    shelf: object
    slug: str
    name: str
    text: str = ""  # what belongs here, in one sentence
    counted: int | None = None

    @property
    def works(self):
        return self.shelf.works(self.slug)

    @property
    def count(self):
        """How many works it holds, counted once a content version."""
        return _count(self.shelf.name, self.slug) if self.counted is None else self.counted

    @property
    def title(self):
        """For headings, feeds and the title of the page: “Topic: Evaluation”."""
        return f"{self.shelf.label}: {self.name}"

    def get_absolute_url(self):
        return reverse("resources:shelf", args=[self.shelf.name, self.slug])


class Shelf:
    """`name` stands in addresses; `label` says what a compartment is, `plural` what the shelf is."""

    def __init__(self, name, label, plural):
        self.name, self.label, self.plural = name, label, plural

    def find(self, slug):
        """The compartment at a slug, which may be a former one: compare the slugs. None where nothing stands."""
        raise NotImplementedError

    def works(self, slug):
        raise NotImplementedError

    def answering(self, slugs):
        """Those of some slugs at which readers find a compartment, or are sent on to one; a query or two."""
        held = {one.slug for one in compartments_of(self.name)}
        return {slug for slug in slugs if (found := self.find(slug)) and found.slug in held}

    def compartments(self):
        """All that hold public works, in order, counted by one query."""
        raise NotImplementedError

    @property
    def title(self):
        return self.plural

    def get_absolute_url(self):
        return reverse("resources:shelf_index", args=[self.name])


class RecordShelf(Shelf):
    """By the records of a vocabulary. `path` leads from a publication to the record."""

    def __init__(self, name, label, plural, model, path):
        super().__init__(name, label, plural)
        self.model, self.path = model, path

    def find(self, slug):
        # Records of works that are not public are nobody's business: a writer's new topic is no text for readers yet.
        record = self.record_at(slug)
        compartment = self._compartment(record) if record else None
        return compartment if compartment and compartment.works.exists() else None

    def record_at(self, slug):
        return self.model.objects.at(slug)

    def _compartment(self, record, counted=None):
        return Compartment(self, record.slug, record.name, getattr(record, "text", ""), counted)

    def works(self, slug):
        # By key, so that a work with two links to the record stands once.
        found = Publication.objects.filter(**{f"{self.path}__slug": slug})
        return Publication.objects.public().filter(pk__in=found.values("pk"))

    def answering(self, slugs):
        former = dict(FormerSlug.objects.of(self.model, slugs))
        named = Q(**{f"{self.path}__slug__in": slugs}) | Q(**{f"{self.path}__in": former.values()})
        works = Publication.objects.public().filter(named).order_by()
        now = dict(works.values_list(f"{self.path}__slug", self.path).distinct())
        return {slug for slug in slugs if slug in now or former.get(slug) in now.values()}

    def compartments(self):
        counted = (
            Publication.objects.public()
            .filter(**{f"{self.path}__isnull": False})
            .order_by()
            .values_list(self.path)
            .annotate(number=Count("pk", distinct=True))
        )
        counts = dict(counted)
        return [self._compartment(record, counts[record.pk]) for record in self.records(counts)]

    def records(self, keys):
        """Those with these keys, in the order in which a reader looks for them."""
        return self.model.objects.filter(pk__in=keys).in_order()


class TagShelf(RecordShelf):
    def record_at(self, slug):
        return tag_at(slug)

    def records(self, keys):
        return Tag.objects.filter(pk__in=keys).order_by(alphabetical("name"))


class ChoiceShelf(Shelf):
    """By the members of a list of choices that stand in a column."""

    def __init__(self, name, label, plural, choices, lookup):
        super().__init__(name, label, plural)
        self.choices, self.lookup = choices, lookup

    def find(self, slug):
        value = slug.replace("-", "_")
        return self._compartment(value) if value in self.choices.values else None

    def _compartment(self, value, counted=None):
        return Compartment(self, value.replace("_", "-"), self.choices(value).label, counted=counted)

    def works(self, slug):
        return Publication.objects.public().filter(self._holds(slug.replace("-", "_")))

    def _holds(self, value):
        return Q(**{self.lookup: [value] if self.lookup.endswith("__contains") else value})

    def compartments(self):
        values = self.choices.values
        counts = {value: Count("pk", filter=self._holds(value)) for value in values}
        counts = Publication.objects.public().aggregate(**counts)
        return [self._compartment(value, counts[value]) for value in values if counts[value]]


class YearShelf(Shelf):
    def find(self, slug):
        return Compartment(self, slug, slug) if slug.isdecimal() and slug.isascii() and len(slug) == 4 else None

    def works(self, slug):
        return Publication.objects.public().filter(issued_year=int(slug))

    def compartments(self):
        years = Publication.objects.public().filter(issued_year__isnull=False).order_by().values_list("issued_year")
        counted = years.annotate(number=Count("pk")).order_by("-issued_year")
        return [Compartment(self, f"{year:04}", f"{year:04}", counted=number) for year, number in counted]


class LetterShelf(Shelf):
    """By the first letter of the title, all in one alphabet: accents and capitals do not count."""

    def find(self, slug):
        is_letter = len(slug) == 1 and slug.isascii() and slug.islower()
        return Compartment(self, slug, slug.upper()) if is_letter or slug == NO_LETTER else None

    def works(self, slug):
        works = Publication.objects.public()
        if slug == NO_LETTER:
            return works.exclude(sort_title__regex="^[a-z]")
        return works.filter(sort_title__startswith=slug)

    def compartments(self):
        initials = Publication.objects.public().order_by().values_list(Left("sort_title", 1))
        counts = Counter()
        for initial, number in initials.annotate(number=Count("pk")):
            counts[initial if "a" <= initial <= "z" else NO_LETTER] += number
        return [Compartment(self, slug, slug.upper(), counted=number) for slug, number in sorted(counts.items())]


SHELVES = {
    shelf.name: shelf
    for shelf in (
        RecordShelf("topic", _("Topic"), _("Topics"), Topic, "topics"),
        RecordShelf("role", _("For"), _("Leadership roles"), Role, "roles"),
        RecordShelf("result", _("Result"), _("Results"), Result, "results"),
        RecordShelf("place", _("Place"), _("Places"), Place, "places"),
        RecordShelf("author", _("By"), _("People"), Person, "contributors__person"),
        RecordShelf("organization", _("By"), _("Organizations"), Organization, "contributors__organization"),
        YearShelf("year", _("Year"), _("Years")),
        ChoiceShelf("kind", _("Kind"), _("Kinds"), Kind, "work_kind"),
        ChoiceShelf("level", _("Level"), _("Levels"), Level, "levels__contains"),
        RecordShelf("series", _("Series"), _("Series and journals"), Series, "series"),
        TagShelf("tag", _("Tag"), _("Tags"), Tag, "tags"),
        LetterShelf("a-z", _("Titles with"), _("Titles from A to Z")),
    )
}


@remembered
def compartments_of(name):
    """The compartments of a shelf as its index shows them: every work is counted for it."""
    return list(SHELVES[name].compartments())


@remembered
def _count(shelf, slug):
    return SHELVES[shelf].works(slug).count()
