"""The kinds of files that we take, and what a file is by its content: its first bytes, or the parts of a container."""

import re
from enum import Enum

from django.utils.translation import gettext_lazy as _

HEAD = 4096  # bytes from the start of a file that tell what it is
JUNK_BEFORE_PDF = 1024  # readers look this far for the header of a PDF
START_OF_PDF = re.compile(rb"(?:\xef\xbb\xbf)?\s*%PDF-")


class FileKind(Enum):
    """Value: the extension. Each member knows its media type, and for zip containers the part that makes it one."""

    PDF = "pdf", "application/pdf", ""
    EPUB = "epub", "application/epub+zip", "META-INF/container.xml"
    DOCX = "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "word/document.xml"
    XLSX = "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xl/workbook.xml"
    PPTX = "pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "ppt/presentation.xml"
    CSV = "csv", "text/csv", ""
    MP3 = "mp3", "audio/mpeg", ""
    MP4 = "mp4", "video/mp4", ""

    def __new__(cls, value, media_type, part):
        member = object.__new__(cls)
        member._value_ = value
        member.media_type, member.part = media_type, part
        return member

    @property
    def label(self):
        """“PDF”, as on the page and in our sentences."""
        return self.name

    @property
    def is_office(self):
        return self in {FileKind.DOCX, FileKind.XLSX, FileKind.PPTX}

    @classmethod
    def of_name(cls, name):
        """The kind that a file's name claims, or None."""
        ending = name.rpartition(".")[2].lower() if "." in name else ""
        return next((kind for kind in cls if kind.value == ending), None)


# What people upload by mistake, or on purpose: a pattern of the first bytes, and its name in our sentences.
OTHERS = [
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), _("an older Office file, or one with a password")),
    (re.compile(rb"\x89PNG|\xff\xd8\xff|GIF8|RIFF....WEBP|II\*\0|MM\0\*", re.DOTALL), _("a picture")),
    (
        re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<svg\b", re.I | re.DOTALL),
        _("a drawing (SVG)"),
    ),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script)\b", re.I), _("a web page")),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<\?xml\b", re.I), _("an XML file")),
    (re.compile(rb"MZ[\s\S]{0,60}\0|\x7fELF|\xcf\xfa\xed\xfe|#!"), _("a program")),
    (re.compile(rb"Rar!|7z\xbc\xaf|\x1f\x8b"), _("a packed folder")),
    (re.compile(rb"\{\\rtf"), _("a rich text file (RTF)")),
]

ZIP = b"PK\x03\x04"
MP4_BRANDS = {
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"M4V ",
    b"M4A ",
    b"MSNV",
    b"dash",
}


def kind_of_head(head, claimed=None):
    """The kind that the first bytes prove, or None; containers and CSV need more than their first bytes.

    `claimed` is the kind that the file's name says: a table may well speak of “%PDF-” in its first rows.
    """
    if START_OF_PDF.match(head) or (claimed is not FileKind.CSV and b"%PDF-" in head[:JUNK_BEFORE_PDF]):
        return FileKind.PDF
    if head[4:8] == b"ftyp" and head[8:12] in MP4_BRANDS:
        return FileKind.MP4
    if (head[:3] == b"ID3" and head[3:4] < b"\x10") or (len(head) > 1 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2):
        return FileKind.MP3
    return None


def name_of_other(head):
    """What we call a file that we do not take; None where we do not know it."""
    return next((words for pattern, words in OTHERS if pattern.match(head)), None)
