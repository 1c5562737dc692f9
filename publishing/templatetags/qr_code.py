from functools import lru_cache

import segno
from django import template

register = template.Library()


@register.simple_tag
@lru_cache(maxsize=1000)
def qr_path(text):
    """A QR code as an SVG path of strokes one unit wide: a dict with `path` and `size`, the units of a side."""
    rows = segno.make(text, error="m", micro=False).matrix
    return {"path": "".join(_strokes(rows)), "size": len(rows)}


def _strokes(rows):
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            length = 0
            while x + length < len(row) and row[x + length]:
                length += 1
            if length:
                yield f"M{x} {y}.5h{length}"
            x += length or 1
