"""Citations as text, in the styles that schools of education ask for. Pure functions of a record: no table, no request.

Our own code and not a CSL processor: docs/decisions/0010-citations-by-our-own-code.md says why.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from resources.citations import apa, chicago_lists, chicago_note, mla
from resources.citations.runs import Citation, Run, merged
from resources.citations.tidy import tidied

__all__ = ["STYLES", "Citation", "Run", "Style", "cite"]


class Style(NamedTuple):
    name: str
    label: str
    entry: Callable


STYLES = (
    Style("apa", _("APA 7"), apa.entry),
    Style("mla", _("MLA 9"), mla.entry),
    Style("chicago-bibliography", _("Chicago 17, bibliography"), chicago_lists.bibliography_entry),
    Style("chicago-note", _("Chicago 17, note"), chicago_note.note),
    Style("chicago-author-date", _("Chicago 17, author-date"), chicago_lists.reference),
)
ENTRIES = {style.name: style.entry for style in STYLES}


def cite(record, style, accessed=None):
    """A record in a style, named as in `STYLES`; a name that is none of them is a KeyError.

    `accessed` (a date) is the day of reading; the styles use it only for a work of which no date is known.
    """
    return Citation(merged(ENTRIES[style](tidied(record), accessed)))
