"""Answers to requests that cannot be answered: 400, 403, 404, 409, 413, 422, 500, 503, 507, in the site's look.

All of them but 404 are static and in both languages: they ask neither the database nor the menus. At the addresses of
JSON they are JSON; what else can go wrong there, its own views say.
"""

import logging
import sys

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from pages.models import Redirect
from publishing.deadlocks import is_deadlock
from publishing.machine_faults import has_no_room, is_without_database
from publishing.moved import moved
from resources.api.answers import is_for_programs, refusal
from search.engine import TooMuch
from search.nearest import nearest_items, words_of_path

logger = logging.getLogger(__name__)

NEAREST_ITEMS = 5
RETRY_AFTER = 30  # seconds
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
LAST_WORDS = "Something broke on our side; please try again later. / Algo falló de nuestro lado; inténtelo más tarde.\n"


def bad_request(request, exception=None):
    """400: the address or the form holds bytes that no reader can have typed. Or 413: the form holds too much."""
    if isinstance(exception, TOO_LARGE):
        return HttpResponse(render_to_string("errors/413.html"), status=413)
    if is_for_programs(request.path):
        return refusal(400, "The address is longer than we read, or holds bytes that are no text in UTF-8.")
    return HttpResponse(render_to_string("errors/400.html"), status=400)


@requires_csrf_token
def permission_denied(request, exception=None, reason=""):
    """403: not signed in, not allowed, or a form that comes without its token."""
    return HttpResponse(render_to_string("errors/403.html"), status=403)


def page_not_found(request, exception=None):
    """404: offers search with the words of the address, and the public items nearest to them.

    An old address below a part of the site that answers for itself, such as the blog, leads on from here.
    """
    redirect = Redirect.objects.at(request.path)
    if redirect and redirect.target:
        return moved(request, redirect.target)
    words = words_of_path(request.path)
    context = {
        "title": _("There is no page at this address"),
        "words": words,
        "nearest": nearest_items(words, limit=NEAREST_ITEMS),
    }
    return render(request, "errors/404.html", context, status=404)


def server_error(request):
    """500; what is around a view, such as the session, can fail for want of a database too.

    Where not even a static page can be made, as without the manifest of the static files, one sentence remains.
    """
    try:
        if response := machine_fault(request, sys.exception()):
            return response
        if is_for_programs(request.path):
            return refusal(500, "Something broke on our side. Ask again later.")
        return HttpResponse(render_to_string("errors/500.html"), status=500)
    except Exception:
        logger.exception("The page for faults cannot be made.")
        return HttpResponse(LAST_WORDS, status=500, content_type="text/plain; charset=utf-8")


def machine_fault(request, exception):
    """The answer where not the site is at fault but the machine: 503 or 507, 422 where too much was asked of it, or
    409 where two were in each other's way; None for all other exceptions.
    """
    if isinstance(exception, TooMuch):
        logger.warning("A search was given up.")
        return too_much(request)
    if has_no_room(exception):
        logger.error("There is no room left on a disk.", exc_info=exception)
        return insufficient_storage(request)
    if is_deadlock(exception):
        logger.warning("Two changes waited for each other, and one was undone.", exc_info=exception)
        return conflict(request)
    if is_without_database(exception):
        logger.error("The database does not answer.", exc_info=exception)
        return service_unavailable(request)
    return None


def too_much(request):
    """422: a search that was given up."""
    return HttpResponse(render_to_string("errors/422.html"), status=422)


def conflict(request):
    """409: somebody else changed the same rows at the same moment, and the database undid what this request did."""
    if is_for_programs(request.path):
        return refusal(409, "Something else changed the same at the same moment. Ask again.")
    return HttpResponse(render_to_string("errors/409.html"), status=409)


def insufficient_storage(request):
    """507: nothing can be written at the moment."""
    if is_for_programs(request.path):
        return refusal(507, "There is no room left on the server. Ask again later.")
    return HttpResponse(render_to_string("errors/507.html"), status=507)


def service_unavailable(request):
    """503, with the number of seconds after which to ask again."""
    if is_for_programs(request.path):
        response = refusal(503, "The database does not answer. Ask again in a moment.")
    else:
        response = HttpResponse(render_to_string("errors/503.html"), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response
