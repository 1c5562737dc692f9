"""The tools: a form as the browser would send it, seconds, statements, bytes."""

import gc
import gzip
import re
import statistics
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

_LINKED = re.compile(rf'["\']({settings.STATIC_URL}[^"\']+\.(?:css|m?js|svg))["\']')


@dataclass
class Figure:
    """What one kind of request costs: seconds of each time it was sent, statements and bytes of one time.

    `cpu_seconds` are those of this process alone. On a busy machine they say more.
    """

    seconds: list = field(default_factory=list)
    cpu_seconds: list = field(default_factory=list)
    queries: int = 0
    bytes: int = 0

    @property
    def milliseconds(self):
        return 1000 * statistics.median(self.seconds)


class Form:
    """The form of one page in one admin, opened and sent by a signed-in person."""

    def __init__(self, user, site, page):
        self.client = Client(SERVER_NAME="localhost", headers={"Accept-Encoding": "gzip"})
        self.client.force_login(user)
        self.url = f"/{site}/pages/page/{page.pk}/change/"
        self.page = page

    def get(self):
        return self.client.get(self.url)

    def read(self, response):
        """Take over what stands in the fields, to send it later."""
        assert response.status_code == 200, response.status_code
        self.data = data_of(response)

    def open(self):
        response = self.get()
        self.read(response)
        return response

    def send(self, button, title, words):
        """Post the form that was opened last, with another title and other words in the first text."""
        typed = {"title": title, "pages_richtext_set-0-text": f"<p>{words}</p>", button: "1"}
        return self.client.post(self.url, self.data | typed)


def data_of(response):
    """What a browser would send for the change form in a response: {name: value}."""
    context = response.context_data
    formsets = [admin_formset.formset for admin_formset in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    for formset in formsets:
        forms += [formset.management_form, *formset.forms]
    values = {bound.html_name: bound.value() for form in forms for bound in form}
    data = {name: value for name, value in values.items() if value is not None and value is not False}
    if panel := context.get("panel"):
        data["_base"] = panel["base"].pk
    return data


# Python keeps the frames of its calls in chunks of memory. A loop that happens to run across the edge of one asks the
# system for memory at each turn, and the same request takes half as long again: so each is sent from many depths.
DEPTHS = range(0, 98, 7)


def timed(figure, send):
    """Send a request, note its seconds; give the response."""
    depth = DEPTHS[len(figure.seconds) % len(DEPTHS)]
    # Whether Python's collector walks all that lives falls to one side by chance, and is a fifth of the time.
    gc.collect()
    gc.disable()
    try:
        start, cpu_start = time.perf_counter(), time.process_time()
        response = _at_depth(depth, send)
        figure.seconds.append(time.perf_counter() - start)
        figure.cpu_seconds.append(time.process_time() - cpu_start)
    finally:
        gc.enable()
    return response


def _at_depth(depth, send):
    return _at_depth(depth - 1, send) if depth else send()


def counted(figure, send):
    """Send a request, note its statements (those that begin and end transactions, too) and bytes; give the response."""
    with CaptureQueriesContext(connection) as captured:
        response = send()
    figure.queries = len(captured)
    figure.bytes = len(response.content)
    return response


def first_view(response):
    """Bytes of a page with every style sheet, script and drawing that it names, as they go over the wire.

    Fonts are not counted: they are named in the style sheets, and kept for a year.
    """
    is_compressed = response.headers.get("Content-Encoding") == "gzip"
    html = gzip.decompress(response.content) if is_compressed else response.content
    linked = set(_LINKED.findall(html.decode()))
    return len(response.content) + sum(_smallest(address) for address in linked)


def _smallest(address):
    """The size of a static file, in its shortest encoding."""
    path = Path(settings.STATIC_ROOT) / address.removeprefix(settings.STATIC_URL)
    return min(copy.stat().st_size for copy in path.parent.glob(f"{path.name}*") if copy.suffix in (path.suffix, ".br"))
