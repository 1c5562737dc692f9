"""The layer between the web server and Django."""

import threading
import time

from django.conf import settings

from coalition_site.page_cache.copies import Copy, compressed, with_encoding
from coalition_site.page_cache.requests import concerns_everyone, encoding_of, names_tag, query_of
from coalition_site.page_cache.shelf import Shelf
from publishing import content_version
from publishing.freshness import watcher

PATIENCE = 10  # seconds for which a request waits for another that renders the same page
MOST_PATHS = 50_000  # whose parameters are remembered
MOST_HOSTS = 50
FOR_NGINX = 1  # second: enough for a crowd, too short for an editor to notice
STALE = "coalition; hit; detail=stale"  # RFC 9211
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
OK, UNCHANGED = "200 OK", "304 Not Modified"
# What stands at an address where a page stood before. Caches in front of us keep it for a moment, so that it takes the
# place of the page that they still have, and would show when we do not answer.
IN_PLACE_OF_A_PAGE = ("301", "404", "410")
FOR_A_MOMENT = ("Cache-Control", f"public, max-age=0, s-maxage={FOR_NGINX}")


class PageCache:
    """A WSGI application that answers readers from memory and lets Django answer what it cannot.

    `room`: bytes for copies.
    """

    def __init__(self, application, room=None, watcher=watcher):
        self.application, self.watcher = application, watcher
        self.shelf = Shelf(settings.PAGE_CACHE_BYTES if room is None else room)
        self.cookies = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")
        self._parameters = {}  # path → names of the parameters that its page depends on
        self._hosts = set()  # that Django has accepted
        self._rendering = {}  # key → the event that is set when its page is there
        self._lock = threading.Lock()
        watcher.is_on = True
        content_version.after_commit(watcher.forget_version)

    def __call__(self, environ, start_response):
        if not concerns_everyone(environ, self.cookies):
            return self.application(environ, start_response)
        key = self._key(environ)
        known = self.watcher.known
        is_away = known is None and self.watcher.is_database_away
        if environ.get("HTTP_HOST") in self._hosts:
            copy = self.shelf.get(key)
            if copy is not None:
                now = time.time()
                if known is not None and copy.is_right(known, now):
                    return _give(copy, environ, start_response, now)
                if is_away and self._stands_in(copy, now):
                    return _give(copy, environ, start_response, now, STALE)
        if is_away:  # whoever waited for another would hold a thread that can give pages from memory
            return self._from_django(environ, start_response)
        return self._from_one_rendering(environ, start_response, key)

    def _key(self, environ):
        path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
        if query:
            parameters = self._parameters.get(path)
            if parameters is not None:
                query = query_of(query, parameters)
        return (environ["wsgi.url_scheme"], path, query)

    def _stands_in(self, copy, now):
        last_known = self.watcher.last_known
        return last_known is not None and copy.may_stand_in(last_known, now)

    def _from_one_rendering(self, environ, start_response, key):
        """Let one of many simultaneous requests render; the others wait, and take what it made where it is right."""
        with self._lock:
            done = self._rendering.get(key)
            mine = None if done else self._rendering.setdefault(key, threading.Event())
        if done:
            done.wait(PATIENCE)
            copy, known, now = self.shelf.get(self._key(environ)), self.watcher.known, time.time()
            if copy and known and copy.is_right(known, now) and environ.get("HTTP_HOST") in self._hosts:
                return _give(copy, environ, start_response, now)
            return self._from_django(environ, start_response)
        try:
            return self._from_django(environ, start_response)
        finally:
            with self._lock:
                self._rendering.pop(key, None)
            mine.set()

    def _from_django(self, environ, start_response):
        known = self.watcher.known  # before the first query: what is committed meanwhile makes the copy wrong
        started = []
        asked = self._as_for_all(environ)
        response = self.application(asked, lambda *arguments: started.append(arguments))
        status, headers, *_exception = started[-1]
        key, now = self._key(environ), time.time()
        if status.startswith("5"):
            copy = self.shelf.get(key)
            if copy is not None and self._stands_in(copy, now):
                _close(response)
                return _give(copy, environ, start_response, now, STALE)
        elif _is_for_everyone(response, status, headers):
            if copy := self._kept(asked, response, headers, known):
                _close(response)
                return _give(copy, environ, start_response, now)
        elif environ.get("HTTP_HOST") in self._hosts:  # a name that is not ours says nothing about our page
            self.shelf.drop(key)
        return _pass_on(environ, start_response, response, status, headers)

    def _as_for_all(self, environ):
        """The environment of a request whose whole answer is wanted, whatever this reader has of it already."""
        if environ["PATH_INFO"] not in self._parameters:
            return environ
        asked = {name: value for name, value in environ.items() if name not in CONDITIONS}
        return asked | {"REQUEST_METHOD": "GET"}

    def _kept(self, environ, response, headers, known):
        """A copy of a response that may be kept, on the shelf; None while the content version is not known."""
        if len(self._parameters) >= MOST_PATHS:
            self._parameters.clear()
        self._parameters[environ["PATH_INFO"]] = response.parameters
        host = environ.get("HTTP_HOST")
        if known is None or host is None or environ["REQUEST_METHOD"] == "HEAD":
            return None
        if len(self._hosts) >= MOST_HOSTS:  # made-up ports, each of which Django accepts
            self._hosts.clear()
        self._hosts.add(host)
        copy = Copy(response.content, headers, known=known)
        self.shelf.put(self._key(environ), copy)
        return copy


def _is_for_everyone(response, status, headers):
    """Whether a response may be given to others: its view says so, and nothing in it is about one reader."""
    if getattr(response, "parameters", None) is None or status != OK or response.streaming:
        return False
    given = {name.lower(): value.lower() for name, value in headers}
    if "set-cookie" in given or "no-store" in given.get("cache-control", ""):
        return False
    return "cookie" not in given.get("vary", "") and "content-encoding" not in given


def _give(copy, environ, start_response, now, state=""):
    variant = copy.variants[encoding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))]
    if state:
        about = [("Cache-Control", "no-cache"), ("Cache-Status", state), ("Age", str(int(now - copy.made_at)))]
    else:
        about = [("Cache-Control", copy.cache_control_at(now))]
        if settings.PROXIES:  # nginx in front of us takes the header away
            about.append(("X-Accel-Expires", str(int(min(FOR_NGINX, max(copy.ends_at - now, 0))))))
    asked = environ.get("HTTP_IF_NONE_MATCH")
    if asked is not None and names_tag(asked, variant.tag):
        start_response(UNCHANGED, variant.headers_unchanged + about)
        return []
    start_response(OK, variant.headers + about)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else variant.chunks


def _pass_on(environ, start_response, response, status, headers):
    """Give what is not kept as it is; compressed where it is text."""
    encoding = encoding_of(environ.get("HTTP_ACCEPT_ENCODING", ""))
    given = {name.lower(): value for name, value in headers}
    if status.startswith(IN_PLACE_OF_A_PAGE) and not {"cache-control", "set-cookie"} & given.keys():
        headers = [*headers, FOR_A_MOMENT]
    packed = None
    if encoding and "content-encoding" not in given and not getattr(response, "streaming", True):
        packed = compressed(response.content, encoding, given.get("content-type", ""))
    if packed is None:
        start_response(status, headers)
        return response
    _close(response)
    headers = [pair for pair in headers if pair[0].lower() not in ("content-length", "vary", "etag")]
    headers += [("Vary", with_encoding(given.get("vary", ""))), ("Content-Encoding", encoding)]
    start_response(status, [*headers, ("Content-Length", str(len(packed)))])
    return [packed]


def _close(response):
    close = getattr(response, "close", None)
    if close:
        close()
