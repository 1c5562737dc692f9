"""deploy/update.py with two small releases, real gunicorn and readers who never stop asking."""

import importlib.util
import sys
import threading
import time
from collections import Counter

import pytest
from django.conf import settings

from tests.running.door import Door

APP = """
import os, time

def application(environ, start_response):
    asked = environ["QUERY_STRING"]
    is_stuck = os.path.exists("../../stuck") and asked != "web"
    if asked.startswith("since="):
        is_stuck = is_stuck or float(open("../../heartbeat").read()) <= float(asked[6:])
    if environ["PATH_INFO"] == "/readyz" and (is_stuck or os.path.exists(READY_UNLESS)):
        start_response("503 Service Unavailable", [("Content-Length", "9")])
        return [b"not ready"]
    time.sleep(0.01)
    start_response("200 OK", [("Content-Length", str(len(NAME)))])
    return [NAME.encode()]
"""
GUNICORN = """
wsgi_app, workers, worker_class, threads = "app", 2, "gthread", 4
preload_app = control_socket_disable = True
"""
MANAGE = """
import json, os, sys
from pathlib import Path
with open("../../calls.txt", "a") as calls:
    print(NAME, *sys.argv[1:], file=calls)
if sys.argv[1] == FAILS_AT:
    sys.exit(1)
if sys.argv[1] == "collectstatic":
    folder = Path("static_collected")
    folder.mkdir(exist_ok=True)
    (folder / f"site.{NAME}.css").write_text(NAME)
    (folder / "staticfiles.json").write_text(json.dumps({"paths": {"site.css": f"site.{NAME}.css"}}))
"""


def load():
    """The program as a module: it is in no package."""
    folder = settings.BASE_DIR / "deploy"
    found = importlib.util.spec_from_file_location("update", folder / "update.py")
    module = importlib.util.module_from_spec(found)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "path", [str(folder), *sys.path])  # as where it is started
        found.loader.exec_module(module)
    return module


update = load()


def install_packages(place, folder):
    """The packages of these tests, in place of minutes of installing: only what installs them is left out."""
    python = folder / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)


class Machine(update.Place):
    """A place in a folder of its own, in which `door` does what systemd does."""

    def start_anew(self):
        if not self.door.restart():
            raise update.Failed("It did not start.")
        moment = time.time()
        if not (self.current / "has_no_worker").exists():
            (self.home / "heartbeat").write_text(str(moment + 1))
        return moment

    def as_account(self):
        return {}


@pytest.fixture
def machine(tmp_path, monkeypatch):
    monkeypatch.setattr(update, "install_packages", install_packages)
    (tmp_path / "site.env").write_text("SITE_ENV=production")
    machine = Machine(home=tmp_path, socket=tmp_path / "web.sock", patience=20)
    machine.door = Door(machine.socket, machine.current)
    yield machine
    machine.door.close()


@pytest.fixture
def make_release(tmp_path):
    """A function that makes a folder with a release: `broken`, it cannot be loaded; `fails_at`, a step of manage.py."""

    def make(name, broken=False, fails_at="", unready_with="nothing"):
        folder = tmp_path / "sources" / name
        (folder / "deploy").mkdir(parents=True)
        (folder / "deploy" / "gunicorn.conf.py").write_text(GUNICORN)
        facts = f"NAME, FAILS_AT, READY_UNLESS = {name!r}, {fails_at!r}, {str(tmp_path / unready_with)!r}\n"
        (folder / "app.py").write_text(facts + ("1/0" if broken else APP))
        (folder / "manage.py").write_text(facts + MANAGE)
        (folder / "requirements.txt").write_text("")
        return folder

    return make


class Readers:
    """Readers who ask without a pause; what they got is in `answers`, and what failed in `faults`."""

    def __init__(self, path, count=6):
        self.path, self.answers, self.faults = path, Counter(), []
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(count)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _read(self):
        while not self._enough.is_set():
            try:
                self.answers[update.ask(self.path, "/")] += 1
            except OSError as error:
                self.faults.append(repr(error))


def serves(machine):
    return update.ask(machine.socket, "/")[1]


def calls(machine):
    return (machine.home / "calls.txt").read_text().splitlines()


def test_a_release_is_checked_migrated_and_changed_to_without_a_failed_request(machine, make_release, capsys):
    assert update.main([str(make_release("v1"))], machine) == 0
    assert serves(machine) == "v1"
    assert calls(machine) == [
        "v1 check --deploy --fail-level WARNING",
        "v1 work --help",
        "v1 collectstatic --no-input -v 0",
        "v1 migrate --no-input",
    ]
    with Readers(machine.socket) as readers:
        assert update.main([str(make_release("v2"))], machine) == 0
        assert serves(machine) == "v2"
        time.sleep(0.3)
    assert not readers.faults
    assert set(readers.answers) == {(200, "v1"), (200, "v2")}
    assert min(readers.answers.values()) > 10
    assert capsys.readouterr().out.rstrip().endswith("-v2 serves.")
    assert machine.current.readlink().name.endswith("-v2")
    assert (machine.current / ".env").read_text() == "SITE_ENV=production"
    # What pages of the release before name is there still.
    assert (machine.current / "static_collected" / "site.v1.css").exists()
    assert update.main(["--back"], machine) == 0
    assert serves(machine) == "v1"
    assert update.main(["--back"], machine) == 1
    assert "There is no earlier release" in capsys.readouterr().err


def test_a_release_that_cannot_be_loaded_changes_nothing(machine, make_release, capsys):
    update.main([str(make_release("v1"))], machine)
    with Readers(machine.socket) as readers:
        assert update.main([str(make_release("v2", broken=True))], machine) == 1
    assert not readers.faults and set(readers.answers) == {(200, "v1")}
    assert [folder.name[-2:] for folder in machine.releases.iterdir()] == ["v1"]
    said = capsys.readouterr()
    assert "It ended by itself" in said.err
    assert "Nothing was changed." not in said.out and "the tables of the database" in said.out


def test_a_step_that_fails_changes_nothing(machine, make_release, capsys):
    update.main([str(make_release("v1"))], machine)
    for step in ("check", "work", "collectstatic", "migrate"):
        assert update.main([str(make_release(f"v2-{step}", fails_at=step))], machine) == 1
        assert serves(machine) == "v1"
        said = capsys.readouterr()
        assert f"This step failed; its reason is above: {machine.releases}" in said.err
        assert ("Nothing was changed." in said.out) == (step != "migrate"), "a part of it may have been done"
        assert calls(machine)[-1].startswith(f"v2-{step} {step}")


def test_a_release_that_is_not_ready_once_it_serves_is_left_again(machine, make_release, capsys, monkeypatch):
    update.main([str(make_release("v1"))], machine)
    change = update.change_to

    def break_meanwhile(place, folder):
        place.patience = 0.5
        (machine.home / "trouble").touch()
        return change(place, folder)

    monkeypatch.setattr(update, "change_to", break_meanwhile)
    with Readers(machine.socket) as readers:
        assert update.main([str(make_release("v2", unready_with="trouble"))], machine) == 1
    assert serves(machine) == "v1"
    assert not readers.faults
    said = capsys.readouterr()
    assert "it said: not ready" in said.out and "Going back to" in said.out
    assert said.err.rstrip().endswith("-v1 serves as before.")
    assert [folder.name[-2:] for folder in machine.releases.iterdir()] == ["v1"], "--back must never lead to it"


def test_a_release_is_left_again_where_it_brings_the_worker_to_a_standstill(machine, make_release, monkeypatch):
    update.main([str(make_release("v1"))], machine)
    stuck = machine.home / "stuck"

    def change(place, folder, change=update.change_to):
        place.patience = 0.5
        stuck.touch() if folder.name.endswith("v2") else stuck.unlink()
        return change(place, folder)

    monkeypatch.setattr(update, "change_to", change)
    assert update.main([str(make_release("v2"))], machine) == 1
    assert serves(machine) == "v1"


def test_a_release_is_left_again_where_its_worker_does_not_start(machine, make_release, monkeypatch):
    """The worker before looked for work a moment ago: what it says of itself is green for minutes."""
    update.main([str(make_release("v1"))], machine)
    source = make_release("v2")
    (source / "has_no_worker").touch()

    def change(place, folder, change=update.change_to):
        place.patience = 0.5
        return change(place, folder)

    monkeypatch.setattr(update, "change_to", change)
    assert update.main([str(source)], machine) == 1
    assert serves(machine) == "v1"


def test_where_the_worker_stands_still_a_release_that_mends_it_can_be_installed(machine, make_release, capsys):
    update.main([str(make_release("v1"))], machine)
    machine.patience = 2
    (machine.home / "stuck").touch()
    assert update.main([str(make_release("v2"))], machine) == 0
    assert serves(machine) == "v2"
    assert "The site was not ready before" in capsys.readouterr().out
    assert update.main(["--back"], machine) == 0
    assert serves(machine) == "v1"


def test_something_that_is_no_release_is_refused(machine, capsys):
    assert update.main(["v9"], machine) == 1
    assert "v9 is neither a folder nor a tag" in capsys.readouterr().err
    assert not machine.current.exists()


def test_two_updates_at_once_are_refused(machine, make_release, capsys):
    with update.alone(machine):
        assert update.main([str(make_release("v1"))], machine) == 1
    assert "Another update runs" in capsys.readouterr().err


def test_old_releases_are_deleted_and_the_one_that_serves_is_not(machine):
    for number in range(6):
        (machine.releases / f"2026-11-0{number}-000000-v{number}").mkdir(parents=True)
    machine.current.symlink_to(machine.releases / "2026-11-01-000000-v1")
    update.delete_old_releases(machine)
    assert sorted(folder.name[-2:] for folder in machine.releases.iterdir()) == ["v1", "v3", "v4", "v5"]
