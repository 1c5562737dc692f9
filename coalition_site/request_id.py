"""An id for each request that Django answers, in every line of the log, and a line of its own.

A page from memory (`coalition_site.page_cache`) has neither: the same bytes go to all. nginx writes a line for every
request, with the id that it hands on.

Imported while logging is set up, so it imports nothing that needs the settings.
"""

import logging
import re
import time
import uuid
from contextvars import ContextVar

from coalition_site.logs import loggable_path

logger = logging.getLogger("coalition_site.requests")

QUIET = ("/healthz", "/readyz")  # asked every few seconds: only what is not well is worth a line

_request_id = ContextVar("request_id", default="-")
_SAFE = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestIdMiddleware:
    """Give each request an id: the one that a proxy in front has set, or a new one. It is answered as X-Request-ID."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        given = request.headers.get("X-Request-ID", "")
        request.id = given if _SAFE.fullmatch(given) else uuid.uuid4().hex
        token = _request_id.set(request.id)
        began = time.monotonic()
        try:
            response = self.get_response(request)
            _log(request, response.status_code, time.monotonic() - began)
        finally:
            _request_id.reset(token)
        response["X-Request-ID"] = request.id
        return response


def _log(request, status, seconds):
    if request.path_info in QUIET and status == 200:
        return
    path = loggable_path(request)
    facts = {"method": request.method, "path": path, "status": status, "duration_ms": round(seconds * 1000, 1)}
    logger.info("%s %s %s", request.method, path, status, extra=facts)


class RequestIdFilter(logging.Filter):
    """Adds the id of the request at hand to each line of the log; “-” outside a request."""

    def filter(self, record):
        # Django logs refused requests when the middleware has ended, and hands the request along.
        request = getattr(record, "request", None)
        record.request_id = getattr(request, "id", None) or _request_id.get()
        return True
