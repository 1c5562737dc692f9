"""EPUBs: open to everyone, and pages without scripts."""

import re

from django.utils.translation import gettext as _

from resources.files.facts import Refused, too_large
from resources.files.kinds import FileKind
from resources.files.xml_parts import PIECE, Declares, Malformed, elements

SCRIPTS = (".js", ".mjs")
PAGES = (".xhtml", ".xht", ".html", ".htm", ".xml", ".svg", ".svgz", ".opf", ".ncx")
OF_A_MAC = "__MACOSX/"  # what its Finder leaves beside the parts, under their names
MARKS = (b"<html", b"<svg", b"<script", b"<!doctype")
BLANK = b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"  # what may stand in front of the first sign of a page, in any encoding
HANDLER = re.compile(r"on[a-z]{3,}", re.IGNORECASE)
# The attributes of pages and drawings that hold an address, or (the last four) put one into another element.
ADDRESSES = {
    "href", "src", "action", "formaction", "data", "poster", "background", "cite", "codebase", "base", "longdesc",
    "to", "from", "by", "values",
}  # fmt: skip
# Addresses that are programs or may be pages; programs that show them pass over blanks and control characters.
PROGRAM = re.compile(r"(?:javascript|vbscript):|data:(?!image/(?!svg)|audio/|video/|font/|text/(?:css|plain)\b)", re.I)
DRAWING = re.compile(r"data:image/svg", re.I)
PICTURES = {"img", "image"}  # in which no drawing runs a script
PASSED_OVER = re.compile(r"[\0-\x20]+")


def check_epub(archive, infos, limits):
    """Raise Refused where an EPUB is none, is locked, or carries a script."""
    names = [info.filename for info in infos]
    if names[0] != "mimetype" or _start(archive, "mimetype").strip() != FileKind.EPUB.media_type.encode():
        raise Refused(_("This file does not begin as an EPUB must. Export it again as EPUB, and choose that copy."))
    if "META-INF/rights.xml" in names:
        raise Refused(
            _("This EPUB is locked against copying (DRM), so readers could not open it. Ask for an open copy.")
        )
    if any(name.lower().endswith(SCRIPTS) for name in names):
        raise Refused(_("This EPUB carries scripts. Export it without them, and choose that copy."))
    pages = [info for info in infos if _may_be_page(archive, info)]
    if sum(info.file_size for info in pages) > limits.markup_bytes:
        raise too_large()
    for info in pages:
        _check_page(archive, info)


def _may_be_page(archive, info):
    """Whether a part is called a page, or begins like one: what it is by right, the name alone does not say."""
    if info.filename.startswith(OF_A_MAC):
        return False
    if info.filename.lower().endswith(PAGES):
        return True
    with archive.open(info) as part:
        while piece := part.read(PIECE):
            if start := piece.lstrip(BLANK):
                return start.startswith(b"<")
    return False


def _check_page(archive, info):
    named = {"page": info.filename[:100]}
    try:
        with archive.open(info) as part:
            if any(_runs(name, attributes) for name, attributes in elements(part, knows_signs=True)):
                raise Refused(
                    _("This EPUB carries a script in “%(page)s”. Export it without scripts, and choose that copy.")
                    % named
                )
    except Declares:
        raise Refused(
            _("“%(page)s” in this EPUB makes words of its own (entities), as harmful files do. We do not take it.")
            % named
        ) from None
    except Malformed:
        if info.filename.lower().endswith(PAGES) or _looks_like_page(archive, info):
            raise Refused(
                _(
                    "“%(page)s” in this EPUB is not written as programs for reading need it. "
                    "Export it again, and choose that copy."
                )
                % named
            ) from None


def _looks_like_page(archive, info):
    """Whether a part that is no XML may be shown as a page all the same, whatever it is called."""
    with archive.open(info) as part:
        start = part.read(PIECE).replace(b"\0", b"").lower()
    return any(mark in start for mark in MARKS)


def _runs(name, attributes):
    """Whether an element is a script, or has one in its attributes."""
    if not attributes:  # as most, and asking for them takes time
        return name.lower() == "script"
    name = name.lower()
    return name == "script" or any(_is_program(name, key, value) for key, value in attributes.items())


def _is_program(name, key, value):
    key = key.rpartition(":")[2].lower()
    if key in ADDRESSES:
        address = PASSED_OVER.sub("", value)
        if name in PICTURES and DRAWING.match(address):
            return False
        return any(PROGRAM.match(one) for one in (address.split(";") if key == "values" else [address]))
    return key == "srcdoc" or bool(HANDLER.fullmatch(key))


def _start(archive, name):
    """The first bytes of a part; empty where it is missing."""
    try:
        with archive.open(name) as part:
            return part.read(PIECE)
    except KeyError:
        return b""
