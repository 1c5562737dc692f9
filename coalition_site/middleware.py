"""What every request passes: a look at its bytes, its language, a database that is there, one header."""

import threading
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.utils import translation

from coalition_site import probes
from coalition_site.errors import bad_request, machine_fault, service_unavailable
from publishing.freshness import watcher

# What is answered without the database.
ALONE = ("/robots.txt", "/favicon.ico", "/.well-known/security.txt", *probes.ADDRESSES)

LONGEST_QUERY_STRING = 4_000  # bytes; gunicorn allows 4,094 for the whole request line


class RefuseMalformedMiddleware:
    """Answer 400 to an address whose bytes no browser would send by itself.

    NUL bytes, invalid UTF-8 and very long query strings never reach a view or the database.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        query = request.environ.get("QUERY_STRING", "").encode("latin-1", "replace")
        # Django has decoded the path already and left what is not UTF-8 percent-encoded.
        if len(query) > LONGEST_QUERY_STRING or not _is_text(request.path_info) or not _is_text(query):
            return bad_request(request)
        return self.get_response(request)


def _is_text(quoted):
    """Whether a percent-encoded string stands for UTF-8 without a NUL."""
    try:
        return "\x00" not in unquote_to_bytes(quoted).decode("utf-8")
    except UnicodeDecodeError:
        return False


class ResourcePolicyMiddleware:
    """Keep other sites from showing what is ours as a part of them; a view that allows it says so itself."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class UnavailableMiddleware:
    """Answer in the site's look while the database is away, or a disk full. Readers are asked to come back.

    While its host says nothing at all, one request of a process at a time may find out for itself: were all to wait, no
    thread would be left for the pages that are kept in memory. A server that refuses does so at once.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self._finding_out = threading.Lock()

    def __call__(self, request):
        if not watcher.is_database_silent or self._needs_none(request.path_info):
            return self.get_response(request)
        if not self._finding_out.acquire(blocking=False):
            return service_unavailable(request)
        try:
            return self.get_response(request)
        finally:
            self._finding_out.release()

    def _needs_none(self, path):
        return path in ALONE or path.startswith(settings.MEDIA_URL)

    def process_exception(self, request, exception):
        return machine_fault(request, exception)


class LanguageFromPathMiddleware:
    """Take the language from the address and from nothing else: /es/… is Spanish, all else English.

    Django's own LocaleMiddleware also looks at cookies and at Accept-Language, and says so in `Vary`; a
    page of ours is the same for everyone.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        language = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", language)
        return response
