"""What every template may say about the site as a whole. Nothing here asks the database."""

from urllib.parse import urlencode

from django.conf import settings

NOT_PRINTED = "print"  # parameter that opens a page for paper; whoever comes from the paper wants the page of screens


def site(request):
    """`site_url`: the public address of the site; `page_url`: that of this page, without its query string;
    `printed_url`: the same with what this page was asked for; `preview_of`: on previews of drafts, a dict with
    `edit_url`, `public_url` and `is_unsaved`.
    """
    page_url = settings.SITE_URL + request.path
    return {
        "site_url": settings.SITE_URL,
        "page_url": page_url,
        "printed_url": page_url + _asked(request.GET),
        "preview_of": getattr(request, "preview_of", None),
    }


def _asked(parameters):
    """The query string of an address without what says nothing.

    Of a page that others get too, its view has dropped what it does not read (`publishing.http`).
    """
    pairs = [(name, value) for name, values in parameters.lists() for value in values if value and name != NOT_PRINTED]
    return f"?{urlencode(pairs)}" if pairs else ""
