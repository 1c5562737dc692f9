"""Where readers are sent on to, with what they asked for in the query."""

from urllib.parse import urlsplit

from django.http import HttpResponsePermanentRedirect, HttpResponseRedirect


def moved(request, address, *, is_for_good=True):
    """Send a reader on to an address of ours. The query of the request goes along, before a fragment; an address that
    has a query keeps its own.
    """
    parts, query = urlsplit(address), request.META.get("QUERY_STRING", "")
    if query and not parts.query:
        address = parts._replace(query=query).geturl()
    return HttpResponsePermanentRedirect(address) if is_for_good else HttpResponseRedirect(address)
