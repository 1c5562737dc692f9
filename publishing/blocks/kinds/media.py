"""Blocks of pictures and films."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.blocks.kinds.base import Block, excerpt, number_address
from publishing.languages import in_current_language
from publishing.markup import RichTextField, as_cleaned, number_links, plain_text
from publishing.models import Picture
from publishing.validators import validate_address


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

    template_name = "publishing/blocks/pictures.html"
    is_listed = True  # pictures in a row stand side by side

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
        return excerpt(self.alt_text or self.caption or (str(_("decorative picture")) if self.is_decorative else ""))

    def clean(self):
        if self.is_decorative and self.alt_text:
            raise ValidationError(
                {"alt_text": _("A decorative picture has no text. Empty this field, or untick “decorative”.")}
            )
        if not self.is_decorative and not self.alt_text:
            raise ValidationError({"alt_text": _("Say in words what the picture shows, or tick “decorative”.")})

    @property
    def shown_picture(self):
        """The picture; None where none is chosen yet, and in an old version whose picture is gone."""
        try:
            return self.picture
        except Picture.DoesNotExist:
            return None

    def words(self):
        return f"{self.alt_text} {self.caption}".strip()


class Video(Block):
    """A film, as a link with its transcript. Nothing of another site is loaded before a reader follows the link."""

    class Captions(models.TextChoices):
        UNKNOWN = "", _("Not known")
        YES = "yes", _("With captions")
        NO = "no", _("Without captions")

    title = models.CharField(_("title"), max_length=200)
    address = models.CharField(
        _("address"),
        max_length=500,
        validators=[validate_address],
        help_text=_("The page on which it plays, or the file: https://www.example.org/film.mp4"),
    )
    duration = models.CharField(
        _("length"),
        max_length=8,
        blank=True,
        validators=[
            RegexValidator(r"^(\d{1,2}:[0-5])?\d:[0-5]\d$|^[1-5]\d:[0-5]\d$", _("Write minutes and seconds: 12:30"))
        ],
        help_text=_("Minutes and seconds: 12:30"),
    )
    captions = models.CharField(
        _("captions"), max_length=3, choices=Captions.choices, default=Captions.UNKNOWN, blank=True
    )
    transcript = RichTextField(
        _("transcript"), blank=True, help_text=_("What is said and shown, for readers who cannot hear or play it.")
    )
    is_without_words = models.BooleanField(
        _("nothing to transcribe"),
        default=False,
        help_text=_("Nothing is said, and the title says all that is shown."),
    )

    template_name = "publishing/blocks/video.html"

    class Meta:
        abstract = True
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_without_words=True, transcript="") | (Q(is_without_words=False) & ~Q(transcript="")),
                name="%(app_label)s_%(class)s_transcript_or_none",
            )
        ]

    def __str__(self):
        return excerpt(self.title)

    def clean(self):
        if self.is_without_words and self.transcript:
            raise ValidationError(
                {"transcript": _("There is a transcript here. Empty this field, or untick “nothing to transcribe”.")}
            )
        if not self.is_without_words and not plain_text(self.transcript):
            raise ValidationError(
                {"transcript": _("Write down what is said and shown, or tick “nothing to transcribe”.")}
            )

    @property
    def html(self):
        return as_cleaned(self.numbered_text or self.transcript)

    def number_links(self, numbers):
        self.number = number_address(in_current_language(self.address), numbers)
        self.numbered_text = number_links(self.transcript, numbers)

    def words(self):
        return f"{self.title} {plain_text(self.transcript)}".strip()
