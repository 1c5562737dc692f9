"""Statements on a connection of their own, with an answer or a refusal by a moment, whatever the database does.

Django's own connection waits: for a server that takes the call and says nothing, or for a lock, as long as it takes.
"""

import select
import time
from contextlib import closing, contextmanager, suppress

import psycopg2
from django.db import connection
from psycopg2.extensions import POLL_OK, POLL_READ

EVENTS = {POLL_READ: select.POLLIN}  # else it waits until it may write


class NoAnswer(Exception):
    """The database cannot be reached, refuses the statement, or has not answered in time."""


def first_row(sql, values, seconds):
    """The first row that the database answers to `sql` within `seconds`. Raises NoAnswer."""
    deadline = time.monotonic() + seconds
    try:
        with connected(seconds) as own:
            return rows(own, sql, values, deadline - time.monotonic(), seconds)[0]
    except psycopg2.Error as error:
        raise NoAnswer(str(error)) from error


@contextmanager
def connected(seconds):
    """A connection that is there within `seconds`; where the address has several hosts, within so many for each.

    Raises NoAnswer where the time is over, psycopg2.Error where the server refuses.
    """
    with closing(_connect(connection.get_connection_params(), seconds)) as own:
        yield own


def _connect(given, seconds):
    """A connection to the first of the hosts, with commas between, that is there; each has `seconds`.

    Postgres' own library goes from one that is silent to the next only where it may block.
    """
    *others, last = given.get("host", "").split(",")
    for host in others:
        with suppress(psycopg2.Error, NoAnswer):
            return _connect(given | {"host": host}, seconds)
    own = psycopg2.connect(**given | {"host": last}, async_=1)
    try:
        _wait(own, seconds)
    except BaseException:
        own.close()
        raise
    return own


def rows(own, sql, values, seconds, server_seconds):
    """The rows that the database answers to `sql` within `seconds`. Raises as `connected` does.

    Where this side stops waiting, the server is to stop working too: it does after `server_seconds`. That is said for
    the one statement, because a pooler may give the connection of the server to others afterwards.
    """
    with own.cursor() as cursor:
        cursor.execute(f"SET LOCAL statement_timeout = {round(server_seconds * 1000)}; {sql}", values)
        _wait(own, seconds)
        return cursor.fetchall() if cursor.description else []


def _wait(own, seconds):
    """Wait until the connection has done what it was asked. What is there when the time is over still counts."""
    deadline = time.monotonic() + seconds
    while (state := own.poll()) != POLL_OK:
        poller = select.poll()
        poller.register(own.fileno(), EVENTS.get(state, select.POLLOUT))
        if not poller.poll(max(deadline - time.monotonic(), 0) * 1000):
            raise NoAnswer("The time is over.")
