"""A work of the library: a report, a guide, an article, and what is known of it."""

from collections import Counter

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, slug_re
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from publishing import related
from publishing.changes import CHANGED, HAS_END
from publishing.many_to_many import as_fetched
from publishing.models import LIFE_CONSTRAINTS, FormerSlug, Picture, Publishable, complete_when_published
from publishing.sorting import sorting_title
from publishing.tags import TagsField
from publishing.usage import Use
from resources.dates import fault_of_date, is_in_calendar
from resources.kinds import Access, ContributorRole, Kind, Level, License
from resources.models.queries import NEWEST_FIRST, PublicationQuerySet
from resources.models.series import Series
from resources.page_ranges import fault_of_page_range
from resources.records import PartialDate, joined_title
from vocabulary.models import Place, Result, Role, Topic

WORK_LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("fr", _("French")), ("pt", _("Portuguese")),
                  ("zh", _("Chinese")), ("ar", _("Arabic")), ("vi", _("Vietnamese")), ("ht", _("Haitian Creole")),
                  ("so", _("Somali"))]  # fmt: skip
# Words that stand below /resources/publications/ and so cannot be the address of a work.
RESERVED_SLUGS = frozenset({
    "a-z", "author", "chosen", "export", "feed", "found", "kind", "level", "organization", "place", "result", "role",
    "series", "tag", "topic", "year",
})  # fmt: skip


NAMES_IN_A_LINE = 3
KINDS_IN_WORDS = dict(Kind.choices)


class Publication(Publishable):
    """A work: bibliographic facts, what it says in plain words, and its files.

    `language` is that of the record; `work_language` that of the work.
    """

    title = models.CharField(
        _("title"), max_length=500, help_text=_("As printed, without the subtitle: Making the Difference")
    )
    subtitle = models.CharField(
        _("subtitle"), max_length=500, blank=True, help_text=_("As printed: Research and Practice in Community Schools")
    )
    summary = models.CharField(
        _("summary in plain words"),
        max_length=600,
        blank=True,
        default="",
        help_text=_("Two or three short sentences of our own: what is in it, for whom. Lists and search show them."),
    )
    abstract = models.TextField(
        _("abstract"),
        blank=True,
        max_length=10_000,
        help_text=_("The abstract that the work itself or its publisher gives, with their permission."),
    )
    work_kind = models.CharField(
        _("kind"), max_length=20, choices=Kind.choices, blank=True, help_text=_("Empty: not known.")
    )
    issued_year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1600), MaxValueValidator(2200)]
    )
    issued_month = models.PositiveSmallIntegerField(
        _("month"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(12)]
    )
    issued_day = models.PositiveSmallIntegerField(
        _("day"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    work_language = models.CharField(_("language of the work"), max_length=2, choices=WORK_LANGUAGES, blank=True)
    page_count = models.PositiveIntegerField(
        _("number of pages"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(20_000)]
    )
    edition = models.CharField(_("edition"), max_length=100, blank=True, help_text=_("Such as 2nd ed."))
    series = models.ForeignKey(
        Series,
        verbose_name=_("series or journal"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="publications",
    )
    book = models.CharField(
        _("in the book"), max_length=500, blank=True, help_text=_("For a chapter: the title of the book.")
    )
    volume = models.CharField(_("volume"), max_length=50, blank=True)
    number = models.CharField(
        _("issue or number"), max_length=50, blank=True, help_text=_("The issue of a journal, the number in a series.")
    )
    page_range = models.CharField(
        _("pages in it"), max_length=100, blank=True, help_text=_("In a journal or a book, such as 4-9, 43")
    )
    levels = ArrayField(
        models.CharField(max_length=10, choices=Level.choices), verbose_name=_("levels"), default=list, blank=True
    )
    roles = models.ManyToManyField(Role, verbose_name=_("for whom"), blank=True, related_name="publications")
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="publications")
    results = models.ManyToManyField(Result, verbose_name=_("results"), blank=True, related_name="publications")
    places = models.ManyToManyField(Place, verbose_name=_("places"), blank=True, related_name="publications")
    tags = TagsField(_("tags"), blank=True, help_text=_("Free words, with commas between them. Choose topics first."))
    access = models.CharField(_("access"), max_length=20, choices=Access.choices, blank=True)
    license = models.CharField(_("license"), max_length=20, choices=License.choices, blank=True)
    rights = models.CharField(
        _("rights"), max_length=500, blank=True, help_text=_("What the work itself says about copying, in its words.")
    )
    picture = models.ForeignKey(
        Picture,
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Empty: the first page of the first file."),
    )
    facts_source = models.CharField(
        _("source of the facts"),
        max_length=500,
        blank=True,
        help_text=_("Where you saw title, authors and year. Readers see it below the facts."),
    )
    sort_title = models.CharField(max_length=500, editable=False)

    objects = PublicationQuerySet.as_manager()

    list_view = "resources:publication_list"
    shown_relations = (  # what its record shows, as `together.fetch` reads them
        "contributors__person", "contributors__organization", "files__file", "identifiers", "links",
        "topics", "roles", "results", "places", "tags", "relations", "reverse_relations",
    )  # fmt: skip
    summary_length = 400
    needs_summary = False  # a true record without a summary is worth more than none

    class Meta(Publishable.Meta):
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            complete_when_published("title", "slug"),
            *LIFE_CONSTRAINTS,
            models.UniqueConstraint(fields=["slug"], name="resources_publication_one_a_slug"),
            models.CheckConstraint(
                condition=Q(issued_day=None) | Q(issued_month__isnull=False), name="resources_publication_day_has_month"
            ),
            models.CheckConstraint(
                condition=Q(issued_month=None) | Q(issued_year__isnull=False),
                name="resources_publication_month_has_year",
            ),
        ]
        indexes = [
            models.Index(*NEWEST_FIRST, "sort_title", "id", name="resources_publication_by_date"),
            models.Index(fields=["sort_title", "id"], name="resources_publication_by_title"),
            models.Index(fields=["-published_at", "-id"], name="resources_publication_public"),
            models.Index(CHANGED, "id", name="resources_publication_changed"),
            models.Index(fields=["retired_at"], condition=HAS_END, name="resources_publication_retired"),
            # For the shelves.
            models.Index(fields=["sort_title"], name="resources_publication_title", opclasses=["varchar_pattern_ops"]),
            models.Index(fields=["work_kind"], name="resources_publication_kind"),
            GinIndex(fields=["levels"], name="resources_publication_levels"),
        ]

    def get_absolute_url(self):
        """The address of the record; None while a draft has none."""
        return reverse("resources:publication_detail", args=[self.slug]) if self.slug else None

    def addresses(self):
        """The record stands in each language, at the same slug."""
        return [self.absolute_url_in(code) for code, _name in settings.LANGUAGES] if self.slug else []

    def used_in(self):
        """The public texts that link here, and the public works that name this one."""
        naming = type(self).objects.public().filter(relations__other=self)
        return list(dict.fromkeys([*super().used_in(), *map(Use.by, naming)]))

    def clean(self):
        super().clean()
        errors = {}
        if self.slug in RESERVED_SLUGS or self.slug.isdecimal():
            errors["slug"] = _("“%(slug)s” has another meaning here. Choose another address.") % {"slug": self.slug}
        if message := fault_of_date(self.issued_year, self.issued_month, self.issued_day):
            errors["issued_day"] = message
        if self.volume and not self.series and not self.book:
            errors["series"] = _("A volume belongs to a series, a journal or a book: name it.")
        if message := fault_of_page_range(self.page_range):
            errors["page_range"] = message
        names = Counter(file.public_name for file in self.files.all() if file.file_id)
        if twice := [name for name, number in names.items() if number > 1]:
            message = _("Two files would have the same name, %(name)s. Say what each of them is, or give them names.")
            errors[NON_FIELD_ERRORS] = message % {"name": twice[0]}
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        self.sort_title = sorting_title(self.title, self.work_language or self.language)
        with transaction.atomic():
            FormerSlug.objects.keep(self)
            super().save(*args, **kwargs)

    def prepare_preview(self):
        """Leave out, in memory, what a draft may hold and a page cannot show."""
        related.fetch(self, with_links=False)
        self.leave_out_unfinished("contributors", "identifiers", "files", "links")
        if not is_in_calendar(self.issued_year, self.issued_month, self.issued_day):
            self.issued_year = self.issued_month = self.issued_day = None

    def leave_out_unfinished(self, *parts):
        """Leave out of these parts, in memory, the rows that say nothing yet; make up an address where it has none."""
        if not slug_re.fullmatch(self.slug):
            self.slug = f"new-{self.pk}"
        rows = {name: [row for row in getattr(self, name).all() if row.is_finished] for name in parts}
        # Not changed in place: copies of an item share it.
        self._prefetched_objects_cache = self._prefetched_objects_cache | {
            name: as_fetched(getattr(self, name).model, finished) for name, finished in rows.items()
        }

    @property
    def kind(self):
        """What a reader calls it: “Report”."""
        return self._kind_in_words or super().kind

    @property
    def _kind_in_words(self):
        # Django's get_work_kind_display translates all kinds to find one: of a list, for each row.
        return str(KINDS_IN_WORDS.get(self.work_kind, self.work_kind))

    @property
    def full_title(self):
        return joined_title(self.title, self.subtitle)

    @property
    def issued(self):
        """When it came out, in the precision that is known; None where nothing is."""
        if not self.issued_year:
            return None
        return PartialDate(self.issued_year, self.issued_month, self.issued_day)

    @property
    def issued_in_words(self):
        """“September 5, 2011”, “September 2011”, “2011”; empty where nothing is known."""
        if not self.issued_year:
            return ""
        day = self.issued.first_day
        if self.issued_day:
            return date_format(day, "DATE_FORMAT")
        return date_format(day, "YEAR_MONTH_FORMAT") if self.issued_month else str(self.issued_year)

    def makers(self, *roles):
        """Those who had one of these roles, in their order; asks nothing when they were fetched before."""
        return [one for one in self.contributors.all() if one.role in roles]

    @property
    def authors(self):
        """Authors; where there are none, editors: those whom a list names."""
        return self.makers(ContributorRole.AUTHOR) or self.makers(ContributorRole.EDITOR)

    @property
    def names_of_authors(self):
        """Those of its publishers where it names neither authors nor editors."""
        return [str(one.maker.name) for one in self.authors or self.makers(ContributorRole.PUBLISHER)]

    @property
    def cover_file(self):
        """The stored file whose first page stands for the work; None where none was read."""
        return next((one.file for one in self.files.all() if one.file.cover), None)

    @property
    def makers_in_words(self):
        """“Martin J. Blank, Atelia Melaville and 2 others. Coalition for Community Schools”, for a line of a list."""
        names = [str(one.maker.name) for one in self.authors]
        publishers = [str(one.maker.name) for one in self.makers(ContributorRole.PUBLISHER)]
        publishers = [name for name in publishers if name not in names]
        if len(names) > NAMES_IN_A_LINE:
            left = len(names) - NAMES_IN_A_LINE + 1
            others = ngettext("%(count)s other", "%(count)s others", left) % {"count": left}
            names = [*names[: NAMES_IN_A_LINE - 1], others]
        return ". ".join(filter(None, (get_text_list(names, gettext("and")), ", ".join(publishers))))

    @property
    def about_in_words(self):
        """“Report, 62 pages · About evaluation, attendance”, for a line of a list."""
        pages = ngettext("%(count)s page", "%(count)s pages", self.page_count or 0) % {"count": self.page_count}
        facts = ", ".join(filter(None, (self._kind_in_words, pages if self.page_count else "")))
        topics = ", ".join(topic.name for topic in self.topics.all())
        about = gettext("About %(topics)s") % {"topics": topics} if topics else ""
        return " · ".join(filter(None, (facts, about)))
