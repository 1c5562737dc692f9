"""Pictures: uploaded once, checked, the original kept apart; the public gets renditions without metadata.

Originals lie under `originals/`, which no view serves; renditions under `pictures/`, named by the hash of their
content, so that a copy is good for ever.
"""

import hashlib
import io
import re
from functools import partial
from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models import ProtectedError
from django.db.models.fields.files import ImageFieldFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from PIL import Image

from publishing import renditions
from publishing.renditions import FORMATS

MEDIA_TYPES = dict(FORMATS.values())
FILE_NAME = re.compile(r"[0-9a-f]{32}\." + f"({'|'.join(MEDIA_TYPES)})")


def check_picture(upload):
    """Raise ValidationError, in words that say what to do, unless a file is a picture that we can show.

    `upload` is an open Django file. The format is judged by content, never by name. The number of pixels
    is read from the header before anything is unpacked, so that a small file cannot fill the memory.
    What is stored was judged when it came.
    """
    if getattr(upload, "_committed", False):
        return
    if upload.size > settings.PICTURE_MAX_BYTES:
        raise ValidationError(
            _("This picture has %(size)s; the limit is %(limit)s. Save a smaller copy and choose that one.")
            % {"size": filesizeformat(upload.size), "limit": filesizeformat(settings.PICTURE_MAX_BYTES)}
        )
    upload.seek(0)
    try:
        with renditions.reading(upload) as image:
            width, height = image.size
            if width * height > settings.PICTURE_MAX_PIXELS:
                raise Image.DecompressionBombError
            image.load()
    except Image.DecompressionBombError:
        raise ValidationError(
            _("This picture has too many points to unpack. Save a copy with sides up to 4,000 points and choose that.")
        ) from None
    except Exception as error:  # Pillow's readers raise nearly anything on broken files
        raise ValidationError(
            _("This file is not a picture that we can show. Choose a JPEG, PNG, WebP, AVIF or GIF file.")
        ) from error
    finally:
        upload.seek(0)


def content_name(data, ending):
    return f"{hashlib.sha256(data).hexdigest()[:32]}.{ending}"


def picture_path(picture, name):
    """`originals/<hash of the content>.<ending of its true format>`; the name it came with is not used."""
    upload = picture.image
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    with renditions.reading(io.BytesIO(data)) as image:
        ending = FORMATS[image.format][0]
    return str(PurePath("originals") / content_name(data, ending))


def public_path(name):
    return f"pictures/{name}"


def _store(data, ending):
    """Store what the public may get; return its name."""
    name = content_name(data, ending)
    if not default_storage.exists(public_path(name)):
        default_storage.save(public_path(name), ContentFile(data))
    return name


def make_public(file, focus):
    """Make and store what the public gets of a picture; return the columns of `Picture` that say so."""
    file.seek(0)
    image, size, is_lossless = renditions.open_upright(file)
    file.seek(0)
    made = [
        {"width": width, "height": height, "format": ending, "name": _store(data, ending)}
        for width, height, ending, data in renditions.encoded(image, size, is_lossless)
    ]
    thumbnail = _store_thumbnail(image, focus)
    return {"width": size[0], "height": size[1], "renditions": made, "thumbnail": thumbnail}


def _store_thumbnail(image, focus):
    square = renditions.crop(image, (renditions.THUMBNAIL, renditions.THUMBNAIL), focus)
    return _store(renditions.encode(square, "webp"), "webp")


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

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        """Save the picture; a new file brings new renditions, and nobody gets the old ones any more."""
        from publishing.models import ContentVersion

        before = Picture.objects.filter(pk=self.pk).first() if self.pk else None
        if self.image and not self.image._committed:
            for name, value in make_public(self.image, self.focus).items():
                setattr(self, name, value)
        elif before and self.focus != before.focus:
            with default_storage.open(self.image.name) as file:
                self.thumbnail = _store_thumbnail(renditions.open_upright(file)[0], self.focus)
        with transaction.atomic():
            super().save(*args, **kwargs)
            ContentVersion.bump()
            if before:
                transaction.on_commit(partial(_forget, before.public_names - self.public_names))

    def delete(self, *args, **kwargs):
        """Delete the picture with its files; refused, as PROTECT does, while any text or draft shows it."""
        from publishing.models import ContentVersion

        if uses := self.used_in():
            places = ", ".join(use.label for use in uses)
            raise ProtectedError(
                gettext("“%(title)s” is still in use: %(places)s") % {"title": self, "places": places}, set(uses)
            )
        names, original = self.public_names, self.image.name
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            ContentVersion.bump()
            transaction.on_commit(partial(_forget, names, original))
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


def _forget(names, original=None):
    """Remove files, but those that another picture of the same content still has."""
    for name in names:
        others = Picture.objects.filter(models.Q(renditions__contains=[{"name": name}]) | models.Q(thumbnail=name))
        if not others.exists():
            default_storage.delete(public_path(name))
    if original and not Picture.objects.filter(image=original).exists():
        default_storage.delete(original)
