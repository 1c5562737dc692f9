"""CSV: text in UTF-8 without control characters."""

import codecs
import re

from django.utils.translation import gettext as _

from resources.files.facts import Refused

CHUNK = 1 << 20
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def check_csv(path):
    """Raise Refused unless the whole file is text in UTF-8 (a byte order mark is fine)."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                _check_text(decoder.decode(chunk))
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise Refused(
            _("This CSV file is not in UTF-8, so accents would break. In Excel, save it as “CSV UTF-8”.")
        ) from None


def _check_text(text):
    if CONTROL.search(text):
        raise Refused(
            _("This CSV file holds bytes that are not text. Open it in a spreadsheet and save it as “CSV UTF-8”.")
        )
