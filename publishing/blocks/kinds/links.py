"""Blocks that lead elsewhere: links and downloads. Neighbors of one kind make one list."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.blocks.kinds.base import Block, excerpt, number_address
from publishing.languages import in_current_language
from publishing.validators import validate_address


class LinkBlock(Block):
    """A link on a line of its own; links in a row make one list."""

    label = models.CharField(
        _("words of the link"),
        max_length=200,
        help_text=_("What the reader finds there: “Community School Standards”. Not “click here”."),
    )
    address = models.CharField(
        _("leads to"),
        max_length=500,
        validators=[validate_address],
        help_text=_("Such as /guide/ or https://www.example.org/"),
    )
    description = models.CharField(_("description"), max_length=300, blank=True)

    template_name = "publishing/blocks/links.html"
    is_listed = True

    class Meta:
        abstract = True
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self):
        return excerpt(self.label)

    def number_links(self, numbers):
        self.number = number_address(in_current_language(self.address), numbers)

    def words(self):
        return f"{self.label} {self.description}".strip()


class Download(Block):
    """A file to take away, with what a reader wants to know before; downloads in a row make one list."""

    class Kind(models.TextChoices):
        PDF = "pdf", _("PDF")
        WORD = "word", _("Word file")
        EXCEL = "excel", _("Excel file")
        SLIDES = "slides", _("PowerPoint file")
        SOUND = "sound", _("Sound file")
        ARCHIVE = "zip", _("ZIP archive")
        OTHER = "other", _("File")

    label = models.CharField(
        _("words of the link"), max_length=200, help_text=_("What the reader gets: “Download the handbook”.")
    )
    address = models.CharField(
        _("address"),
        max_length=500,
        validators=[validate_address],
        help_text=_("Where the file lies: https://www.example.org/handbook.pdf"),
    )
    kind = models.CharField(_("kind of file"), max_length=10, choices=Kind.choices, default=Kind.PDF)
    size = models.CharField(_("size"), max_length=20, blank=True, help_text=_("Such as 2.8 MB"))
    pages = models.PositiveIntegerField(_("pages"), null=True, blank=True)
    language = models.CharField(
        _("language of the file"), max_length=2, choices=settings.LANGUAGES, default="", blank=True
    )

    template_name = "publishing/blocks/downloads.html"
    is_listed = True

    class Meta:
        abstract = True
        verbose_name = _("download")
        verbose_name_plural = _("downloads")

    def __str__(self):
        return excerpt(self.label)

    def number_links(self, numbers):
        self.number = number_address(self.address, numbers)

    def words(self):
        return self.label
