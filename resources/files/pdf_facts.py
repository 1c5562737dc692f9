"""What a PDF says of itself, and its cleaning. Runs in the PDF process only."""

import re

import pikepdf

from resources.files.pdf_pages import No, open_document
from resources.files.pdf_parts import take_out

LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
LONGEST_TITLE = 500
# What pikepdf raises on parts that are not what they should be
BROKEN = (pikepdf.PdfError, ValueError, TypeError, LookupError, AttributeError, RuntimeError, ArithmeticError)


def facts(path, limits, clean_path):
    """One answer: the facts. Where something had to be taken out, the cleaned file lies at `clean_path`."""
    try:
        with pikepdf.open(path, attempt_recovery=False, access_mode=pikepdf.AccessMode.stream) as pdf:
            _check_size(pdf, limits)
            found = _facts_of(pdf)
            removed = take_out(pdf)
            if removed:
                _check_cleanable(pdf, removed, found)
                pdf.save(clean_path, compress_streams=True, deterministic_id=True)
    except pikepdf.PasswordError:
        raise No("password") from None
    except BROKEN:
        raise No("broken") from None
    _check_opens(clean_path if removed else path, found["page_count"])
    yield found | {"removed": removed}


def _check_size(pdf, limits):
    """The table's own claim first: counting the objects loads them all."""
    objects = int(pdf.trailer.Size)
    if objects <= limits.pdf_objects:
        objects = len(pdf.objects)
    if objects > limits.pdf_objects:
        raise No("objects", {"count": objects, "limit": limits.pdf_objects})
    pages = len(pdf.pages)
    if pages > limits.pdf_pages:
        raise No("pages", {"count": pages, "limit": limits.pdf_pages})
    if not pages:
        raise No("broken")


def _facts_of(pdf):
    root, info = pdf.Root, pdf.trailer.get("/Info", {})
    language = _words(root.get("/Lang"))
    return {
        "page_count": len(pdf.pages),
        "title": _words(info.get("/Title"))[:LONGEST_TITLE],
        "language": language if LANGUAGE.fullmatch(language) else "",
        "is_tagged": "/StructTreeRoot" in root and bool(root.get("/MarkInfo", {}).get("/Marked", False)),
        "needs_xfa": bool(root.get("/NeedsRendering", False)),
        "is_portfolio": "/Collection" in root,
    }


def _words(value):
    """A string of the PDF as one line; empty for anything else."""
    text = str(value) if isinstance(value, pikepdf.String) else ""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())


def _check_cleanable(pdf, removed, found):
    """Refuse where cleaning would empty the file, or lift what its publisher has locked."""
    if found["needs_xfa"] and "xfa" in removed:
        raise No("xfa")
    if found["is_portfolio"]:
        raise No("portfolio")
    if pdf.is_encrypted:
        raise No("locked")


def _check_opens(path, page_count):
    """Refuse what the library that reads the pages sees otherwise."""
    with open_document(path) as document:
        if len(document) != page_count:
            raise No("broken")
        document[0].close()
