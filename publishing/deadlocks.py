"""Two transactions that wait for each other: Postgres undoes one of them, so that the other can go on.

All code locks in one order, so that this does not happen: first the rows of items, by their keys, then the records that
they name, the revisions and the rest, and last the content version. Where it happens all the same, nothing is lost, and
the database is not away.
"""

from django.db import OperationalError, connection
from psycopg2.errors import DeadlockDetected


def is_deadlock(error):
    return isinstance(error.__cause__, DeadlockDetected)


def twice_at_most(act):
    """What `act()` returns, which is a transaction of its own; it is begun anew once where it ends in a deadlock."""
    try:
        return act()
    except OperationalError as error:
        if connection.in_atomic_block or not is_deadlock(error):
            raise
    return act()
