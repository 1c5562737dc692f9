"""What the tests ask a real cluster."""

import os
import subprocess
import sys
from contextlib import closing

import psycopg2

from local.postgres import PROJECT

USER = """
import sys
from pathlib import Path
from local.postgres import Cluster, find_binaries
with Cluster(Path(sys.argv[1]), find_binaries()).in_use() as cluster:
    print((cluster.data / "postmaster.pid").read_text().split()[0], flush=True)
    sys.stdin.read()
"""


def start_user(cluster):
    """Another process that uses the cluster until its input is closed; it prints the server's number."""
    return subprocess.Popen(
        [sys.executable, "-c", USER, str(cluster.folder)],
        cwd=PROJECT,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def query(cluster, sql):
    """The rows that the database `site` answers to `sql` at the cluster's own address; None without rows."""
    with closing(psycopg2.connect(cluster.url())) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else None


def answers(cluster):
    """Whether somebody takes connections at the cluster's address."""
    try:
        query(cluster, "SELECT 1")
    except psycopg2.OperationalError:
        return False
    return True


def server_pid(cluster):
    """The process number that the server wrote down."""
    return int((cluster.data / "postmaster.pid").read_text().split()[0])
