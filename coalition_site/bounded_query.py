"""One statement on a connection of its own, with an answer or a refusal by a moment, whatever the database does.

Django's own connection waits: for a server that takes the call and says nothing, or for a lock, as long as it takes.
"""

import select
import time
from contextlib import closing

import psycopg2
from django.db import connection
from psycopg2.extensions import POLL_OK, POLL_READ

EVENTS = {POLL_READ: select.POLLIN}  # else it waits until it may write


class NoAnswer(Exception):
    """The database cannot be reached, refuses the statement, or has not answered in time."""


def first_row(sql, values, seconds):
    """The first row that the database answers to `sql` within `seconds`. Raises NoAnswer."""
    deadline = time.monotonic() + seconds
    given = connection.get_connection_params()
    # Where this side stops waiting, the server is to stop working too.
    options = f"{given.get('options', '')} -c statement_timeout={round(seconds * 1000)}".strip()
    try:
        with closing(psycopg2.connect(**given | {"options": options}, async_=1)) as own:
            _wait(own, deadline)
            with own.cursor() as cursor:
                cursor.execute(sql, values)
                _wait(own, deadline)
                return cursor.fetchone()
    except psycopg2.Error as error:
        raise NoAnswer(str(error)) from error


def _wait(own, deadline):
    """Wait until the connection has done what it was asked."""
    while (state := own.poll()) != POLL_OK:
        poller = select.poll()
        poller.register(own.fileno(), EVENTS.get(state, select.POLLOUT))
        left = deadline - time.monotonic()
        if left <= 0 or not poller.poll(left * 1000):
            raise NoAnswer("The time is over.")
