"""What the staff keep for the search: words of one meaning, and what stands above the results of a query."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import PublicRecord, State
from search.languages import key_of_query, rough, words
from search.models.index import Item

MOST_LINES = 30  # of a field that holds a phrase a line
LONGEST_LINE = 100  # characters


class Synonym(PublicRecord):
    """Words that mean the same in our field. Who searches for one of them finds the others too, and is told so.

    Who searches in Spanish finds the English words as well; see `search.engine.synonyms`.
    """

    words = models.TextField(
        _("words in English"),
        blank=True,
        help_text=_(
            "One word or phrase a line, such as “full-service school”. Names and abbreviations stand here too."
        ),
    )
    words_es = models.TextField(
        _("words in Spanish"),
        blank=True,
        help_text=_("The same in Spanish. Who searches for one of these finds English texts by the words above too."),
    )

    class Meta:
        verbose_name = _("group of synonyms")
        verbose_name_plural = _("synonyms")
        ordering = ["words", "words_es", "pk"]

    def __str__(self):
        return ", ".join(self.phrases)

    def clean(self):
        errors = {name: faults for name in ("words", "words_es") if (faults := faults_of_lines(getattr(self, name)))}
        if errors:
            raise ValidationError(errors)
        if len({rough(phrase) for phrase in self.phrases}) < 2:
            raise ValidationError({"words": _("Write at least two lines, each with another word or phrase.")})

    @property
    def phrases(self):
        """The lines that hold a word, in order, the English ones first."""
        return lines_of(self.words) + lines_of(self.words_es)


def lines_of(text):
    """The lines that hold a word."""
    return [line.strip() for line in text.splitlines() if words(line)]


def faults_of_lines(text):
    """What is wrong with a field that holds a phrase a line, in words."""
    lines = lines_of(text)
    if len(lines) > MOST_LINES:
        return _("Write at most %(most)s lines; these are %(number)s.") % {"most": MOST_LINES, "number": len(lines)}
    if any(len(line) > LONGEST_LINE for line in lines):
        return _("A line has at most %(most)s characters.") % {"most": LONGEST_LINE}
    return ""


class BestResultQuerySet(models.QuerySet):
    def in_force(self):
        return self.filter(Q(until=None) | Q(until__gte=timezone.localdate()))

    def on_pages_in(self, language):
        return self.filter(language__in=[self.model.Language.ANY, language])

    def with_items(self):
        """Each with what is known of its item now: `state`, and, where the index holds it, `title` and `address`."""
        its = Item.objects.filter(owner_label=OuterRef("owner_label"), owner_key=OuterRef("owner_key"))
        return self.annotate(
            title=Subquery(its.values("title")[:1]),
            address=Subquery(its.values("address")[:1]),
            is_public=Exists(its.public()),
            is_to_come=Exists(its.in_state(State.SCHEDULED)),
        )


class BestResult(PublicRecord):
    """An item that stands above all results of some queries, chosen by the staff.

    It is kept by the key of the item in the index, so that a page that moves keeps it. Readers see it only while that
    item is public; `last_title` is for the staff, when it is gone.
    """

    class Language(models.TextChoices):
        ANY = "", _("Any language")
        ENGLISH = "en", _("English")
        SPANISH = "es", _("Spanish")

    queries = models.TextField(
        _("searches"),
        help_text=_(
            "One search a line, such as “mission”. Capitals, accents, the order of the words and the s of a plural "
            "do not count."
        ),
    )
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=Language.choices,
        default=Language.ANY,
        blank=True,
        help_text=_("The language of the pages on which people search."),
    )
    owner_label = models.CharField(max_length=100, editable=False)
    owner_key = models.CharField(max_length=64, editable=False)
    last_title = models.TextField(editable=False)
    position = models.PositiveSmallIntegerField(
        _("position"), default=1, help_text=_("Where several stand above the same results: small numbers come first.")
    )
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day on which it is shown. Empty: it stays.")
    )
    note = models.CharField(
        _("note"), max_length=300, blank=True, help_text=_("Why it was chosen. Readers do not see it.")
    )
    keys = ArrayField(models.TextField(), default=list, blank=True, editable=False)

    objects = BestResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("best result")
        verbose_name_plural = _("best results")
        ordering = ["queries", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(queries="") & ~Q(owner_label="") & ~Q(owner_key=""), name="search_bestresult_complete"
            )
        ]

    def __str__(self):
        return ", ".join(lines_of(self.queries))

    def save(self, *args, **kwargs):
        self.note_keys()
        super().save(*args, **kwargs)

    def clean(self):
        if faults := faults_of_lines(self.queries):
            raise ValidationError({"queries": faults})
        if self.queries and not lines_of(self.queries):
            raise ValidationError({"queries": _("Write at least one search, with a word in it.")})

    @property
    def is_over(self):
        return self.until is not None and self.until < timezone.localdate()

    @property
    def owner(self):
        """Label and key of the item."""
        return self.owner_label, self.owner_key

    def is_on_pages_in(self, language):
        return self.language in (self.Language.ANY, language)

    def note_keys(self):
        """Keep the keys of the searches as they are written now."""
        self.keys = [key_of_query(line) for line in lines_of(self.queries)]

    def choose(self, item):
        """Let a row of the index stand on top."""
        self.owner_label, self.owner_key, self.last_title = item.owner_label, item.owner_key, item.title
