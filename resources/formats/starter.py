"""The short form of a spreadsheet that lists of publications are often kept in, and that ours began with.

Its columns are title, authors, year, publisher, pages, identifier, url, topics. `pages` counts the pages or says where
an article stands; `publisher` may be a journal with its volume and issue, or end in who prepared the work.
"""

import re

from resources.formats import lists
from resources.formats.columns import kind_in_words
from resources.kinds import Kind

COLUMNS = {"title", "authors", "year", "publisher", "pages", "identifier", "url"}
JOURNAL = re.compile(r"(?P<container>[^;]+?) (?P<volume>\d+)\((?P<number>\d+)\)(?:, (?P<publisher>[^;]+))?")
PREPARED = re.compile(r"prepared by (.+)", re.I)
TWO_IDENTIFIERS = re.compile(r"([^()]+) \(([^()]+)\)")


def fits(headings):
    """Whether a row of headings, in lower case, is of this form."""
    return COLUMNS.issubset(headings)


def translated(texts):
    """The cells of the full form."""
    texts = dict(texts)
    if re.search(r"\d\s*[-–,]\s*\d", texts.get("page_count", "")):
        texts["page_range"] = texts.pop("page_count")
    texts |= _publisher(texts.get("publisher", ""))
    texts["identifiers"] = lists.join(
        one for word in lists.split(texts.get("identifiers", "")) for one in _identifiers(word)
    )
    return texts


def _publisher(text):
    if found := JOURNAL.fullmatch(text.strip()):
        return {"kind": kind_in_words(Kind.ARTICLE), **{key: part or "" for key, part in found.groupdict().items()}}
    words = lists.split(text)
    prepared = [found[1] for word in words if (found := PREPARED.fullmatch(word))]
    publishers = [word for word in words if not PREPARED.fullmatch(word)]
    return {"publisher": lists.join(publishers), "preparer": lists.join(prepared)}


def _identifiers(text):
    """“DOI 10.26300/qwhr-xq20 (EdWorkingPaper 19-173)” names two."""
    found = TWO_IDENTIFIERS.fullmatch(text)
    return found.groups() if found else (text,)
