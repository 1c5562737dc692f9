"""The browser: Chromium of this machine, else Playwright's own, else these tests are left out and that is said.

`BROWSER=required`, as CI has it, makes a missing browser a failure.
"""

import io
import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.db import connection, transaction

# Playwright keeps an event loop in the thread of the tests; Django would refuse it every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 600  # seconds for Playwright's download
LEFT_OUT = "The browser tests were left out: there is no Chromium here, and Playwright could not fetch one."


@cache
def chromium():
    """Path of the browser of this machine; '' for Playwright's own; None where there is neither."""
    if found := next(filter(None, map(shutil.which, NAMES)), None):
        return found
    try:
        fetched = subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], capture_output=True, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return "" if fetched.returncode == 0 else None


def pytest_collection_modifyitems(config, items):
    here = [item for item in items if HERE in item.path.parents]
    if not here or chromium() is not None:
        return
    if os.environ.get("BROWSER") == "required":
        raise pytest.UsageError("BROWSER=required, but there is no Chromium here, and Playwright could not fetch one.")
    items[:] = [item for item in items if item not in here]
    config.hook.pytest_deselected(items=here)
    config.stash[left_out] = True


left_out = pytest.StashKey[bool]()


def pytest_terminal_summary(terminalreporter, config):
    if config.stash.get(left_out, False):
        terminalreporter.write_line(LEFT_OUT)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    own = {"executable_path": chromium()} if chromium() else {}
    return browser_type_launch_args | own | {"args": ["--no-sandbox", *quiet]}


@pytest.fixture(scope="session")
def base_url():
    """No address before all others. The plugin's own fixture of this name draws a warning of pytest."""


@pytest.fixture(autouse=True)
def _the_page_address(settings, live_server):
    """Canonical links, and what is printed, name the server of the test."""
    settings.SITE_URL = live_server.url


@pytest.fixture(scope="session")
def kept_rows():
    """Name of a table → its rows, from the first load on: putting them back takes a twentieth of loading again."""
    return {}


@pytest.fixture
def site(live_server, transactional_db, kept_rows):
    """The address of a server with the starting content and one page with all kinds of blocks, /all-kinds/."""
    if kept_rows:
        put_back(kept_rows)
    else:
        load_everything()
        kept_rows |= rows_of_all_tables()
    return live_server.url


def load_everything():
    from django.utils import timezone

    from coalition_site.content_loader import load_starting_content
    from pages.models import Page
    from tests.conftest import fill_with_blocks

    load_starting_content()
    page = Page(title="All kinds of blocks", slug="all-kinds", summary="One page.", published_at=timezone.now())
    page.save()
    fill_with_blocks(page, times=3)


def rows_of_all_tables():
    """What every table holds, as Postgres copies it."""
    rows = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            file = io.BytesIO()
            cursor.copy_expert(f'COPY "{table}" TO STDOUT', file)
            rows[table] = file.getvalue()
    return rows


def put_back(rows):
    from django.contrib.contenttypes.models import ContentType

    with transaction.atomic(), connection.cursor() as cursor:
        # Django has filled the table of content types anew after the last test, with other keys.
        cursor.execute("TRUNCATE " + ", ".join(f'"{table}"' for table in rows))
        for table, copied in rows.items():
            cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.BytesIO(copied))
    ContentType.objects.clear_cache()


@pytest.fixture
def complaints():
    """What the browser complained about: errors and warnings of the console, of scripts and of our policy."""
    return []


@pytest.fixture
def open_page(new_context, complaints):
    """A function that opens a page in a context of its own: open_page(address, width=390, color_scheme="dark").

    Whatever the browser complains about on the way fails the test at its end.
    """

    def listen(message):
        expected = (
            "the server responded with a status of 404" in message.text and "no-such-page" in message.location["url"]
        )
        if message.type in ("error", "warning") and not expected:
            complaints.append(f"{message.location['url']}: {message.text}")

    def open_one(address, width=1280, height=900, **options):
        page = new_context(viewport={"width": width, "height": height}, **options).new_page()
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_one
    assert not complaints, "\n".join(["", *complaints])
