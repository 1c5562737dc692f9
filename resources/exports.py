"""Works as files of reference managers and spreadsheets: the addresses, and the response that streams one.

A work takes some 4 ms, so a file of a large library holds a thread of its process for minutes. Few such threads there
are, and everybody may ask: one long file is made at a time in each process, and the other threads are for pages.
"""

import weakref
from functools import partial
from threading import BoundedSemaphore

from django.http import StreamingHttpResponse
from django.urls import reverse

from publishing.toolbars import Link
from resources.describing import record_of
from resources.formats import FORMATS
from resources.forms import MOST_CHOSEN

WORKS_A_STEP = 200
LONG = MOST_CHOSEN  # works: a file of more is made in turn
# What one work is offered in; lists are offered all formats.
FOR_ONE_WORK = ("bibtex", "ris", "csl")


def links_to(work):
    url = partial(reverse, "resources:work_export")
    return [Link(FORMATS[name].label, url(args=[work.slug, name])) for name in FOR_ONE_WORK]


def links_of_list(compartment=None):
    """For the whole library, or for one compartment of a shelf."""
    place = [compartment.shelf.name, compartment.slug] if compartment else []
    name = "resources:shelf_export" if compartment else "resources:export"
    return [Link(one.label, reverse(name, args=[*place, one.name])) for one in FORMATS.values()]


def links_of_search(query_string):
    """For the publications that a search finds; `query_string` is that of the search."""
    return [
        Link(one.label, f"{reverse('resources:search_export', args=[one.name])}?{query_string}")
        for one in FORMATS.values()
    ]


def links_of_choice(query):
    """For works that a reader has chosen; `query` is the query string that names them."""
    return [
        Link(one.label, f"{reverse('resources:chosen_export', args=[one.name])}?{query}") for one in FORMATS.values()
    ]


def records_of(works):
    """The Records of works, read from the database step by step."""
    return (record_of(work) for work in works.for_record().iterator(chunk_size=WORKS_A_STEP))


_long_file = BoundedSemaphore(1)  # in this process


class Busy(Exception):
    """Another long file is being made in this process."""


class _LongFile:
    """The pieces of a long file. It gives its place back when it ends, is closed, fails, or is forgotten unread."""

    def __init__(self, pieces):
        self._pieces = pieces
        self._give_place_back = weakref.finalize(self, _long_file.release)  # happens once, whatever comes first

    def __iter__(self):
        try:
            yield from self._pieces
        finally:
            self.close()

    def close(self):
        try:
            self._pieces.close()
        finally:
            self._give_place_back()


def response(works, name, stem):
    """A file with works in a format, read from the database as it is sent; `stem` is its name without the ending."""
    return _sent(FORMATS[name].write(records_of(works)), name, stem)


def response_in_turn(works, name, stem):
    """The same for whoever asks; raises Busy where the file is long and another one is being made."""
    pieces = FORMATS[name].write(records_of(works))
    if works.order_by()[LONG : LONG + 1].exists():
        if not _long_file.acquire(blocking=False):
            raise Busy
        pieces = _LongFile(pieces)
    return _sent(pieces, name, stem)


def _sent(pieces, name, stem):
    one = FORMATS[name]
    headers = {"Content-Disposition": f'attachment; filename="{stem}.{one.extension}"', "X-Robots-Tag": "noindex"}
    return StreamingHttpResponse(pieces, content_type=one.media_type, headers=headers)
