"""Pictures: uploaded once, checked, kept under the hash of their content, shown by blocks."""

import hashlib
import io
import re
import warnings
from pathlib import PurePath

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image

# Formats that every browser shows and that carry no script: format of Pillow → (ending, media type).
FORMATS = {
    "JPEG": ("jpg", "image/jpeg"),
    "PNG": ("png", "image/png"),
    "WEBP": ("webp", "image/webp"),
    "AVIF": ("avif", "image/avif"),
    "GIF": ("gif", "image/gif"),
}
MEDIA_TYPES = dict(FORMATS.values())
FILE_NAME = re.compile(r"[0-9a-f]{32}\." + f"({'|'.join(MEDIA_TYPES)})")


def check_picture(upload):
    """Raise ValidationError, in words that say what to do, unless a file is a picture that we can show.

    `upload` is an open Django file. The format is judged by content, never by name. The number of pixels
    is read from the header before anything is unpacked, so that a small file cannot fill the memory.
    """
    if upload.size > settings.PICTURE_MAX_BYTES:
        raise ValidationError(
            _("This picture has %(size)s; the limit is %(limit)s. Save a smaller copy and choose that one.")
            % {"size": filesizeformat(upload.size), "limit": filesizeformat(settings.PICTURE_MAX_BYTES)}
        )
    upload.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # judged just below, by our own limit
            with Image.open(upload, formats=list(FORMATS)) as image:
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


def picture_path(picture, name):
    """`pictures/<hash of the content>.<ending of its true format>`; the name it came with is not used."""
    upload = picture.image
    upload.seek(0)
    data = upload.read()
    upload.seek(0)
    with Image.open(io.BytesIO(data), formats=list(FORMATS)) as image:
        ending = FORMATS[image.format][0]
    return str(PurePath("pictures") / f"{hashlib.sha256(data).hexdigest()[:32]}.{ending}")


class PictureFormField(forms.ImageField):
    """Judges an upload by our own rules before Django's, whose one sentence does not say what to do."""

    default_validators = []  # the ending of a name proves nothing

    def to_python(self, data):
        if data not in self.empty_values:
            check_picture(data)
        return super().to_python(data)


class PictureField(models.ImageField):
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
        width_field="width",
        height_field="height",
        help_text=_("JPEG, PNG, WebP, AVIF or GIF, up to 12 MB."),
    )
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
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
