"""What is no fault of the site but of the machine that it runs on, and may go well a while later."""

import errno

from django.db import DatabaseError, InterfaceError, OperationalError
from psycopg2.errors import DiskFull

from publishing.deadlocks import is_deadlock

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def has_no_room(exception):
    if isinstance(exception, OSError):
        return exception.errno in NO_ROOM
    return isinstance(exception.__cause__, DiskFull)  # of Postgres


def is_without_database(exception):
    """A server that dies in the middle of a statement leaves a DatabaseError of no kind."""
    is_broken = isinstance(exception, OperationalError | InterfaceError) or type(exception) is DatabaseError
    return is_broken and not is_deadlock(exception)
