"""`python -m local` in a project that stands in for ours: real processes, a real database, no Django."""

import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from contextlib import closing

import pytest

from local.binaries import find_binaries
from local.postgres import PROJECT, Cluster
from tests.local.clusters import answers

MANAGE = """
import os, sys, time
from pathlib import Path
with open("calls.txt", "a") as calls:
    print(*sys.argv[1:], file=calls)
if sys.argv[1] == "ask":
    import psycopg2
    psycopg2.connect(os.environ["DATABASE_URL"]).close()
    sys.exit(7)
while Path("slow").exists() or sys.argv[1] in ("work", "runserver"):
    time.sleep(0.05)
"""
WSGI = """
def application(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"The Coalition"]
"""
GUNICORN = 'wsgi_app = "coalition_site.wsgi"'
NAMING_TEST = """
import os, time
from pathlib import Path

def test_name():
    Path(os.environ["SAY"]).write_text(os.environ.get("TEST_DATABASE_NAME", "Django's own"))
    while Path("slow").exists():
        time.sleep(0.05)
    assert os.environ["SITE_ENV"] == "local" and len(os.environ["SECRET_KEY"]) >= 50
    assert os.environ["DATABASE_URL"].startswith("postgresql://site@")
"""


ELSEWHERE = "postgresql://elsewhere/site"
# What the run that these tests are part of was given itself.
NOT_FOR_THE_STAND_IN = {
    "DATABASE_URL",
    "DEBUG",
    "PYTEST_ADDOPTS",
    "SECRET_KEY",
    "SITE_ENV",
    "TEST_DATABASE_NAME",
}


class StandIn:
    """A project of a copy of `local/`, of what it imports, and the least that it calls."""

    def __init__(self, folder):
        self.folder = folder
        shutil.copytree(PROJECT / "local", folder / "local", ignore=shutil.ignore_patterns("__pycache__"))
        (folder / "keeping").mkdir()
        shutil.copy(PROJECT / "keeping" / "program_folders.py", folder / "keeping")
        (folder / "coalition_site").mkdir()
        (folder / "coalition_site" / "wsgi.py").write_text(WSGI)
        (folder / "deploy").mkdir()
        (folder / "deploy" / "gunicorn.conf.py").write_text(GUNICORN)
        (folder / "manage.py").write_text(MANAGE)
        (folder / "naming.py").write_text(NAMING_TEST)
        self.cluster = Cluster(folder / ".local", find_binaries())
        with closing(socket.socket()) as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]

    def start(self, *command, **environment):
        own = {name: value for name, value in os.environ.items() if name not in NOT_FOR_THE_STAND_IN}
        return subprocess.Popen(
            [sys.executable, "-m", "local", *command],
            cwd=self.folder,
            env=own | {"PORT": str(self.port)} | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, *command, typed="", **environment):
        """The exit status and all that was printed."""
        with self.start(*command, **environment) as process:
            printed, _ = process.communicate(typed, timeout=60)
            return process.returncode, printed

    def calls(self):
        path = self.folder / "calls.txt"
        return path.read_text().splitlines() if path.exists() else []

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
                return answer.read() == b"The Coalition"
        except OSError:
            return False


@pytest.fixture
def project(tmp_path):
    project = StandIn(tmp_path)
    yield project
    project.cluster.stop_if_unused()


def wait_until(condition):
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline, "it did not happen within 30 seconds"
        time.sleep(0.05)


def read_until(process, text):
    printed = ""
    while text not in printed:
        line = process.stdout.readline()
        assert line, f"{text!r} was not printed, but:\n{printed}"
        printed += line
    return printed


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_run_prepares_serves_says_where_and_stops_cleanly(project, how):
    with project.start("run") as process:
        printed = read_until(process, "Ctrl-C")
        assert project.answers() and answers(project.cluster)
        assert f"http://localhost:{project.port}/" in printed and "make staff" in printed
        process.send_signal(how)
        rest, _ = process.communicate(timeout=30)
    assert process.returncode == 0 and "Traceback" not in rest
    assert not project.answers() and not answers(project.cluster)
    assert project.calls() == [
        "migrate --no-input -v 0",
        "load_starting_content",
        "collectstatic --no-input -v 0",
        "work",
    ]
    assert stat.S_IMODE((project.folder / ".env").stat().st_mode) == 0o600


def test_dev_has_the_worker_beside_the_server_that_reloads(project):
    with project.start("dev") as process:
        wait_until(lambda: "work" in project.calls())
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)
    address = f"127.0.0.1:{project.port}"
    assert sorted(project.calls()[2:]) == [f"runserver {address}", "work"]


def test_static_files_are_collected_again_only_when_one_changed(project):
    manifest = project.folder / "static_collected" / "staticfiles.json"
    manifest.parent.mkdir()
    manifest.touch()
    (project.folder / "pages" / "static").mkdir(parents=True)
    collected = []
    for text in ["one", "one", "second"]:
        style = project.folder / "pages" / "static" / "page.css"
        if not style.exists() or style.read_text() != text:
            style.write_text(text)
        with project.start("run", DATABASE_URL=ELSEWHERE) as process:
            read_until(process, "Ctrl-C")
            process.terminate()
        collected.append(sum(call.startswith("collectstatic") for call in project.calls()))
    assert collected == [1, 1, 2]
    assert not project.cluster.data.exists()  # nor was a database made beside the one that is set


def test_run_stopped_in_the_middle_of_migrate_leaves_nothing_behind(project):
    (project.folder / "slow").touch()
    with project.start("run") as process:
        wait_until(project.calls)
        process.send_signal(signal.SIGINT)
        printed, _ = process.communicate(timeout=30)
    assert process.returncode == 0 and "Traceback" not in printed
    assert project.calls() == ["migrate --no-input -v 0"] and not answers(project.cluster)


def test_run_stopped_while_the_database_is_made_leaves_nothing_behind(project):
    with project.start("run") as process:
        wait_until((project.folder / ".local").exists)
        process.send_signal(signal.SIGTERM)
        printed, _ = process.communicate(timeout=30)
    assert process.returncode == 0 and "Traceback" not in printed
    assert not answers(project.cluster) and not project.calls()


def test_run_keeps_an_env_file_that_is_there(project):
    (project.folder / ".env").write_text("SITE_ENV=local\nSECRET_KEY=mine\n")
    (project.folder / "manage.py").write_text("raise SystemExit('no such column')")
    status, printed = project.run("run", DATABASE_URL=ELSEWHERE)
    assert status == 1 and "no such column" in printed and "migrate failed" in printed
    assert (project.folder / ".env").read_text() == "SITE_ENV=local\nSECRET_KEY=mine\n"


def test_a_taken_port_is_said_before_anything_is_started(project):
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", project.port))
        other.listen()
        status, printed = project.run("run")
    assert status == 1 and printed.count("\n") == 1 and f"Port {project.port}" in printed
    assert not (project.folder / ".env").exists() and not (project.folder / ".local").exists()


def test_the_web_server_ends_when_run_is_killed(project):
    if sys.platform != "linux":
        pytest.skip("only Linux tells a process that its parent died")
    with project.start("run") as process:
        read_until(process, "Ctrl-C")
        process.kill()
        wait_until(lambda: not project.answers())
    assert not project.cluster.is_used()


def test_manage_has_a_database_and_passes_the_exit_status_on(project):
    assert project.run("manage", "ask", "--flag")[0] == 7
    assert project.calls() == ["ask --flag"] and not answers(project.cluster)


def test_two_test_runs_at_once_use_two_databases_on_one_server(project):
    (project.folder / "slow").touch()
    said = [project.folder / "first.txt", project.folder / "second.txt"]
    runs = []
    for path in said:
        runs.append(project.start("test", "naming.py", "-q", "-p", "no:django", SAY=str(path)))
        wait_until(path.exists)
    (project.folder / "slow").unlink()
    for run in runs:
        printed, _ = run.communicate(timeout=30)
        assert run.returncode == 0, printed
    assert [path.read_text() for path in said] == ["Django's own", "test_site_2"]
    assert not project.cluster.data.exists()  # the developer's own database was not touched


@pytest.mark.parametrize("typed", ["", "\n", "y\n"])
def test_reset_deletes_nothing_without_a_yes(project, typed):
    project.cluster.data.mkdir(parents=True)
    (project.folder / "media").mkdir()
    status, printed = project.run("reset", typed=typed)
    assert status == 1 and "Nothing was deleted" in printed and "Traceback" not in printed
    assert project.cluster.data.exists() and (project.folder / "media").exists()


def test_reset_with_a_yes_deletes_data_and_media_and_keeps_the_settings(project):
    project.run("manage", "ask")
    (project.folder / "media").mkdir()
    assert project.run("reset", typed="yes\n")[0] == 0
    assert not project.cluster.data.exists() and not (project.folder / "media").exists()
    assert (project.folder / ".env").exists()


def test_reset_refuses_while_the_database_is_in_use(project):
    with project.cluster.in_use():
        status, printed = project.run("reset", typed="yes\n")
        assert status == 1 and "in use" in printed and answers(project.cluster)


def test_reset_leaves_a_database_of_somebody_else_alone(project):
    status, printed = project.run("reset", typed="yes\n", DATABASE_URL=ELSEWHERE)
    assert status == 1 and "DATABASE_URL" in printed


def test_an_unknown_command_is_answered_with_the_list(project):
    status, printed = project.run("fly")
    assert status == 2 and "reset" in printed
