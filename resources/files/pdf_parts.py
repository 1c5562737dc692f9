"""Finds and takes out what runs, opens or hides in a PDF. Works on an open pikepdf.Pdf, in the PDF process only."""

import re

from pikepdf import Array, Dictionary, Object, Stream

# Actions that a page of words does not need, by their type (ISO 32000-2, 12.6.4), and the code that we tell.
# Links inside the document and to the web stay.
ACTIONS = {
    "/JavaScript": "scripts",
    "/Launch": "launches",
    "/GoToR": "launches",
    "/GoToE": "launches",
    "/SubmitForm": "forms",
    "/ImportData": "forms",
    "/Rendition": "media",
    "/Sound": "media",
    "/Movie": "media",
    "/RichMediaExecute": "media",
}
ANNOTATIONS = {
    "/FileAttachment": "attachments",
    "/RichMedia": "media",
    "/Movie": "media",
    "/Sound": "media",
    "/Screen": "media",
    "/3D": "media",
}
NAME_TREES = {"/JavaScript": "scripts", "/EmbeddedFiles": "attachments"}
NOT_SEEN = re.compile(r"[\x00-\x20]")  # readers skip these in an address
HARMLESS_ADDRESS = re.compile(r"(?:https?|mailto|tel|ftp):|(?![a-z][a-z0-9+.-]*:)(?![/\\]{2})", re.IGNORECASE)


def take_out(pdf):
    """Take every dangerous part out of `pdf`; return the codes of what was there, sorted.

    Looks at every object, used or not, since what a viewer would run can hang on pages, links, fields and bookmarks.
    What was cut loose is left behind when the file is written.
    """
    codes = set()
    for item in [*pdf.objects, pdf.trailer]:
        codes |= _clean_tree(item)
    return sorted(codes)


def _clean_tree(item):
    """Clean one object and what is written inside it; what it only refers to is an object of its own."""
    codes = set()
    waiting = [item]
    while waiting:
        container = waiting.pop()
        dangers = {}
        for key, value in _entries(container):
            if code := _danger(container, key, value):
                dangers[key] = code
            elif not value.is_indirect:
                waiting.append(value)
        for key in sorted(dangers, reverse=True):  # from the end, since places in an array move up
            del container[key]
        codes.update(dangers.values())
    return codes


def _entries(container):
    """Pairs of key and value, of those values that are objects of PDF themselves (not numbers)."""
    if isinstance(container, Array):
        pairs = enumerate(container)
    elif isinstance(container, Dictionary | Stream):
        pairs = container.items()
    else:
        return []
    return [(key, value) for key, value in pairs if isinstance(value, Object)]


def _danger(container, key, value):
    """The code of an entry that has to go; None for all others."""
    if key == "/XFA":
        return "xfa"
    if not isinstance(value, Dictionary):
        return None
    if key == "/EF" and ("/F" in container or "/UF" in container):
        return "attachments"
    if key in NAME_TREES and ("/Names" in value or "/Kids" in value):
        return NAME_TREES[key]
    annotation = ANNOTATIONS.get(str(value.get("/Subtype", ""))) if "/Rect" in value else None
    return annotation or _danger_of_action(value)


def _danger_of_action(action):
    kind = str(action.get("/S", ""))
    if kind != "/URI":
        return ACTIONS.get(kind)
    address = NOT_SEEN.sub("", str(action.get("/URI", "")))
    return None if HARMLESS_ADDRESS.match(address) else "links"
