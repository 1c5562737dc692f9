"""Pictures: uploaded once, checked, the original kept apart; the public gets renditions without metadata."""

from datetime import timedelta
from functools import partial

from django import forms
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import ProtectedError
from django.db.models.fields.files import ImageFieldFile
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from publishing import renditions
from publishing.characters import fit_texts
from publishing.content_version import ContentVersion
from publishing.picture_files import (
    MEDIA_TYPES,
    check_picture,
    make_public,
    picture_path,
    public_path,
    store_thumbnail,
)
from publishing.stored_files import NamedFile, deleting, storing

KEPT_AFTER_REPLACING = timedelta(days=30)


class PictureFormField(forms.ImageField):
    """Judges an upload by our own rules before Django's, whose one sentence does not say what to do."""

    default_validators = []  # the ending of a name proves nothing

    def to_python(self, data):
        if data not in self.empty_values:
            check_picture(data)
        return super().to_python(data)


class OriginalFile(ImageFieldFile):
    @property
    def url(self):
        """Where the public gets this picture; the original itself has no address."""
        fallback = self.instance.fallback
        return fallback["url"] if fallback else ""


class PictureField(models.ImageField):
    attr_class = OriginalFile
    default_validators = [check_picture]

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": PictureFormField} | kwargs)


class PictureQuerySet(models.QuerySet):
    def replaced_before(self, moment):
        """Pictures whose earlier file is kept since before a moment."""
        return self.filter(replaced_at__lt=moment)

    def holding(self, original):
        """Pictures that have a file as their original, the one they show or the earlier one."""
        return self.filter(models.Q(image=original) | models.Q(earlier_image=original))


class Picture(models.Model):
    """A picture of the library. What it shows is said where it is used, because that depends on the text around it."""

    title = models.CharField(
        _("title"),
        max_length=200,
        help_text=_("How you find it again: “Students in a school garden”. Readers do not see it."),
    )
    image = PictureField(
        _("picture"),
        upload_to=picture_path,
        help_text=_(
            "JPEG, PNG, WebP, AVIF or GIF, up to 12 MB. Of a moving picture readers see the first frame. "
            "Another file takes the place of this one wherever it is shown."
        ),
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    focus_x = models.PositiveSmallIntegerField(
        _("focus, from the left"),
        default=50,
        validators=[MaxValueValidator(100)],
        help_text=_("In percent, 0 to 100: the point that stays where a part of the picture is shown."),
    )
    focus_y = models.PositiveSmallIntegerField(
        _("focus, from the top"), default=50, validators=[MaxValueValidator(100)], help_text=_("In percent, 0 to 100.")
    )
    # [{"width": …, "height": …, "format": "avif", "name": "<hash>.avif"}, …], the small sizes first
    renditions = models.JSONField(editable=False, default=list)
    thumbnail = models.CharField(editable=False, max_length=40, default="", blank=True)
    credit = models.CharField(
        _("credit"),
        max_length=200,
        blank=True,
        help_text=_("Who made it, and under which terms. Readers see it below the picture."),
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    # The original whose place the present one took; it can be put back until `forget_earlier_files` deletes it.
    earlier_image = models.CharField(editable=False, max_length=100, default="", blank=True)
    replaced_at = models.DateTimeField(editable=False, null=True, blank=True)

    objects = PictureQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Save the picture; a new file brings new renditions, and nobody gets the old ones any more."""
        fit_texts(self)
        with storing():
            before = Picture.objects.filter(pk=self.pk).first() if self.pk else None
            if self.image and not self.image._committed:
                for name, value in make_public(self.image, self.focus).items():
                    setattr(self, name, value)
            elif self.image and (before is None or self.focus != before.focus):
                with default_storage.open(self.image.name) as file:
                    self.thumbnail = store_thumbnail(renditions.open_upright(file)[0], self.focus)
            super().save(*args, **kwargs)
            ContentVersion.bump()
            if before:
                transaction.on_commit(partial(_forget, before.public_names - self.public_names))
                self._keep_earlier_file(before)

    def _keep_earlier_file(self, before):
        if before.image.name in ("", self.image.name):
            return
        self.earlier_image, self.replaced_at = before.image.name, timezone.now()
        kept = {"earlier_image": self.earlier_image, "replaced_at": self.replaced_at}
        Picture.objects.filter(pk=self.pk).update(**kept)
        transaction.on_commit(partial(_forget_original, before.earlier_image))

    def become_another(self):
        """Before it is saved: make it a new picture, which leaves the stored one as it is."""
        self.pk, self._state.adding = None, True
        self.earlier_image, self.replaced_at = "", None

    def put_earlier_file_back(self):
        """Show the earlier file again; the present one becomes the earlier one. Saves."""
        with storing():
            with default_storage.open(self.earlier_image) as file:
                for name, value in make_public(file, self.focus).items():
                    setattr(self, name, value)
            self.image = self.earlier_image
            self.save()

    def delete(self, *args, **kwargs):
        """Delete the picture with its files; refused, as PROTECT does, while any text or draft shows it."""
        if uses := self.used_in():
            places = ", ".join(use.label for use in uses)
            raise ProtectedError(
                gettext("“%(title)s” is still in use: %(places)s") % {"title": self, "places": places}, set(uses)
            )
        names, originals = self.public_names, (self.image.name, self.earlier_image)
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            ContentVersion.bump(is_removal=True)
            transaction.on_commit(partial(_forget, names))
            for original in originals:
                transaction.on_commit(partial(_forget_original, original))
        return deleted

    @property
    def focus(self):
        return self.focus_x, self.focus_y

    @property
    def public_names(self):
        """The names of all files of this picture that are served."""
        return {rendition["name"] for rendition in self.renditions} | {self.thumbnail} - {""}

    @property
    def sources(self):
        """The better formats, for `<source>`: type and srcset, the best first."""
        return [
            {"type": MEDIA_TYPES[ending], "srcset": ", ".join(f"{r['url']} {r['width']}w" for r in found)}
            for ending in ("avif", "webp")
            if (found := self._in_formats(ending))
        ]

    @property
    def fallback(self):
        """The largest rendition in a format that every program reads; None before there are renditions."""
        return next(iter(self._in_formats("jpg", "png")[::-1]), None)

    @property
    def smallest(self):
        return next(iter(self._in_formats("jpg", "png")), None)

    @property
    def thumbnail_url(self):
        return default_storage.url(public_path(self.thumbnail)) if self.thumbnail else ""

    def used_in(self):
        """Where it is shown, in what is live and in drafts: a list of `usage.Use`."""
        from publishing import usage

        return usage.of_record(self)

    def _in_formats(self, *endings):
        return [
            rendition | {"url": default_storage.url(public_path(rendition["name"]))}
            for rendition in self.renditions
            if rendition["format"] in endings
        ]


def _forget(names):
    """Remove files that the public got, but those that another picture of the same content still has."""
    with deleting():
        for name in names:
            others = Picture.objects.filter(models.Q(renditions__contains=[{"name": name}]) | models.Q(thumbnail=name))
            if not others.exists():
                default_storage.delete(public_path(name))


def _forget_original(name):
    with deleting():
        if name and not Picture.objects.holding(name).exists():
            default_storage.delete(name)


def forget_earlier_files():
    """Delete for good the files whose place another one took `KEPT_AFTER_REPLACING` ago: the worker's daily work."""
    for picture in Picture.objects.replaced_before(timezone.now() - KEPT_AFTER_REPLACING):
        with transaction.atomic():
            # Only if no other file has been replaced since: that one can be put back for a while.
            as_read = Picture.objects.filter(pk=picture.pk, earlier_image=picture.earlier_image)
            if as_read.update(earlier_image="", replaced_at=None):
                transaction.on_commit(partial(_forget_original, picture.earlier_image))


def earlier_files_in_words():
    days = KEPT_AFTER_REPLACING.days
    return ngettext(
        "A picture whose place another one took: %(days)s day.",
        "A picture whose place another one took: %(days)s days.",
        days,
    ) % {"days": days}


def files_of_pictures():
    """What each picture needs: its original, the earlier one, and what the public gets. For `stored_files`."""
    columns = ("pk", "title", "image", "earlier_image", "renditions", "thumbnail")
    for pk, title, image, earlier, made, thumbnail in Picture.objects.order_by().values_list(*columns).iterator():
        public = [*(rendition["name"] for rendition in made), thumbnail]
        for name in (image, earlier, *(public_path(name) for name in public if name)):
            if name:
                yield NamedFile("default", name, title, Picture, pk)
