"""Answers in JSON that any site may read: data with a version, refusals with a sentence."""

import hashlib
import re
from functools import wraps

from django.http import HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.csrf import csrf_exempt

VERSION = 1
METHODS = ("GET", "HEAD", "OPTIONS")
ADDRESSES = re.compile(r"/resources/publications(/[^/]*)?\.json")
OPEN = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": "ETag, Link"}
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(METHODS),
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def is_for_programs(path):
    """Whether an address answers in JSON, so that its refusals do too."""
    return ADDRESSES.fullmatch(path) is not None


def for_programs(view):
    """A view that programs read from any site, and nobody writes to: GET and HEAD, and the question of a browser
    whether a script may ask (OPTIONS). All its answers may be read by scripts of other sites, and none is about who
    asks: the view says by `response.parameters`, as `publishing.http.for_everyone` does, which of them may be kept.
    """

    @csrf_exempt
    @wraps(view)
    def answering(request, *args, **kwargs):
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers=PREFLIGHT)
        elif request.method not in METHODS:
            response = refusal(405, "This address is read only: ask with GET or HEAD.")
        else:
            response = view(request, *args, **kwargs)
        if response.status_code in (204, 405):
            response["Allow"] = ", ".join(METHODS)
        return opened(response)

    return answering


def opened(response):
    for name, value in OPEN.items():
        response[name] = value
    return response


def answer(request, data, **headers):
    """Data with its version; unchanged since the reader last asked, a 304.

    Kept by nobody without asking us before each use: a work can be taken away at any moment.
    """
    response = _json(data)
    response["Cache-Control"] = "no-cache"
    response["X-Robots-Tag"] = "noindex"
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    for name, value in headers.items():
        response[name] = value
    response = get_conditional_response(request, etag=response["ETag"], response=response)
    return refusal(412, "The answer is not the one that If-Match names.") if response.status_code == 412 else response


def refusal(status, sentence, **more):
    """An answer that holds no data: its status once more, what is wrong, and what else is known."""
    response = _json({"error": {"status": status, "message": sentence, **more}}, status)
    response["Cache-Control"] = "no-store"
    return opened(response)


def _json(data, status=200):
    return JsonResponse({"version": VERSION, **data}, status=status, json_dumps_params={"ensure_ascii": False})
