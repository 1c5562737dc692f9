import re
from functools import lru_cache

import segno
from django import template

register = template.Library()

LONGEST = 1_000  # bytes: of more, the code would be larger than a hand, or too fine for a phone
SMALL = 57  # units of a side, up to which a phone reads a code of 22 mm
MASK = 3  # of eight; trying all for the best one takes four times as long, and addresses are mixed enough for any


@register.simple_tag
def qr_path(text):
    """A QR code as `drawn`. That of a page is remembered; there is no end of addresses with a query, and what stands in
    one is a reader's own."""
    return drawn(text) if "?" in text else _remembered(text)


def drawn(text):
    """A QR code as an SVG path of strokes one unit wide: a dict with `path`, `size`, the units of a side, and
    `is_large`, whether it needs more than two centimeters on paper; None where the text is too long for one.
    """
    if len(text.encode()) > LONGEST:
        return None
    rows = segno.make(text, error="m", micro=False, mask=MASK).matrix
    return {"path": "".join(_strokes(rows)), "size": len(rows), "is_large": len(rows) > SMALL}


_remembered = lru_cache(maxsize=1000)(drawn)


def _strokes(rows):
    for y, row in enumerate(rows):
        for dark in re.finditer(b"\x01+", row):
            yield f"M{dark.start()} {y}.5h{dark.end() - dark.start()}"
