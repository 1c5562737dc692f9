"""Tagged PDF: the structure that screen readers follow, written by hand, since fpdf2 tags pictures and links only."""

import io

import pikepdf
from pikepdf import Array, Dictionary, Name


def write(content, marks, path):
    """Write the PDF in `content` (bytes) to `path` with a structure tree over its marked pieces.

    `marks` holds a pair (number of the page from 1, tag) for each, in reading order; the pieces of a page are numbered
    from 0 in the same order. Items that follow each other become one list (ISO 32000-2, 14.7 and 14.8).
    """
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        document = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=root, K=Array()))
        root.K = document
        root.ParentTree = pdf.make_indirect(Dictionary(Nums=_add_elements(pdf, document, marks)))
        pdf.Root.StructTreeRoot = root
        pdf.Root.MarkInfo = Dictionary(Marked=True)
        pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        pdf.save(path, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _add_elements(pdf, document, marks):
    """Fill the document element; return the array that leads from the pieces of each page back to their elements."""
    of_page = [Array() for _page in pdf.pages]
    items = None
    for page_number, tag in marks:
        page, pieces = pdf.pages[page_number - 1], of_page[page_number - 1]
        if tag != "LI":
            items, parent = None, document
        else:
            items = items or _element(pdf, document, "L")
            parent = _element(pdf, items, "LI")
        piece = _element(pdf, parent, "LBody" if tag == "LI" else tag)
        piece.Pg, piece.K = page.obj, len(pieces)
        pieces.append(piece)
    numbers = Array()
    for number, (page, pieces) in enumerate(zip(pdf.pages, of_page, strict=True)):
        page.obj.StructParents, page.obj.Tabs = number, Name.S
        numbers.extend([number, pdf.make_indirect(pieces)])
    return numbers


def _element(pdf, parent, tag):
    element = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name(f"/{tag}"), P=parent, K=Array()))
    parent.K.append(element)
    return element
