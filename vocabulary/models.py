"""The controlled words of the site: what works are about, for whom, where, and who made them.

Records, not texts: they are live at once, with the admin's log, and have no drafts.
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from publishing.ancestors import stands_under
from publishing.models import ContentVersion, FormerSlug, PublicRecord
from publishing.publish import lock_items, show_anew
from publishing.sorting import alphabetical
from publishing.usage import items_naming
from vocabulary.alphabet import alphabetical_in
from vocabulary.slugs import LONGEST_SLUG, free_slug


class VocabularyQuerySet(models.QuerySet):
    def at(self, slug):
        """The record at an address, found by its former addresses too; None where nothing ever was."""
        return self.filter(slug=slug).first() or self.filter(pk=FormerSlug.objects.now_at(self.model, slug)).first()

    def in_order(self):
        """By the names that readers see in the language at hand."""
        if "label_es" not in self.model.name_fields:
            return self
        first = ["position"] if issubclass(self.model, Term) else []
        return self.order_by(*first, alphabetical_in(get_language()))


class Vocabulary(PublicRecord):
    """A record with an address of its own, which it keeps when it is renamed or merged."""

    slug = models.SlugField(
        _("address"),
        max_length=LONGEST_SLUG,
        unique=True,
        blank=True,
        help_text=_(
            "The last part of its address. Empty: made from the name. "
            "If you change it, the old address leads to the new one."
        ),
    )
    other_names = models.TextField(
        _("other names"),
        blank=True,
        max_length=5000,
        help_text=_("Other words for the same, in English or Spanish, one a line. Search and imports find it by them."),
    )

    objects = VocabularyQuerySet.as_manager()

    name_fields = ()  # the columns that are its names, the first one shown
    other_facts = ()  # columns besides that the items which name it show, or are found by

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with ContentVersion.raised_at_the_end():
            lock_items(items_naming(self))
            FormerSlug.objects.keep(self)
            before = self._shown()
            super().save(*args, **kwargs)
            if before and before != self._shown():
                show_anew(items_naming(self))

    def _shown(self):
        """What the items that name it show of it, as it is stored; None for a new record."""
        shown = ("slug", *self.name_fields, *self.other_facts)
        return type(self)._base_manager.filter(pk=self.pk).values_list(*shown).first()

    def clean(self):
        super().clean()
        if not self.slug:
            others = type(self).objects.exclude(pk=self.pk)
            self.slug = free_slug(self.name, set(others.values_list("slug", flat=True)))
        if not self.slug:
            raise ValidationError({"slug": _("Write an address: small letters, digits and hyphens.")})

    @property
    def names(self):
        """All names, without repetition, the shown one first."""
        names = [getattr(self, field) for field in self.name_fields] + self.other_names.splitlines()
        return list(dict.fromkeys(name.strip() for name in names if name.strip()))


class Labeled(models.Model):
    """What has a name in both languages."""

    label = models.CharField(_("name"), max_length=100)
    label_es = models.CharField(_("name in Spanish"), max_length=100, blank=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.label

    @property
    def name(self):
        """The name in the language at hand."""
        return (self.label_es if get_language() == "es" else "") or self.label


class Term(Labeled, Vocabulary):
    """A word of a controlled vocabulary, in both languages."""

    label = models.CharField(_("name"), max_length=100, unique=True)
    description = models.CharField(
        _("description"),
        max_length=300,
        blank=True,
        help_text=_("One sentence that says what belongs here. Readers see it on the page of this word."),
    )
    description_es = models.CharField(_("description in Spanish"), max_length=300, blank=True)
    position = models.PositiveIntegerField(
        _("position"), default=0, help_text=_("Small numbers come first; the same numbers go by the alphabet.")
    )

    name_fields = ("label", "label_es")

    class Meta:
        abstract = True
        ordering = ["position", alphabetical("label")]

    @property
    def text(self):
        """The description in the language at hand; empty where there is none."""
        return self.description_es if get_language() == "es" else self.description


class Topic(Term):
    """What a work is about."""

    class Meta(Term.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Role(Term):
    """For whom a work is: a leadership role."""

    class Meta(Term.Meta):
        verbose_name = _("role")
        verbose_name_plural = _("roles")


class Result(Term):
    """A result for children, families and communities that a work treats."""

    class Meta(Term.Meta):
        verbose_name = _("result")
        verbose_name_plural = _("results")


class Place(Term):
    """A state, a city, a school district: where something that a work tells of happened."""

    within = models.ForeignKey(
        "self",
        verbose_name=_("lies in"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="places",
        help_text=_("The larger place, such as the state of a city."),
    )

    class Meta(Term.Meta):
        verbose_name = _("place")
        verbose_name_plural = _("places")

    def clean(self):
        super().clean()
        if stands_under(self, self, "within"):
            raise ValidationError({"within": _("A place cannot lie in itself.")})


class Person(Vocabulary):
    """Somebody who wrote or edited a work: one record, whatever forms of the name are printed."""

    family = models.CharField(_("family name"), max_length=100, help_text=_("Such as Melaville"))
    given = models.CharField(_("given names"), max_length=100, blank=True, help_text=_("As printed, such as Martin J."))
    particle = models.CharField(
        _("particle"), max_length=30, blank=True, help_text=_("What stands before the family name, such as van der")
    )
    suffix = models.CharField(_("suffix"), max_length=20, blank=True, help_text=_("Such as Jr. or III"))
    orcid = models.CharField(_("ORCID"), max_length=19, blank=True, help_text=_("Such as 0000-0002-1825-0097"))

    name_fields = ("sort_name",)
    other_facts = ("orcid", "other_names")
    sort_name = models.GeneratedField(
        expression=models.functions.Concat(
            models.functions.Trim(models.functions.Concat("particle", models.Value(" "), "family")),
            models.Case(
                models.When(given="", then=models.Value("")),
                default=models.functions.Concat(models.Value(", "), "given"),
            ),
            models.Case(
                models.When(suffix="", then=models.Value("")),
                default=models.functions.Concat(models.Value(", "), "suffix"),
            ),
        ),
        output_field=models.CharField(_("name"), max_length=260),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = [alphabetical("family"), alphabetical("given"), "pk"]

    def __str__(self):
        return ", ".join(part for part in (f"{self.particle} {self.family}".strip(), self.given, self.suffix) if part)

    @property
    def name(self):
        """As people say it."""
        return " ".join(part for part in (self.given, self.particle, self.family, self.suffix) if part)


class Organization(Labeled, Vocabulary):
    """A body that wrote, published or paid for a work."""

    label = models.CharField(_("name"), max_length=200, unique=True)
    label_es = models.CharField(_("name in Spanish"), max_length=200, blank=True)
    abbreviation = models.CharField(_("abbreviation"), max_length=30, blank=True, help_text=_("Such as IEL"))
    part_of = models.ForeignKey(
        "self",
        verbose_name=_("part of"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text=_("The organization that it belongs to."),
    )
    web_address = models.URLField(_("web address"), max_length=500, blank=True)
    is_ours = models.BooleanField(
        _("the Coalition itself"),
        default=False,
        help_text=_("Readers can narrow a search to the publications of the Coalition."),
    )

    name_fields = ("label", "label_es", "abbreviation")
    other_facts = ("is_ours", "other_names")

    class Meta:
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        ordering = [alphabetical("label")]

    def clean(self):
        super().clean()
        if stands_under(self, self, "part_of"):
            raise ValidationError({"part_of": _("An organization cannot be part of itself or of a part of it.")})
