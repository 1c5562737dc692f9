"""Two machines behind a balancer: two families of processes on one database and one object store."""

import json
import time

import boto3
import pytest
from django.test import Client
from moto.server import ThreadedMotoServer

from publishing.models import Heartbeat
from tests.bucket import keep_uploads_in
from tests.conftest import save_picture
from tests.drafts import change_url, fields_of
from tests.library import publish_a_full_work
from tests.running.machines import Editor, Machine

SEEN_WITHIN = 1  # seconds
BUCKET = {
    "MEDIA_STORE": "s3://coalition-media",
    "MEDIA_STORE_REGION": "us-east-1",
    "MEDIA_STORE_KEY": "a-key",
    "MEDIA_STORE_SECRET": "a-secret",
}


@pytest.fixture(scope="module")
def bucket():
    """An object store with an empty bucket: what a machine is told of it."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    told = BUCKET | {"MEDIA_STORE_ENDPOINT": f"http://{host}:{port}"}
    keys = {"aws_access_key_id": "a-key", "aws_secret_access_key": "a-secret", "region_name": "us-east-1"}
    store = boto3.client("s3", endpoint_url=told["MEDIA_STORE_ENDPOINT"], **keys)
    store.create_bucket(Bucket="coalition-media")
    yield told
    store.close()
    server.stop()


@pytest.fixture
def stored_in_the_bucket(bucket, settings, monkeypatch):
    """This process keeps uploads in the bucket, too, with the options that a machine makes of its environment."""
    from coalition_site.environment import Environment

    keep_uploads_in(Environment(bucket).object_store("MEDIA_STORE"), settings, monkeypatch)


@pytest.fixture
def machines(transactional_db, tmp_path, free_port, bucket):
    """Two machines, each with the site's own settings of gunicorn."""
    started = []
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        started.append(Machine(tmp_path / name, free_port(), "tests.running.asks_while_loading", **bucket))
    try:
        for machine in started:
            machine.wait()
        yield started
    finally:
        for machine in started:
            machine.stop()


def seconds_until(condition):
    """How long after now the question was asked that was answered with yes."""
    began = asked = time.monotonic()
    while not condition():
        assert time.monotonic() < began + 10
        time.sleep(0.02)
        asked = time.monotonic()
    return asked - began


def test_two_machines_are_one_site(machines, make_page, django_user_model, stored_in_the_bucket):
    first, second = machines
    Heartbeat.note()
    browser = Client()
    browser.force_login(django_user_model.objects.create_superuser("editor", password="a password for tests"))
    session = browser.cookies["sessionid"].value

    what_is_published_at_one_is_read_from_the_other(first, second, session, make_page("Partners"))
    what_is_uploaded_at_one_is_read_from_the_others(machines)
    for machine in machines:
        it_answers_those_it_knows(machine)
    no_connection_is_shared(first)

    # Each line of the log is an object, gunicorn's own too, and none names who asked.
    lines = [json.loads(line) for line in first.log.read_text().splitlines()]
    assert {"gunicorn.error", "coalition_site.requests"} <= {line["logger"] for line in lines}
    assert "203.0.113.9" not in first.log.read_text() and session not in first.log.read_text()


def what_is_published_at_one_is_read_from_the_other(first, second, session, page):
    editor, address = Editor(first, session), page.get_absolute_url()
    for title in ("Partners anew", "Partners once more"):
        assert title.encode() not in second.get(address)[2]
        status, _headers, html = editor.get(change_url(page))
        assert status == 200
        assert editor.post(change_url(page), fields_of(html) | {"title": title, "_publish": "1"})[0] == 302
        assert seconds_until(lambda new=title: new.encode() in second.get(address)[2]) < SEEN_WITHIN
    # Whoever is signed in at one machine is so at the other: a balancer may send each request elsewhere.
    assert Editor(second, session).get("/admin/")[0] == 200


def what_is_uploaded_at_one_is_read_from_the_others(machines):
    """This process stands for the machine at which somebody uploads."""
    picture, work = save_picture(), publish_a_full_work()
    stored = work.files.get().file
    with picture.image.open("rb") as file:
        image = file.read()
    with stored.file.open("rb") as file:
        report = file.read()
    assert len(report) == stored.size and report.startswith(b"%PDF")
    with pytest.raises(ValueError, match="No address"):
        assert stored.file.url
    for machine in machines:
        status, _headers, shown = machine.get(picture.image.url)
        assert picture.image.url.startswith("/media/pictures/") and (status, shown) == (200, image)
        address = work.files.get().get_absolute_url()
        assert machine.get(address)[::2] == (200, report)
        assert machine.get(address, Range="bytes=5-14")[::2] == (206, report[5:15])
        assert machine.get(f"{work.get_absolute_url()}cover.webp")[2].startswith(b"RIFF")
    # The same bytes once more are the same file, and what was deleted is gone everywhere.
    assert save_picture(title="The same garden").image.name == picture.image.name
    picture.image.storage.delete(picture.image.url.removeprefix("/media/"))
    assert machines[1].get(picture.image.url)[0] == 404


def it_answers_those_it_knows(machine):
    assert machine.get("/readyz")[0] == 200
    assert machine.get("/", **{"X-Forwarded-Proto": "http"})[0] == 301
    assert machine.get("/", Host="evil.example")[0] == 400
    assert machine.get("/healthz", Host="10.0.0.7", **{"X-Forwarded-Proto": "http"})[0] == 200


def no_connection_is_shared(machine):
    """Not between two processes, nor with the one that loaded the site, whose memory they share."""
    seen = {}

    def ask():
        process, *facts = machine.get("/backend")[2].decode().split()
        seen[process] = facts
        return len(seen) == 2

    seconds_until(ask)
    assert len({backend for backend, *_ in seen.values()}) == 2
    for backend, while_loading, frozen, collects in seen.values():
        assert backend != while_loading and int(frozen) > 100_000 and collects == "True"
