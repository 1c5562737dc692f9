"""Files of works: stored once by the hash of their bytes, read page by page, shown only with a public work."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from resources.files.facts import cleaning_in_words
from resources.models.parts import PublicationPart
from resources.models.publication import WORK_LANGUAGES, Publication


def private_storage():
    """Where no address leads: files come to readers through a view that asks whether their work is public."""
    return storages["private"]


def place_of(stored, _name):
    return f"works/{stored.sha256[:2]}/{stored.sha256}"


def place_of_cover(stored, _name):
    return f"covers/{stored.sha256[:2]}/{stored.sha256}.webp"


class StoredFileQuerySet(models.QuerySet):
    def unread(self):
        """Those whose pages nobody can search: they wait, are being read, or could not be read."""
        return self.exclude(state=StoredFile.State.READY)

    def unused_since(self, moment):
        """Those that were uploaded before a moment and belong to no work. Drafts and earlier versions may name them."""
        return self.filter(created_at__lt=moment, uses=None)


class StoredFile(models.Model):
    """The bytes of a file and what was found in them. Of no interest to the public without a public work."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting to be read")
        READING = "reading", _("Being read")
        READY = "ready", _("Read")
        FAILED = "failed", _("Could not be read")

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    file = models.FileField(_("file"), storage=private_storage, upload_to=place_of, max_length=200)
    name = models.CharField(_("name when uploaded"), max_length=255)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    media_type = models.CharField(_("type"), max_length=100)
    extension = models.CharField(max_length=10)
    page_count = models.PositiveIntegerField(_("pages"), null=True)
    title = models.CharField(_("title inside the file"), max_length=500, blank=True)
    language = models.CharField(_("language inside the file"), max_length=35, blank=True)
    is_tagged = models.BooleanField(_("tagged for screen readers"), null=True)
    cover = models.ImageField(
        storage=private_storage, upload_to=place_of_cover, max_length=200, blank=True,
        width_field="cover_width", height_field="cover_height",
    )  # fmt: skip
    cover_width = models.PositiveIntegerField(null=True, editable=False)
    cover_height = models.PositiveIntegerField(null=True, editable=False)
    removed = ArrayField(
        models.CharField(max_length=20), verbose_name=_("what was taken out"), default=list, editable=False
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.WAITING)
    pages_read = models.PositiveIntegerField(_("pages read"), default=0)
    fault = models.CharField(_("what is wrong"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("uploaded at"), auto_now_add=True)

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return self.name

    @property
    def cleaning(self):
        """A sentence for staff on what was taken out of it; empty where it stands as it was uploaded."""
        return cleaning_in_words(self.removed)

    @property
    def format(self):
        """What a reader calls it: “PDF”."""
        return self.extension.upper()


class FilePage(models.Model):
    """The words on one page of a file, as search needs them. `number` counts from 1, as `#page=` does."""

    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveIntegerField(_("page"))
    text = models.TextField(_("text"), blank=True)

    class Meta:
        verbose_name = _("page of a file")
        verbose_name_plural = _("pages of files")
        default_permissions = ()
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["file", "number"], name="resources_filepage_one_a_number")]

    def __str__(self):
        return f"{self.file} {self.number}"


class WorkFile(PublicationPart):
    """One file of a work: a format, a language, a part of it."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, verbose_name=_("file"), on_delete=models.PROTECT, related_name="uses")
    name = models.CharField(
        _("name for readers"),
        max_length=100,
        blank=True,
        validators=[RegexValidator(r"^[a-z0-9][a-z0-9.-]*$", _("Use small letters, digits, dots and hyphens."))],
        help_text=_("Under which readers save it, such as making-the-difference.pdf. Empty: made from the title."),
    )
    label = models.CharField(
        _("what it is"), max_length=100, blank=True, help_text=_("Empty: the whole work. Such as Executive summary.")
    )
    language = models.CharField(_("language"), max_length=2, choices=WORK_LANGUAGES, blank=True)

    class Meta(PublicationPart.Meta):
        verbose_name = _("file")
        verbose_name_plural = _("files")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "name"],
                condition=~models.Q(name=""),
                name="resources_workfile_one_a_name",
                violation_error_message=_("Two files of one publication cannot have the same name."),
            )
        ]

    def __str__(self):
        return self.label or self.name

    def get_absolute_url(self):
        return reverse("resources:work_file", args=[self.publication.slug, self.public_name])

    def absolute_url_in(self, language):
        """The path of this file as the pages of `language` write it."""
        with translation.override(language):
            return self.get_absolute_url()

    def clean(self):
        if self.file_id is None:
            raise ValidationError({"file": _("Choose a file, or remove this line.")})
        if self.name and not self.name.endswith(f".{self.file.extension}"):
            message = _("The name has to end in .%(extension)s, because the file is one.")
            raise ValidationError({"name": message % {"extension": self.file.extension}})

    @property
    def is_finished(self):
        return self.row_at("file") is not None

    @property
    def public_name(self):
        """The last part of its address: the name that was given, or one made from that of the work."""
        return self.name_under(self.publication.slug)

    def name_under(self, slug):
        """The same for a work with this slug, such as a former one."""
        if self.name and "/" not in self.name:  # as that of a draft may have
            return self.name
        words = [slug, slugify(self.label)]
        if self.language != self.publication.work_language:
            words.append(self.language)
        return f"{'-'.join(filter(None, words))}.{self.file.extension}"
