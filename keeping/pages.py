"""Twenty public pages as a record: what they said at a moment, so that a restored database can be held against it."""

import hashlib
import io
from contextlib import contextmanager
from html.parser import HTMLParser
from itertools import chain, zip_longest
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.utils import timezone

from publishing.kinds import publishable_models

NUMBER = 20
_SILENT = frozenset({"script", "style", "template"})


def record(moment):
    """Chosen pages as they are at a moment: pairs (list of {"address", "sha256"}, list of addresses that fail)."""
    found, failed = [], []
    reader = Reader()
    with clock_at(moment):
        for address in chosen():
            digest = reader.digest_at(address)
            if digest:
                found.append({"address": address, "sha256": digest})
            else:
                failed.append(address)
    return found, failed


def differing(pages, moment):
    """Those addresses of a record whose pages say something else now, or do not answer."""
    reader = Reader()
    with clock_at(moment):
        return [page["address"] for page in pages if reader.digest_at(page["address"]) != page["sha256"]]


def chosen():
    """The addresses of up to `NUMBER` public items, of all kinds in turn, from the oldest to the newest of each."""
    by_kind = [_spread(model) for model in publishable_models()]
    turns = chain.from_iterable(zip_longest(*by_kind))
    return [address for address in turns if address][:NUMBER]


def _spread(model):
    keys = list(model.objects.public().order_by("pk").values_list("pk", flat=True))
    count = min(NUMBER, len(keys))
    picked = [keys[number * len(keys) // count] for number in range(count)]
    items = model.objects.public().in_bulk(picked)
    # The first and the middle before their neighbors: fewer may be needed than were picked.
    order = sorted(range(count), key=lambda number: (f"{number:05b}"[::-1], number))
    return [items[picked[number]].get_absolute_url() for number in order]


@contextmanager
def clock_at(moment):
    """Inside the block it is this moment for the site. Only for a process that does nothing else meanwhile."""
    real, timezone.now = timezone.now, lambda: moment
    try:
        yield
    finally:
        timezone.now = real


class Reader(BaseHandler):
    """Asks the site for pages as a stranger's browser would, in this process, past every cache in front of Django."""

    def __init__(self):
        super().__init__()
        self.load_middleware()

    def digest_at(self, address):
        """The SHA-256 of what the page says in words; None unless it answers with 200."""
        response = self.get_response(
            _request(address)
        )  # never closed: that would drop the connection, snapshot and all
        if response.status_code != 200:
            return None
        return hashlib.sha256(words_of(b"".join(response).decode()).encode()).hexdigest()


def words_of(html):
    """The words of a page, in order, without its markup."""
    words = _Words()
    words.feed(html)
    words.close()
    return " ".join(" ".join(words.pieces).split())


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.pieces, self._silent = [], 0

    def handle_starttag(self, tag, attrs):
        self._silent += tag in _SILENT

    def handle_endtag(self, tag):
        self._silent -= tag in _SILENT and self._silent > 0

    def handle_data(self, data):
        if not self._silent:
            self.pieces.append(data)


def _request(address):
    site = urlsplit(settings.SITE_URL)
    environ = {
        "PATH_INFO": address.encode().decode("latin-1"),
        "HTTP_HOST": site.netloc,
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
    }
    setup_testing_defaults(environ)
    return WSGIRequest(environ)
