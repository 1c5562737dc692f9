"""Pages within a journal or a book, as people write them: “4-9, 43”, “e12”, “iv–xii”."""

import re

from django.utils.translation import gettext as _

_PAGE = r"[A-Za-z]{0,2}\d{1,6}|[ivxlcdm]{1,9}"
_PIECE = re.compile(rf"\s*(?P<first>{_PAGE})(?:\s*[-–—]\s*(?P<last>{_PAGE}))?\s*")


def fault_of_page_range(text):
    """A sentence on what is wrong with a range of pages; None where nothing is."""
    for piece in text.split(",") if text else []:
        found = _PIECE.fullmatch(piece)
        if not found:
            return _("Write pages such as 4-9 or 4-9, 43. “%(piece)s” is none.") % {"piece": piece.strip()[:30]}
        first, last = found["first"], found["last"]
        if last and first.isdecimal() and last.isdecimal() and int(whole_page(first, last)) < int(first):
            return _("Page %(last)s comes before page %(first)s.") % {"first": first, "last": last}
    return None


def whole_page(first, last):
    """The last page of a range in full: “288-93” ends on page 293."""
    return first[: max(0, len(first) - len(last))] + last
