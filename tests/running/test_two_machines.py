"""Two machines behind a balancer: two families of processes on one database, and nothing between them."""

import json
import time

import pytest
from django.test import Client

from publishing.models import Heartbeat
from tests.drafts import change_url, fields_of
from tests.running.machines import Editor, Machine

SEEN_WITHIN = 1  # seconds


@pytest.fixture
def machines(transactional_db, tmp_path, free_port):
    """Two machines, each with the site's own settings of gunicorn."""
    started = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        started.append(Machine(tmp_path / name, free_port(), "tests.running.asks_while_loading"))
    try:
        for machine in started:
            machine.wait()
        yield started
    finally:
        for machine in started:
            machine.stop()


def seconds_until(condition):
    began = time.monotonic()
    while not condition():
        assert time.monotonic() < began + 10
        time.sleep(0.02)
    return time.monotonic() - began


def test_what_is_published_on_one_is_read_from_the_other(machines, make_page, django_user_model):
    first, second = machines
    page = make_page("Partners")
    Heartbeat.note()
    browser = Client()
    browser.force_login(django_user_model.objects.create_superuser("editor", password="a password for tests"))
    editor = Editor(first, browser.cookies["sessionid"].value)

    for number in range(2):
        title = f"Partners anew {number}"
        assert title not in second.get(page.get_absolute_url())[2]
        status, _headers, html = editor.get(change_url(page))
        assert status == 200
        assert editor.post(change_url(page), fields_of(html) | {"title": title, "_publish": "1"})[0] == 302
        assert seconds_until(lambda new=title: new in second.get(page.get_absolute_url())[2]) < SEEN_WITHIN

    # One signed in at one machine is so at the other: a balancer may send each request elsewhere.
    assert Editor(second, browser.cookies["sessionid"].value).get("/admin/")[0] == 200

    for machine in machines:
        # Behind a proxy that says https, on a name of ours; else a reader is sent there, and a stranger's name refused.
        assert machine.get("/readyz")[0] == 200
        assert machine.get("/", **{"X-Forwarded-Proto": "http"})[0] == 301
        assert machine.get("/", Host="evil.example")[0] == 400
        assert machine.get("/healthz", Host="10.0.0.7", **{"X-Forwarded-Proto": "http"})[0] == 200

    # The site is loaded once and its memory set aside; no two processes, and not the one that loaded it, share a
    # connection to Postgres.
    seen = {}
    seconds_until(lambda: seen.update([_backend(first)]) or len(seen) == 2)
    assert len({backend for backend, *_ in seen.values()}) == 2
    for backend, while_loading, frozen, collects in seen.values():
        assert backend != while_loading and int(frozen) > 100_000 and collects == "True"

    # Each line of the log is an object, gunicorn's own too, and none names who asked.
    lines = [json.loads(line) for line in first.log.read_text().splitlines()]
    assert {"gunicorn.error", "coalition_site.requests"} <= {line["logger"] for line in lines}
    assert "203.0.113.9" not in first.log.read_text()
    assert browser.cookies["sessionid"].value not in first.log.read_text()


def _backend(machine):
    process, *facts = machine.get("/backend")[2].split()
    return process, facts
