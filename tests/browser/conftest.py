"""The browser: Chromium of this machine, best without its window, else Playwright's own.

Where there is neither, these tests are left out and that is said; `BROWSER=required`, as CI has it, makes it a failure.
"""

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from django.test import TransactionTestCase
from playwright.sync_api import expect
from pytest_django.plugin import blocking_manager_key

from tests.browser.admin import change_address, listen, sign_in
from tests.loaded import load_once
from tests.processes import say_at_the_end
from tests.rows import put_back, rows_of_all_tables

# Playwright keeps an event loop in the thread of the tests; Django would refuse it every query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=20_000)  # milliseconds: on a busy machine a page may take its time

HERE = Path(__file__).parent
rows_stayed = pytest.StashKey[bool]()
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
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
    say_at_the_end(config, LEFT_OUT)


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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Rows of the site stay for a next test that wants them too: it puts back only what this one has changed.

    A test that never came to its fixtures has put nothing back: then it is done here.
    """
    stays = item.funcargs.get("kept_rows") and nextitem and "kept_rows" in nextitem.fixturenames
    if item.session.stash.get(rows_stayed, False) and "transactional_db" not in item.funcargs:
        with item.config.stash[blocking_manager_key].unblock():
            TransactionTestCase._fixture_teardown(None)
    item.session.stash[rows_stayed] = bool(stays)
    if stays:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
            return (yield)
    return (yield)


@pytest.fixture(scope="session")
def kept_rows():
    """What all tables hold after the first load: putting that back takes a hundredth of loading it again."""
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

    from pages.models import Page
    from tests.conftest import fill_with_blocks

    load_once()
    page = Page(title="All kinds of blocks", slug="all-kinds", summary="One page.", published_at=timezone.now())
    page.save()
    fill_with_blocks(page, times=3)


@pytest.fixture
def complaints():
    """What the browser complained about: errors and warnings of the console, of scripts and of our policy."""
    return []


@pytest.fixture
def open_page(new_context, complaints):
    """A function that opens a page in a context of its own: open_page(address, width=390, color_scheme="dark").

    Whatever the browser complains about on the way fails the test at its end.
    """

    def note(message):
        expected = (
            "the server responded with a status of 404" in message.text and "no-such-page" in message.location["url"]
        )
        if message.type in ("error", "warning") and not expected:
            complaints.append(f"{message.location['url']}: {message.text}")

    def open_one(address, width=1280, height=900, **options):
        page = new_context(viewport={"width": width, "height": height}, **options).new_page()
        page.on("console", note)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(address)
        return page

    yield open_one
    assert not complaints, "\n".join(["", *complaints])


@pytest.fixture
def partners(transactional_db, make_page):
    """A public page with a heading and a text."""
    from pages.models import Heading, RichText

    page = make_page("Partners")
    Heading.objects.create(parent=page, region="main", ordering=10, text="Who we are")
    RichText.objects.create(parent=page, region="main", ordering=20, text="<p>First</p>")
    return page


@pytest.fixture
def open_form_as(new_context, live_server, partners):
    """A function that opens the form of that page in a browser of its own: open_form_as(user).

    Whatever the browser complains about fails the test at its end.
    """
    complaints = []

    def open_one(user):
        page = sign_in(new_context(viewport={"width": 1280, "height": 900}), user, live_server.url).new_page()
        listen(page, complaints)
        page.goto(change_address(live_server.url, partners))
        return page

    yield open_one
    assert not complaints, "\n".join(["", *complaints])
