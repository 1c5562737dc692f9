"""The server runs for root and for an ordinary user. Run by root, as in containers, the tests become one."""

import multiprocessing
import os
import subprocess
import tempfile
from pathlib import Path

import pytest

from keeping.program_folders import SYSTEM_FOLDERS
from local import LocalError
from local.account import NOBODY
from local.binaries import read_binaries
from local.postgres import Cluster, find_binaries
from tests.local.clusters import answers, query, server_pid

pytestmark = pytest.mark.deep

ROOT = os.geteuid() == 0
NOT_ROOT = "only root can become another user"


@pytest.fixture
def open_folder():
    """A folder that every user can reach, which pytest's own are not."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


def binaries_for_everybody():
    """The first Postgres that an ordinary user may run; a machine without one fails the test."""
    become = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if ROOT else {}
    for folder in [find_binaries().bin, *SYSTEM_FOLDERS.glob("*/bin")]:
        try:
            subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, **become)
        except (OSError, subprocess.CalledProcessError):
            continue
        return read_binaries(folder)
    return pytest.fail("No Postgres here can be run by an ordinary user.")


def use_as_ordinary_user(folder, binaries, found):
    # A fork that steps down, for the interpreter and its packages may be out of an ordinary user's reach.
    if ROOT:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    cluster = Cluster(folder / ".local", binaries)
    with cluster.in_use():
        query(cluster, "CREATE TABLE kept AS SELECT 1 AS number")
    with cluster.in_use():
        found.send((os.geteuid(), cluster.data.stat().st_uid, query(cluster, "SELECT number FROM kept")))


def test_an_ordinary_user_runs_the_database(open_folder):
    binaries = binaries_for_everybody()
    if ROOT:
        os.chown(open_folder, NOBODY, NOBODY)
    found, sender = multiprocessing.Pipe(duplex=False)
    child = multiprocessing.get_context("fork").Process(
        target=use_as_ordinary_user, args=(open_folder, binaries, sender)
    )
    child.start()
    child.join(timeout=30)
    assert child.exitcode == 0
    user, owner, rows = found.recv()
    assert user == owner != 0 and rows == [(1,)]


def test_root_runs_the_database_as_somebody_who_is_not_root(cluster):
    if not ROOT:
        pytest.skip(NOT_ROOT)
    with cluster.in_use():
        assert query(cluster, "SELECT 1") == [(1,)]
        mapped = Path(f"/proc/{server_pid(cluster)}/uid_map").read_text().split()
        owner = Path(f"/proc/{server_pid(cluster)}").stat().st_uid
        assert owner == NOBODY or mapped == [str(NOBODY), "0", "1"]


def test_root_without_user_namespaces_runs_the_database_as_nobody(open_folder, monkeypatch):
    if not ROOT:
        pytest.skip(NOT_ROOT)
    monkeypatch.setenv("PATH", str(open_folder))  # no `unshare`
    cluster = Cluster(open_folder / ".local", binaries_for_everybody())
    with cluster.in_use():
        assert Path(f"/proc/{server_pid(cluster)}").stat().st_uid == NOBODY
        assert query(cluster, "SELECT 1") == [(1,)]
    monkeypatch.undo()
    with cluster.in_use():  # with namespaces again, it stays with the owner of the data
        assert answers(cluster)


def test_root_is_told_when_nobody_cannot_enter_the_folder(open_folder, monkeypatch):
    if not ROOT:
        pytest.skip(NOT_ROOT)
    monkeypatch.setenv("PATH", str(open_folder))
    closed = open_folder / "closed"
    closed.mkdir(mode=0o700)
    with pytest.raises(LocalError, match="cannot enter"), Cluster(closed, find_binaries()).in_use():
        pass
