"""Renditions: what the public gets of a picture. Several sizes and formats, upright, in sRGB, without metadata."""

import io
import warnings
from contextlib import contextmanager

from PIL import Image, ImageCms, ImageOps

# Formats that every browser shows and that carry no script: format of Pillow → (ending, media type).
FORMATS = {
    "JPEG": ("jpg", "image/jpeg"),
    "MPO": ("jpg", "image/jpeg"),  # what phones write: a JPEG with further pictures behind it
    "PNG": ("png", "image/png"),
    "WEBP": ("webp", "image/webp"),
    "AVIF": ("avif", "image/avif"),
    "GIF": ("gif", "image/gif"),
}
READ = ["JPEG", "PNG", "WEBP", "AVIF", "GIF"]  # the reader of JPEG also reads MPO

WIDTHS = (400, 800, 1200, 1600)
TALLEST = 6400
THUMBNAIL = 160  # both sides

_LOSSLESS = {"PNG", "GIF"}
_SIXTEEN_BIT = {"I", "I;16", "I;16L", "I;16B", "I;16N"}
_ENCODERS = {
    "avif": ("AVIF", {"quality": 60, "speed": 8}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
    "jpg": ("JPEG", {"quality": 82, "progressive": True}),
    "png": ("PNG", {}),
}
_SRGB = ImageCms.createProfile("sRGB")


@contextmanager
def reading(file):
    """Open a picture. Pillow warns of large pictures, which we judge ourselves, and of broken notes of a camera."""
    with warnings.catch_warnings(action="ignore"), Image.open(file, formats=READ) as image:
        yield image


def open_upright(file):
    """A picture as people see it: (image, (width, height) of the original, whether its format is lossless).

    The image is RGB, or RGBA where something shines through, at most as large as the largest rendition. Of a moving
    picture it is the first frame: readers could not stop the motion.
    """
    with reading(file) as source:
        size, is_lossless = source.size, source.format in _LOSSLESS
        source.draft(None, (WIDTHS[-1], WIDTHS[-1]))  # reads a very large JPEG at a half, a fourth or an eighth
        before = source.size
        image = _upright(source)
        if image.size != before:
            size = size[::-1]
        image = _without_palette(image)
        largest = _sizes(size)[-1]
        if image.width > largest[0] or image.height > largest[1]:
            image = image.resize(largest, Image.Resampling.LANCZOS, reducing_gap=2.0)
        return _in_srgb(image), size, is_lossless


def encoded(image, size, is_lossless):
    """Yield all renditions of an upright image as (width, height, ending, bytes), the small sizes first."""
    fallback = "png" if is_lossless or image.mode == "RGBA" else "jpg"
    for width, height in _sizes(size):
        small = image
        if image.size != (width, height):
            small = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
        for ending in ("avif", "webp", fallback):
            yield width, height, ending, encode(small, ending)


def crop(image, size, focus):
    """A part of an image with the proportions of `size`, in that size. `focus` is the point that stays, in percent."""
    return ImageOps.fit(image, size, Image.Resampling.LANCZOS, centering=(focus[0] / 100, focus[1] / 100))


def encode(image, ending):
    image.info = {}  # several writers copy profiles and comments from here
    file = io.BytesIO()
    name, options = _ENCODERS[ending]
    image.save(file, name, **options)
    return file.getvalue()


def _sizes(size):
    """The sizes of the renditions of a picture: the usual widths below its own, and the largest it may have."""
    width, height = size
    largest = max(1, min(width, WIDTHS[-1], width * TALLEST // height))
    widths = [usual for usual in WIDTHS if usual < largest] + [largest]
    return [(wide, max(1, min(TALLEST, round(height * wide / width)))) for wide in widths]


def _upright(image):
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # a camera's notes may be broken in any way; the picture is not
        return image.copy()


def _without_palette(image):
    """The same in a mode that can be resized: L, RGB, RGBA, CMYK or another one with whole channels."""
    if image.mode in _SIXTEEN_BIT:
        return image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        return image if image.getextrema()[3][0] < 255 else image.convert("RGB")
    return image.convert("RGB") if image.mode in {"1", "P", "PA", "LA", "La", "RGBa", "RGBX"} else image


def _in_srgb(image):
    """The colors that the picture's own profile means, written so that no profile is needed."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile := image.info.get("icc_profile"):
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            return ImageCms.profileToProfile(image, own, _SRGB, outputMode=mode)
        except Exception:  # a profile that is broken, or of other channels than the picture
            profile = None
    return image.convert(mode)
