"""Text of files that people upload: its size, its encoding, its white space."""

import codecs
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.formats.reading import FILE_BYTES_MAX

CHUNK = 65_536
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# Control characters, halves of a pair, and the two that are not characters: no database or XML file takes them all.
STRANGE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def text_of(file):
    """The whole text of a binary file and notes about how it was read. Raises ValidationError."""
    encoding, notes = encoding_of(file)
    return file.read().decode(encoding, "replace"), notes


def encoding_of(file):
    """The encoding of a binary file, read in pieces and rewound, and notes for people. Raises ValidationError."""
    start = file.read(CHUNK)
    if not start.strip():
        raise ValidationError(_("The file is empty."))
    encoding = _announced(start) or "utf-8"
    fits = _fits(file, start, encoding)
    file.seek(0)
    if fits:
        return encoding, ()
    if encoding != "utf-8":
        raise ValidationError(_("The file is damaged: its characters cannot be read. Save it again as “CSV UTF-8”."))
    return "cp1252", (
        _("The file is not in UTF-8. It was read as Windows-1252; look at letters with accents before you go on."),
    )


def _announced(start):
    """The encoding that the first bytes give away."""
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if start.startswith(mark):
            return encoding
    # UTF-16 without a mark: in Western text every other byte is zero.
    if start[1:200:2].count(0) > len(start[1:200:2]) / 2:
        return "utf-16-le"
    if start[0:200:2].count(0) > len(start[0:200:2]) / 2:
        return "utf-16-be"
    return None


def _fits(file, piece, encoding):
    decoder = codecs.getincrementaldecoder(encoding)()
    size = 0
    fits = True
    while piece:
        size += len(piece)
        if size > FILE_BYTES_MAX:
            raise ValidationError(
                _("The file is larger than %(most)s megabytes. Split it into smaller files.")
                % {"most": FILE_BYTES_MAX // 1_000_000}
            )
        fits = fits and _decodes(decoder, piece)
        piece = file.read(CHUNK)
    return fits and _decodes(decoder, b"", final=True)


def _decodes(decoder, piece, final=False):
    try:
        decoder.decode(piece, final)
    except UnicodeDecodeError:
        return False
    return True


def one_line(text):
    """With single spaces and without line breaks. Other spaces of Unicode stay as they are."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", text).strip(" ")


def lines(text):
    """Paragraphs: line breaks of one kind, no spaces at the ends of lines, no empty lines at either end."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(r"[ \t\f\v]*\n[ \t\f\v]*", "\n", text).strip(" \t\n\f\v")


def strange_character(text):
    """The first character that no text should hold, as “U+0000”; empty where all is well."""
    found = STRANGE.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def without_strange(text):
    return STRANGE.sub("", text)
