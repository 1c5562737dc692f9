"""The files of pictures: what may come in, where it lies, and what is made of it for the public.

Originals lie under `originals/`, which no view serves; renditions under `pictures/`, named by the hash of their
content, so that a copy is good for ever.
"""

import hashlib
import io
import re
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from PIL import Image

from publishing import renditions
from publishing.renditions import FORMATS

MEDIA_TYPES = dict(FORMATS.values())
# What a file of each format in `renditions.READ` begins with, damaged or not.
_SIGNATURE = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|RIFF.{4}WEBP|.{4}ftypavi[fs]|GIF8[79]a",
    re.DOTALL,
)
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
        upload.seek(0)
        if _SIGNATURE.match(upload.read(16)):
            sentence = _("This picture is damaged or cut off. Copy it again from where it came, and choose that copy.")
        else:
            sentence = _("This file is not a picture that we can show. Choose a JPEG, PNG, WebP, AVIF or GIF file.")
        raise ValidationError(sentence) from error
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
    thumbnail = store_thumbnail(image, focus)
    return {"width": size[0], "height": size[1], "renditions": made, "thumbnail": thumbnail}


def store_thumbnail(image, focus):
    square = renditions.crop(image, (renditions.THUMBNAIL, renditions.THUMBNAIL), focus)
    return _store(renditions.encode(square, "webp"), "webp")
