"""An entry of the blog, who wrote it, and what to read next."""

from datetime import date, timedelta

from content_editor.models import Region
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from blog.models.series import Series
from publishing.articles import Article, ArticleQuerySet
from publishing.models import Picture, State
from publishing.parts import Part
from publishing.tags import TagsField
from search.documents import SearchDocument, in_order, keys_of
from search.related import RelatedItem
from vocabulary.models import Organization, Person, Role, Topic

# Words that stand below /blog/ and so cannot be the address of an entry.
RESERVED_SLUGS = frozenset({"author", "feed", "organization", "series", "tag", "topic"})

FIRST_DAY, A_YEAR = date(1900, 1, 1), timedelta(days=366)


class EntryQuerySet(ArticleQuerySet):
    def for_list(self):
        return self.select_related("series")

    def for_page(self):
        return self.select_related("series", "picture")

    def for_results(self):
        writers = Byline.objects.select_related("person", "organization")
        return self.for_list().prefetch_related(Prefetch("bylines", writers))

    def for_feed(self):
        return self.for_search().select_related("picture")

    def for_search(self):
        return self.for_results().prefetch_related("topics", "roles", "tags")

    def newest(self):
        return self.order_by("-dated_on", "-pk")

    def older_than(self, entry):
        return self.filter(Q(dated_on__lt=entry.dated_on) | Q(dated_on=entry.dated_on, pk__lt=entry.pk))

    def newer_than(self, entry):
        return self.filter(Q(dated_on__gt=entry.dated_on) | Q(dated_on=entry.dated_on, pk__gt=entry.pk))

    def in_series_order(self):
        return self.order_by(models.F("series_position").asc(nulls_last=True), "dated_on", "pk")


class Entry(Article):
    """An entry of the blog. `dated_on` is the day that readers see and lists go by; it stays when the text changes."""

    dated_on = models.DateField(
        _("date"), null=True, blank=True, help_text=_("The day that readers see. Empty: the day of publishing.")
    )
    correction = models.CharField(
        _("note of correction"),
        max_length=300,
        blank=True,
        help_text=_("What was changed after publishing, and why. Readers see it below the text."),
    )
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True)
    series = models.ForeignKey(
        Series, verbose_name=_("series"), null=True, blank=True, on_delete=models.PROTECT, related_name="entries"
    )
    series_position = models.PositiveSmallIntegerField(
        _("part"), null=True, blank=True, help_text=_("Its number in the series: 1, 2, 3 …")
    )
    picture = models.ForeignKey(
        Picture, verbose_name=_("lead picture"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    picture_text = models.CharField(
        _("what the picture shows"),
        max_length=300,
        blank=True,
        help_text=_("For those who do not see it. Empty: the picture only decorates."),
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True, related_name="entries")
    roles = models.ManyToManyField(Role, verbose_name=_("for whom"), blank=True, related_name="entries")
    tags = TagsField(_("tags"), blank=True, help_text=_("Free words, with commas between them. Choose topics first."))

    takes_responses = models.BooleanField(
        _("readers may respond"),
        default=False,
        help_text=_("What they write comes into the inbox. Only what somebody there shows stands below the text."),
    )

    objects = EntryQuerySet.as_manager()

    detail_view = "blog:entry_detail"
    list_view = "blog:entry_list"
    shown_relations = ("bylines__person", "bylines__organization", "topics", "tags", "relations")
    regions = [Region(key="main", title=_("Text"))]

    class Meta(Article.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        constraints = [
            *Article.Meta.constraints,
            models.UniqueConstraint(fields=["language", "slug"], name="blog_entry_one_a_slug"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(dated_on__isnull=False), name="blog_entry_unpublished_or_dated"
            ),
            models.CheckConstraint(
                condition=Q(series_position=None) | Q(series__isnull=False), name="blog_entry_part_of_a_series"
            ),
            models.CheckConstraint(
                condition=Q(correction="") | Q(corrected_on__isnull=False), name="blog_entry_correction_has_a_day"
            ),
        ]
        indexes = [models.Index(fields=["-dated_on", "-id"], name="blog_entry_newest")]

    def clean(self):
        super().clean()
        self._fill_in_date()  # before the rules of the table are asked
        errors = {}
        if self.slug in RESERVED_SLUGS or self.slug.isdecimal():
            errors["slug"] = _("“%(slug)s” has another meaning here. Choose another address.") % {"slug": self.slug}
        if self.series_position and not self.series:
            errors["series"] = _("A part belongs to a series: choose it, or leave the number empty.")
        if twin := self._twin_in_series():
            errors["series_position"] = _("“%(title)s” is part %(number)s of this series. Choose another number.") % {
                "title": twin.title,
                "number": self.series_position,
            }
        if self.dated_on and not FIRST_DAY <= self.dated_on <= timezone.localdate() + A_YEAR:
            errors["dated_on"] = _("Choose a day from %(year)s on, at most a year ahead.") % {"year": FIRST_DAY.year}
        if self.correction and not self.corrected_on:
            errors["corrected_on"] = _("Say on which day it was corrected.")
        if errors:
            raise ValidationError(errors)

    def save(self, *args, **kwargs):
        self._fill_in_date()
        super().save(*args, **kwargs)

    def _fill_in_date(self):
        if self.published_at and not self.dated_on:
            self.dated_on = timezone.localdate(self.published_at)

    def _twin_in_series(self):
        """The entry that readers see, or will, under the same number of the same series and language; None mostly.

        No constraint says so: an entry that was taken offline keeps its number, and may come back.
        """
        if not (self.series and self.series_position):
            return None
        shown = Entry.objects.in_state(State.LIVE) | Entry.objects.in_state(State.SCHEDULED)
        same = shown.filter(series=self.series, series_position=self.series_position, language=self.language)
        return same.exclude(pk=self.pk).first()

    def prepare_preview(self):
        self.dated_on = self.dated_on or timezone.localdate(self.published_at or timezone.now())

    @property
    def shown_on(self):
        return self.dated_on

    @property
    def writers(self):
        """The records of those who wrote it, in order; asks nothing when they were fetched before."""
        return [writer for one in self.bylines.all() if (writer := one.writer)]

    @property
    def writers_in_words(self):
        """“Martin J. Blank and Coalition for Community Schools”; empty where nobody is named."""
        return get_text_list(self.names_of_authors, gettext("and"))

    makers_in_words = writers_in_words

    @property
    def names_of_authors(self):
        return [str(writer.name) for writer in self.writers]

    def search_document(self):
        topics, roles, tags = (in_order(links) for links in (self.topics, self.roles, self.tags))
        words = [str(writer.name) for writer in self.writers] + [one.name for one in (*topics, *roles, *tags)]
        return SearchDocument.of(
            self,
            authors=[name for writer in self.writers for name in writer.names[:1]],
            body="\n".join(block.words() for block in self.blocks),
            keywords="\n".join([*words, *([self.series.name] if self.series else [])]),
            year=self.dated_on.year if self.dated_on else None,
            dated_on=self.dated_on,
            facets={"topic": keys_of(topics), "role": keys_of(roles)},
        )


class Byline(Part):
    """A person or an organization by whom an entry is, never the account that saved it."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="bylines")
    ordering = models.PositiveIntegerField(_("order"), default=0)
    person = models.ForeignKey(
        Person, verbose_name=_("person"), null=True, blank=True, on_delete=models.PROTECT, related_name="bylines"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("or organization"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bylines",
    )

    parent_field = "entry"

    class Meta:
        verbose_name = _("by whom")
        verbose_name_plural = _("by whom")
        ordering = ["ordering", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person=None, organization__isnull=False) | Q(person__isnull=False, organization=None),
                name="blog_byline_person_or_organization",
                violation_error_message=_("Choose a person or an organization, one of the two."),
            )
        ]

    def __str__(self):
        return str(self.writer or "")

    @property
    def writer(self):
        """The record of the person or the organization; None in an unfinished draft, and where it was deleted since."""
        return self.row_at("person") or self.row_at("organization")


class EntryRelation(RelatedItem):
    parent = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="relations")

    class Meta(RelatedItem.Meta):
        verbose_name = _("related page")
        verbose_name_plural = _("to read next")
