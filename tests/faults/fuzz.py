"""Bad input by the thousand, in this process: the page cache, Django and a database behind it.

No answer may be of 5xx, none may echo what was sent as markup, none may take longer than two seconds. What a request
writes is taken back before the next one.
"""

import gzip
import io
import os
import sys
import time
from collections import Counter
from contextlib import redirect_stdout
from dataclasses import dataclass, field

import brotli
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as profile

from tests.faults.strategies import HOST, MARK, requests, said

MOST_SECONDS = 2
TOKEN = "t" * 32
NOT_READY = (503, b"/readyz")  # its answer where no worker runs
SHOWN = 20  # faults of each kind
AS_READ = {"br": brotli.decompress, "gzip": gzip.decompress}  # an echo cannot be seen in what is compressed


@dataclass
class Found:
    requests: int = 0
    statuses: Counter = field(default_factory=Counter)
    patterns: int = 0
    slowest: float = 0.0
    broken: list = field(default_factory=list)  # answers of 5xx, with their cause
    echoed: list = field(default_factory=list)
    slow: list = field(default_factory=list)

    @property
    def is_clean(self):
        return not (self.broken or self.echoed or self.slow)


def run(number=None):
    """Send so many requests (or FUZZ of the environment, or 50,000); gives what was found. Django is set up already."""
    from django.db import connection, transaction

    number = number or int(os.environ.get("FUZZ") or 50_000)
    with redirect_stdout(sys.stderr):  # what is printed becomes a part of the log
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with transaction.atomic():
            site = Site()
            found = send(site, number)
            transaction.set_rollback(True)
        return found
    finally:
        connection.creation.destroy_test_db("site", verbosity=0)


class Site:
    """The site with one row of everything, asked as a web server asks it."""

    def __init__(self):
        from django.contrib.auth import get_user_model
        from django.core.signals import got_request_exception
        from django.test import Client
        from django_tasks_db.models import DBTaskResult

        from search.models import Statistics
        from tests.coalition_site.page_cache.asking import cache_before_django
        from tests.conftest import fill_with_blocks, save_page, save_picture
        from tests.faults.targets import targets
        from tests.whole_site.one_of_each import one_of_each

        Statistics.objects.update_or_create(defaults={"is_due": True})  # words are counted by nobody here
        self.cache, _django, _oracle = cache_before_django()
        home = save_page("Home", slug="home")
        fill_with_blocks(home)
        page = save_page()
        objects = one_of_each(page, save_picture())
        DBTaskResult.objects.update(backend_name="default")  # as every task has it that the site hands over
        browser = Client(raise_request_exception=False)
        browser.force_login(get_user_model().objects.create_superuser("editor"))
        self.session = browser.cookies["sessionid"].value
        self.causes = []
        got_request_exception.connect(self._note, weak=False)
        self.targets = targets(browser, objects)

    def _note(self, **_signal):
        import traceback

        self.causes.append("".join(traceback.format_exc(limit=-3)))

    def ask(self, request):
        """(status, media type, body as it is read, seconds) of one request; nothing of it stays in the database."""
        from django.db import transaction

        from tests.coalition_site.page_cache.asking import connection_kept

        began = time.perf_counter()
        started = []
        with connection_kept(), transaction.atomic():
            chunks = self.cache(self._environ(request), lambda *arguments: started.append(arguments))
            body = b"".join(chunks)
            if hasattr(chunks, "close"):
                chunks.close()
            transaction.set_rollback(True)
        status, pairs = started[0][:2]
        seconds = time.perf_counter() - began
        given = {name.lower(): value for name, value in pairs}
        if body and "content-encoding" in given:
            body = AS_READ[given["content-encoding"]](body)
        return int(status[:3]), given.get("content-type", ""), body, seconds

    def _environ(self, request):
        environ = {
            "REQUEST_METHOD": request.method, "PATH_INFO": request.path.decode("latin-1"),
            "QUERY_STRING": request.query, "SERVER_NAME": HOST, "SERVER_PORT": "443", "REMOTE_ADDR": "192.0.2.1",
            "HTTP_HOST": HOST, "HTTP_ORIGIN": f"https://{HOST}", "SCRIPT_NAME": "", "CONTENT_TYPE": request.media_type,
            "wsgi.url_scheme": "https", "wsgi.input": io.BytesIO(request.body), "wsgi.errors": io.StringIO(),
            "SERVER_PROTOCOL": "HTTP/1.1",
        }  # fmt: skip
        if request.length is not None:
            environ["CONTENT_LENGTH"] = request.length
        if request.is_signed_in:
            environ["HTTP_COOKIE"] = f"sessionid={self.session}; csrftoken={TOKEN}"
            environ["HTTP_X_CSRFTOKEN"] = TOKEN
        return environ | request.headers


def send(site, number):
    found = Found(patterns=len(site.targets))

    @profile(
        max_examples=number, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=HealthCheck
    )
    @given(requests(site.targets))
    def one(request):
        site.causes.clear()
        status, media_type, body, seconds = site.ask(request)
        if seconds > MOST_SECONDS:  # another program may have had the machine
            seconds = min(seconds, site.ask(request)[3])
        found.requests += 1
        found.statuses[status] += 1
        found.slowest = max(found.slowest, seconds)
        if not found.requests % 1_000:
            print(f"{found.requests:,} requests, {len(found.broken)} answers of 5xx", file=sys.stderr, flush=True)
        if status >= 500 and (status, request.path) != NOT_READY:
            found.broken.append(f"{status} {said(request)}\n{''.join(site.causes)}")
            print(found.broken[-1], file=sys.stderr, flush=True)
        if ("html" in media_type or "xml" in media_type) and MARK[:3].encode() in body:
            found.echoed.append(said(request))
        if seconds > MOST_SECONDS:
            found.slow.append(f"{seconds:.1f} s {said(request)}")

    one()
    return found


def words(found):
    """What was found, as a paragraph and lists of what is wrong."""
    statuses = ", ".join(f"{times:,} × {status}" for status, times in sorted(found.statuses.items()))
    lines = [
        f"{found.requests:,} requests made up by Hypothesis on {found.patterns} addresses, one of each pattern of the "
        f"resolver and of the admin, in one process: {len(found.broken)} answers of 5xx, "
        f"{len(found.echoed)} echoes as markup, {len(found.slow)} slower than {MOST_SECONDS} s, "
        f"the slowest {found.slowest:.1f} s. Answers: {statuses}."
    ]
    for faults in (found.broken, found.echoed, found.slow):
        lines += ["", "```", *faults[:SHOWN], "```"] if faults else []
    return "\n".join(lines)


def main():
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.faults.settings"
    django.setup()
    found = run()
    print(words(found))
    return 0 if found.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
