"""Asking a WSGI application as a web server does, in this process and on this connection."""

import io
import math
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone

from coalition_site.page_cache import PageCache
from publishing.freshness import Known
from publishing.models import ContentVersion
from publishing.moments import first_moments


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes


def ask(application, address, *, method="GET", host="www.example.org", scheme="https", body=b"", **headers):
    """The answer to one request. `headers`: by their names in small letters, such as accept_encoding="br"."""
    path, _mark, query = address.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": path.encode().decode("latin-1"),
        "QUERY_STRING": query,
        "SERVER_NAME": host,
        "SERVER_PORT": "443",
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_HOST": host,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": scheme,
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    } | {f"HTTP_{name.upper()}": value for name, value in headers.items()}
    started = []
    with connection_kept():
        chunks = application(environ, lambda *arguments: started.append(arguments))
        sent = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
    status, pairs = started[0][:2]
    return Answer(int(status[:3]), {name.lower(): value for name, value in pairs}, sent)


@contextmanager
def connection_kept():
    """Django would close the connection of the test with each request."""
    signals = (request_started, request_finished)
    held = [signal for signal in signals if signal.disconnect(close_old_connections)]
    try:
        yield
    finally:
        for signal in held:
            signal.connect(close_old_connections)


class Oracle:
    """In the place of the thread that watches: asks the database each time, on the connection of the test."""

    is_database_away = False
    last_known = None
    is_sure = True
    asks = True

    @property
    def known(self):
        if not (self.is_sure and self.asks):
            return self.last_known if self.is_sure else None
        moments = (moment.timestamp() for moment in first_moments(timezone.now()))
        self.last_known = Known(*ContentVersion.marks().get(), min(moments, default=math.inf))
        return self.last_known

    def forget_version(self):
        """Nothing is remembered."""


class Counted:
    """Django, which counts how often it is asked; `fails` with an error of the server when told to."""

    def __init__(self):
        self.django, self.times, self.fails = WSGIHandler(), 0, False

    def __call__(self, environ, start_response):
        self.times += 1
        if self.fails:
            start_response("503 Service Unavailable", [("Content-Type", "text/plain")])
            return [b"away"]
        return self.django(environ, start_response)


def cache_before_django(room=10_000_000):
    """A page cache, the counting Django behind it and the oracle that tells it the content version."""
    django, oracle = Counted(), Oracle()
    return PageCache(django, room=room, watcher=oracle), django, oracle
