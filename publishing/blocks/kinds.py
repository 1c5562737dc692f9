"""The kinds of blocks, as abstract models."""

import uuid

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from publishing.markup import RichTextField, as_cleaned, number_links, plain_text
from publishing.models import Picture, PublicRecord
from publishing.validators import validate_address


class Block(PublicRecord):
    """A piece of an item. Its key is a UUID: a draft's block must never meet another item's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    parent_field = "parent"  # the way to its item, and the order of its rows, as drafts need to know them
    part_order = ("ordering", "pk")

    template_name = ""
    is_listed = False  # neighbors of this kind are rendered together, as one list

    class Meta:
        abstract = True

    def words(self):
        """The plain words of this block, for reading time and search."""
        return ""

    def number_links(self, numbers):
        """Number the links in the running text for paper: see `publishing.markup.number_links`."""


class RichText(Block):
    class Size(models.TextChoices):
        NORMAL = "", _("Normal")
        OPENING = "opening", _("Larger, for the sentence that opens a page")

    text = RichTextField(_("text"))
    size = models.CharField(_("size"), max_length=10, choices=Size.choices, default=Size.NORMAL, blank=True)

    template_name = "publishing/blocks/rich_text.html"

    class Meta:
        abstract = True
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self):
        return _excerpt(self.words())

    @property
    def html(self):
        return as_cleaned(self.text)

    def number_links(self, numbers):
        self.text = number_links(self.text, numbers)

    def words(self):
        return plain_text(self.text)


class Heading(Block):
    class Level(models.IntegerChoices):
        SECTION = 2, _("Heading")
        SUBSECTION = 3, _("Smaller heading")

    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.SECTION)
    text = models.CharField(_("heading"), max_length=200)
    short_text = models.CharField(
        _("short form"),
        max_length=60,
        blank=True,
        help_text=_("For the list of contents and the front page, where the heading is a whole sentence: “Goals”."),
    )

    template_name = "publishing/blocks/heading.html"

    class Meta:
        abstract = True
        verbose_name = _("heading")
        verbose_name_plural = _("headings")

    def __str__(self):
        return _excerpt(self.text)

    @property
    def label(self):
        return self.short_text or self.text

    @cached_property
    def anchor(self):
        """The part of an address behind “#”; follows the short form, so that a longer wording keeps old links.

        `give_anchors` makes those of one page differ.
        """
        return slugify(self.label) or f"h-{self.pk}"

    def words(self):
        return self.text


class PictureBlock(Block):
    picture = models.ForeignKey(Picture, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+")
    alt_text = models.CharField(
        _("text in place of the picture"),
        max_length=300,
        blank=True,
        help_text=_(
            "What a reader who cannot see it needs to know: “Parents and a teacher read a chart of attendance”."
        ),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture says nothing that the text does not. Screen readers pass over it."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    template_name = "publishing/blocks/picture.html"

    class Meta:
        abstract = True
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=(Q(is_decorative=True) & Q(alt_text="")) | (Q(is_decorative=False) & ~Q(alt_text="")),
                name="%(app_label)s_%(class)s_text_or_decorative",
            )
        ]

    def __str__(self):
        return _excerpt(self.alt_text or self.caption or str(_("decorative picture")))

    def clean(self):
        if self.is_decorative and self.alt_text:
            raise ValidationError(
                {"alt_text": _("A decorative picture has no text. Empty this field, or untick “decorative”.")}
            )
        if not self.is_decorative and not self.alt_text:
            raise ValidationError({"alt_text": _("Say in words what the picture shows, or tick “decorative”.")})

    def words(self):
        return f"{self.alt_text} {self.caption}".strip()


class Statement(Block):
    """A heading and a text that belong together, such as a core value; statements in a row make one list."""

    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    address = models.CharField(
        _("leads to"),
        max_length=500,
        blank=True,
        validators=[validate_address],
        help_text=_("Optional: where the heading leads, such as /guide/ or https://www.example.org/"),
    )

    template_name = "publishing/blocks/statements.html"
    is_listed = True

    class Meta:
        abstract = True
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self):
        return _excerpt(self.heading)

    def words(self):
        return f"{self.heading} {self.text}".strip()


def _excerpt(text, length=70):
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
