"""Works as files of reference managers and spreadsheets: the addresses, and the response that streams one."""

from functools import partial

from django.http import StreamingHttpResponse
from django.urls import reverse

from publishing.toolbars import Link
from resources.describing import record_of
from resources.formats import FORMATS

WORKS_A_STEP = 200
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


def response(works, name, stem):
    """A file with works in a format, read from the database as it is sent; `stem` is its name without the ending."""
    one = FORMATS[name]
    headers = {"Content-Disposition": f'attachment; filename="{stem}.{one.extension}"', "X-Robots-Tag": "noindex"}
    return StreamingHttpResponse(one.write(records_of(works)), content_type=one.media_type, headers=headers)
