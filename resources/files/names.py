"""What a reader's copy of a file is called."""

import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from django.utils.text import slugify

LONGEST = 100  # characters before the year; with its folder a name must fit into 255 bytes
NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')


@dataclass(frozen=True)
class DownloadName:
    """`ascii` is for addresses and old programs, `full` has the title as it is written."""

    ascii: str
    full: str

    @property
    def content_disposition(self):
        """The value of the header: both names, the full one as RFC 6266 and RFC 8187 have it."""
        return f"attachment; filename=\"{self.ascii}\"; filename*=UTF-8''{quote(self.full, safe='')}"


def download_name(title, year, extension):
    """“Niños & schools” of 2011 as PDF: “ninos-schools-2011.pdf” and “Niños & schools (2011).pdf”.

    `year` may be None. A long title is cut between words.
    """
    short = _cut(_plain(title)) or "publication"
    words = [_slug(short) or "publication", *([str(year)] if year else [])]
    return DownloadName(
        ascii=f"{'-'.join(words)}.{extension}",
        full=f"{short} ({year}).{extension}" if year else f"{short}.{extension}",
    )


def _plain(title):
    """The title without the characters that a file system refuses; a colon before a subtitle becomes a dash."""
    title = unicodedata.normalize("NFC", title).replace(": ", " – ")
    title = "".join(one if one.isprintable() else " " for one in NOT_IN_NAMES.sub(" ", title))
    return " ".join(title.split()).strip(". ")


def _cut(text):
    if len(text) <= LONGEST:
        return text
    return text[: LONGEST + 1].rpartition(" ")[0].rstrip(" ,;–-") or text[:LONGEST]


def _slug(text):
    return slugify(text.replace("’", "").replace("'", "")).strip("-")
