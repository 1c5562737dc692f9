"""What readers wait for: the site as production runs it beside a WSGI application that does nothing.

Both run in the same minute under the same settings of gunicorn and answer with the same number of bytes, in turns. The
ratio says what the site costs, on any machine. CPU is that of all processes, the database included.
"""

import os
import re
import shutil
import statistics
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks.servers import postgres_process, serving
from blog.models import Entry
from coalition_site import sample_library
from publishing.freshness import watcher
from publishing.publish import ensured_revision, publish
from publishing.revisions import add_revision
from resources.models import Publication

QUICK = os.environ.get("QUICK") == "1"
PUBLICATIONS = int(os.environ.get("PUBLICATIONS", "5000"))
ONE, SOME, MANY = 1, 8, 64
CONNECTIONS = (ONE, SOME) if QUICK else (ONE, SOME, MANY)
ROUNDS = 1 if QUICK else 3
# Which of the two processes takes a connection is chance and holds for as long as it is open. With few connections to
# pages that cost next to nothing, that chance is most of what one round finds: so there are many.
ROUNDS_BY_CHANCE = 1 if QUICK else 9
SECONDS = 1
PUBLISHES = 20 if QUICK else 200
BROTLI = {"Accept-Encoding": "br"}
LISTENED = 0.25  # seconds after each publish in which no older answer may come


@dataclass
class Target:
    """One kind of request. `server` answers, with its pages in memory or without; `rounds` with some connections."""

    name: str
    path: str
    server: str = "cached"
    headers: tuple = (("Accept-Encoding", "br"),)
    status: int = 200
    rounds: int = ROUNDS
    bytes: int = 0
    ours: dict = field(default_factory=dict)  # connections → list of Load
    bare: dict = field(default_factory=dict)

    def ratio(self, connections, what):
        """Bare's median over ours, for CPU; ours over bare's, for all else."""
        ours, bare = (
            statistics.median(getattr(load, what) for load in side[connections]) for side in (self.ours, self.bare)
        )
        return bare / ours if what == "cpu" else ours / bare

    def median(self, connections, what):
        return statistics.median(getattr(load, what) for load in self.ours[connections])

    @property
    def errors(self):
        return sum(load.errors for loads in self.ours.values() for load in loads)


@dataclass(frozen=True)
class FirstView:
    """What a browser fetches for its first entry, compressed: bytes without fonts, those of the fonts, requests."""

    bytes: int
    fonts: int
    requests: int
    elsewhere: int


@dataclass
class Findings:
    """All that one run found."""

    targets: list
    memory: dict = field(default_factory=dict)  # "ours", "minimal" → bytes
    start: dict = field(default_factory=dict)  # the same → seconds
    queries: dict = field(default_factory=dict)  # name of a target → statements
    first_view: FirstView | None = None
    seen_after: list = field(default_factory=list)  # seconds after which the last older answer came
    older_later: int = 0


def measure():
    """Fill the database, start the servers, measure all; gives Findings."""
    if not shutil.which("wrk"):
        raise SystemExit("The load comes from wrk, which is not installed. On Debian: apt install wrk")
    _fill()
    targets = _targets()
    found = Findings(targets)
    with ExitStack() as stack:
        servers = _start(stack, found)
        for target in targets:
            _look_at(target, servers[target.server])
        for number in range(ROUNDS_BY_CHANCE):
            for target in targets if number % 2 == 0 else reversed(targets):
                _measure_beside_bare(target, servers, number)
        found.first_view = _first_view(servers["cached"], targets)
        found.memory = {"ours": servers["uncached"].memory(), "minimal": servers["minimal"].memory()}
        _publish_and_listen(servers["cached"], found)
    _count(found)
    return found


def _fill():
    for _sentence in sample_library.make(PUBLICATIONS, 1, 1):
        pass
    call_command("load_starting_content", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _targets():
    entry = Entry.objects.public().order_by("pk").first().get_absolute_url()
    record = Publication.objects.public().order_by("pk").first().get_absolute_url()
    pages = {"home": "/", "entry": entry, "record": record, "list": "/resources/publications/"}
    pages["results"] = f"/search/?q={_common_word()}"
    kept = [Target(name, path, rounds=ROUNDS_BY_CHANCE) for name, path in pages.items()]
    kept += [
        Target("home, gzip", "/", headers=(("Accept-Encoding", "gzip"),), rounds=ROUNDS_BY_CHANCE),
        Target("home, plain", "/", headers=(), rounds=ROUNDS_BY_CHANCE),
        Target("home, unchanged (304)", "/", status=304, rounds=ROUNDS_BY_CHANCE),
    ]
    fresh = [Target(f"{name}, not kept", path, "uncached") for name, path in pages.items()]
    return [*kept, *fresh, Target("style sheet", _style_sheet()), Target("admin form, signed in", "", "uncached")]


def _common_word():
    """A word that stands in about a fifth of the works."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT word FROM search_word ORDER BY abs(items - %s) LIMIT 1", [PUBLICATIONS / 5])
        return cursor.fetchone()[0]


def _style_sheet():
    from django.templatetags.static import static

    return static("css/site.css")


def _start(stack, found):
    """Servers by name: ours with and without pages in memory, the bare one, the minimal one."""
    known = {
        "bare": partial(serving, "benchmarks.bare", first="/1"),
        # As gunicorn runs it unless told otherwise: to share memory is what we do to come near it.
        "minimal": partial(serving, "benchmarks.minimal", first="/", preload=False),
        "cached": _ours(megabytes=64),
        "uncached": _ours(megabytes=0),
    }
    starts = {"ours": [], "minimal": []}
    for _ in range(ROUNDS):
        for name, key in (("ours", "uncached"), ("minimal", "minimal")):
            with known[key]() as server:
                starts[name].append(server.start_seconds)
    found.start = {name: statistics.median(seconds) for name, seconds in starts.items()}
    return {name: stack.enter_context(start()) for name, start in known.items()}


def _ours(megabytes):
    """How to start the site with so much room for pages in memory."""
    name = connection.settings_dict["NAME"]
    environment = {
        "DJANGO_SETTINGS_MODULE": "coalition_site.settings",
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl(),
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "SITE_ENV": "local",
        "PAGE_CACHE_MB": str(megabytes),
    }
    return partial(
        serving,
        "coalition_site.wsgi",
        first="/",
        environment=environment,
        config=settings.BASE_DIR / "deploy" / "gunicorn.conf.py",
        database=postgres_process(connection),
    )


def _look_at(target, server):
    """Ask once for what will be measured: note its bytes, and sign in or take its tag where that belongs to it."""
    if not target.path:
        target.path, target.headers = _form_of_an_entry()
    status, headers, body = server.get(target.path, **dict(target.headers))
    assert status == 200, f"{target.path}: {status}"
    if target.status == 304:
        target.headers += (("If-None-Match", headers["ETag"]),)
        status, _headers, body = server.get(target.path, **dict(target.headers))
        assert status == 304
    target.bytes = len(body)


def _form_of_an_entry():
    user = get_user_model().objects.create_superuser("reader of forms")
    client = Client()
    client.force_login(user)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    entry = Entry.objects.public().order_by("pk").first()
    cookie = ("Cookie", f"{settings.SESSION_COOKIE_NAME}={session}")
    return f"/admin/blog/entry/{entry.pk}/change/", (("Accept-Encoding", "gzip"), cookie)


def _measure_beside_bare(target, servers, number):
    for connections in CONNECTIONS:
        if number >= (target.rounds if connections == SOME else ROUNDS):
            continue
        asked = {"connections": connections, "seconds": SECONDS, "headers": target.headers}
        bare = servers["bare"].load(f"/{max(target.bytes, 1)}", **asked)
        ours = servers[target.server].load(target.path, **asked)
        target.bare.setdefault(connections, []).append(bare)
        target.ours.setdefault(connections, []).append(ours)


def _publish_and_listen(server, found):
    """Publish an entry again and again; after each, ask both processes until long after no older answer came."""
    entry = Entry.objects.public().order_by("pk").first()
    path = entry.get_absolute_url()
    for number in range(PUBLISHES):
        words = f"Published for the {number}th time"
        newest = ensured_revision(entry)
        data = newest.data | {"item": newest.data["item"] | {"title": words}}
        publish(add_revision(Entry, entry.pk, data, base=newest), check_links=False)
        committed = time.perf_counter()
        last_older = 0.0
        while (since := time.perf_counter() - committed) < LISTENED:
            if words.encode() not in server.get(path)[2]:
                last_older = since
        found.seen_after.append(last_older)
        found.older_later += last_older > 1


def _first_view(server, targets):
    """An entry without pictures, with what its page names and what its style sheets name of fonts."""
    entry = next(target for target in targets if target.name == "entry")
    html = server.get(entry.path)[2].decode()
    linked = set(re.findall(r'(?:<link rel="(?:stylesheet|icon)"|<script)[^>]* (?:href|src)="([^"]+)"', html))
    own = sorted(address for address in linked if address.startswith("/"))
    weights = {address: len(server.get(address, **BROTLI)[2]) for address in own}
    # Two faces in the Latin letters of English: the text and its headings.
    fonts = [address for address in _fonts(server, own) if "latin-ext" not in address and "italic" not in address]
    of_fonts = sum(len(server.get(address)[2]) for address in fonts)
    return FirstView(
        bytes=entry.bytes + sum(weights.values()),
        fonts=of_fonts,
        requests=1 + len(own) + len(fonts),
        elsewhere=len(linked) - len(own),
    )


def _fonts(server, linked):
    for address in linked:
        if address.endswith(".css"):
            for name in re.findall(r'url\("?([^")]+\.woff2)"?\)', server.get(address)[2].decode()):
                yield urljoin(address, name)


def _count(found):
    """Statements of each page that is not kept, in a process that watches the content version, as those of the server
    do, and has answered the same before.
    """
    client = Client(SERVER_NAME="localhost")
    watcher.is_on = True
    try:
        for target in found.targets:
            if target.server == "uncached" and "signed in" not in target.name:
                _wait_for_the_watcher()
                client.get(target.path)
                with CaptureQueriesContext(connection) as captured:
                    client.get(target.path)
                found.queries[target.name] = len(captured)
    finally:
        watcher.is_on = False
        watcher.stop()


def _wait_for_the_watcher():
    while watcher.known is None:
        time.sleep(0.01)
