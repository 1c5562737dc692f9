"""Blocks of words: running text, headings, statements, quotes and call-outs."""

import re

from django.db import models
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from publishing.blocks.kinds.base import Block, excerpt, number_address
from publishing.languages import in_current_language
from publishing.markup import RichTextField, as_cleaned, number_links, plain_text
from publishing.validators import validate_address

_IN_QUOTATION_MARKS = re.compile(r"[\"“«]([^\"“”«»]+)[\"”»]")


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
        return excerpt(self.words())

    @property
    def html(self):
        return as_cleaned(self.numbered_text or self.text)

    def number_links(self, numbers):
        self.numbered_text = number_links(self.text, numbers)

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
        return excerpt(self.text)

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
        return excerpt(self.heading)

    def number_links(self, numbers):
        if self.address:
            self.number = number_address(in_current_language(self.address), numbers)

    def words(self):
        return f"{self.heading} {self.text}".strip()


class Quote(Block):
    """What somebody said or wrote, word for word, and who and where."""

    text = models.TextField(_("words"), max_length=2000, help_text=_("Word for word, without quotation marks."))
    source = models.CharField(
        _("source"),
        max_length=300,
        help_text=_("Who said or wrote it, and where: “Martin J. Blank, Making the Difference, 2003”."),
    )

    template_name = "publishing/blocks/quote.html"

    class Meta:
        abstract = True
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")

    def __str__(self):
        return excerpt(self.text)

    def clean(self):
        self.text = self.text.strip()
        if whole := _IN_QUOTATION_MARKS.fullmatch(self.text):
            self.text = whole[1].strip()

    def words(self):
        return f"{self.text} {self.source}".strip()


class CallOut(Block):
    """A short text that stands out from the running one, such as a warning or a way to get help."""

    heading = models.CharField(
        _("heading"), max_length=120, blank=True, help_text=_("Optional: a few words, such as “Before you begin”.")
    )
    text = RichTextField(_("text"))

    template_name = "publishing/blocks/call_out.html"

    class Meta:
        abstract = True
        verbose_name = _("call-out")
        verbose_name_plural = _("call-outs")

    def __str__(self):
        return excerpt(self.heading or plain_text(self.text))

    @property
    def html(self):
        return as_cleaned(self.numbered_text or self.text)

    def number_links(self, numbers):
        self.numbered_text = number_links(self.text, numbers)

    def words(self):
        return f"{self.heading} {plain_text(self.text)}".strip()
