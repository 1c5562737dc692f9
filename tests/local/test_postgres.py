import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from contextlib import closing

import dj_database_url
import psycopg2
import pytest

from keeping import program_folders
from keeping.program_folders import SYSTEM_FOLDERS
from local import LocalError
from local.pids import is_alive
from local.postgres import PROJECT, Cluster, find_binaries
from tests.local.clusters import answers, query, server_pid, start_user

pytestmark = pytest.mark.deep


def test_four_processes_starting_at_once_on_a_cold_folder_meet_one_server(cluster):
    users = [start_user(cluster) for _ in range(4)]
    pids = [user.stdout.readline() for user in users]
    for user in users:
        user.communicate()
    assert len(set(pids)) == 1 and pids[0].strip().isdigit()
    assert [user.returncode for user in users] == [0, 0, 0, 0]
    assert not is_alive(int(pids[0]))


def test_the_last_one_out_stops_the_server_and_nobody_before(cluster):
    with cluster.in_use():
        first = server_pid(cluster)
        with start_user(cluster) as other:
            other.stdout.readline()
            with cluster.in_use():
                pass
            assert answers(cluster)
            other.communicate()
        assert answers(cluster) and server_pid(cluster) == first
    assert not answers(cluster) and not is_alive(first)


def test_the_server_outlives_the_process_that_started_it_while_another_uses_it(cluster):
    with start_user(cluster) as starter:
        pid = int(starter.stdout.readline())
        with cluster.in_use():
            starter.communicate()
            assert answers(cluster) and server_pid(cluster) == pid
    assert not is_alive(pid)


def test_a_killed_user_leaves_no_lock_behind(cluster):
    with start_user(cluster) as killed:
        pid = int(killed.stdout.readline())
        assert cluster.is_used()
        killed.kill()
    assert is_alive(pid) and not cluster.is_used()
    with cluster.in_use():
        assert server_pid(cluster) == pid
    assert not is_alive(pid)


def test_no_row_is_lost_when_postgres_is_killed(cluster):
    with cluster.in_use():
        query(cluster, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number")
        killed = server_pid(cluster)
        os.kill(killed, signal.SIGKILL)
        with cluster.in_use():
            assert server_pid(cluster) != killed
            assert query(cluster, "SELECT count(*) FROM kept") == [(1000,)]


def test_a_stranger_with_the_number_of_a_killed_server_is_left_alone(cluster):
    with cluster.in_use():
        query(cluster, "CREATE TABLE kept AS SELECT 1 AS number")
        written = (cluster.data / "postmaster.pid").read_text()
    with subprocess.Popen(["sleep", "60"]) as stranger:
        stale = written.replace(written.split("\n")[0], str(stranger.pid), 1)
        (cluster.data / "postmaster.pid").write_text(stale)
        assert cluster.stop_if_unused() and stranger.poll() is None
        with cluster.in_use():
            assert query(cluster, "SELECT count(*) FROM kept") == [(1,)]
        assert stranger.poll() is None
        stranger.kill()


def test_a_number_that_belongs_to_no_process_does_not_hinder_the_start(cluster):
    with cluster.in_use():
        written = (cluster.data / "postmaster.pid").read_text()
    gone = subprocess.Popen(["true"])
    gone.wait()
    (cluster.data / "postmaster.pid").write_text(written.replace(written.split("\n")[0], str(gone.pid), 1))
    with cluster.in_use():
        assert answers(cluster)


def test_a_half_made_cluster_is_replaced(cluster):
    half_made = cluster.folder / f"{cluster.name}.new"
    half_made.mkdir(parents=True)
    (half_made / "PG_VERSION").write_text("18")
    with cluster.in_use():
        assert answers(cluster)
    assert not half_made.exists()


def test_a_folder_that_is_no_cluster_is_kept_and_named(cluster):
    cluster.data.mkdir(parents=True)
    (cluster.data / "letter.txt").write_text("mine")
    with pytest.raises(LocalError, match="holds something that is not a database"), cluster.in_use():
        pass
    assert (cluster.data / "letter.txt").read_text() == "mine"


@pytest.mark.parametrize("name", ["Our Coalition, Ü", "long/" + 5 * "a-very-long-folder-name/"])
def test_django_reaches_the_database_in_any_folder(tmp_path, name):
    cluster = Cluster(tmp_path / name / ".local", find_binaries())
    settings = dj_database_url.parse(cluster.url())
    assert len(os.fsencode(settings["HOST"])) < 90
    with cluster.in_use():
        given = {"host": settings["HOST"], "port": settings["PORT"], "user": settings["USER"]}
        with closing(psycopg2.connect(**given, dbname=settings["NAME"])) as connection:
            assert connection.info.dbname == "site"
        assert cluster.socket_folder.stat().st_mode & 0o777 == 0o700
    cluster.delete()
    assert not cluster.socket_folder.exists()


def test_a_socket_folder_of_somebody_else_is_not_trusted(tmp_path):
    cluster = Cluster(tmp_path / (100 * "a"), find_binaries())
    cluster.socket_folder.symlink_to(tmp_path)
    try:
        with pytest.raises(LocalError, match="belongs to another user"), cluster.in_use():
            pass
    finally:
        cluster.socket_folder.unlink()


def test_a_start_that_fails_shows_the_end_of_the_log(cluster):
    with cluster.in_use():
        pass
    (cluster.data / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(LocalError, match="(?s)did not start.*no_such_setting"), cluster.in_use():
        pass


def test_a_broken_cluster_for_tests_is_made_anew(tmp_path):
    cluster = Cluster(tmp_path, find_binaries(), durable=False)
    with cluster.in_use():
        assert query(cluster, "SHOW fsync") == [("off",)]
    shutil.rmtree(cluster.data / "global")
    with cluster.in_use():
        assert answers(cluster)


def test_data_is_deleted_only_when_nobody_uses_it(cluster):
    with cluster.in_use():
        with pytest.raises(LocalError, match="in use"):
            cluster.delete()
        assert answers(cluster)
    cluster.delete()
    assert not cluster.data.exists()


def test_without_postgres_one_sentence_says_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(program_folders, "SYSTEM_FOLDERS", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LocalError) as error:
        find_binaries()
    assert "requirements-dev.txt" in str(error.value) and "\n" not in str(error.value)


def test_an_installed_postgres_does_without_the_wheel(monkeypatch, tmp_path):
    installed = sorted(SYSTEM_FOLDERS.glob("*/bin/postgres"))
    on_path = shutil.which("postgres")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    if not installed and not on_path:
        with pytest.raises(LocalError):
            find_binaries()
        return
    cluster = Cluster(tmp_path, find_binaries())
    with cluster.in_use():
        assert query(cluster, "SELECT lower('ÉÑ')") == [("éñ",)]


def test_importing_it_loads_nothing_but_the_standard_library():
    code = "import sys, local.postgres; sys.exit(bool({'psycopg2', 'django', 'dotenv'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT).returncode == 0
