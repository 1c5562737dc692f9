"""Django's `migrate`, which lets nobody wait behind it.

A change of a table waits for whoever reads it, such as a backup, which holds all tables for minutes. Whoever comes
meanwhile waits behind the change: that would be all readers.
"""

import time
from contextlib import contextmanager

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections
from psycopg2.errors import LockNotAvailable

LONGEST_WAIT = 5000  # milliseconds for which one statement may keep readers waiting
TRIES = 6
PAUSE = 20  # seconds between two tries: with all of them, longer than most backups take


class Command(migrate.Command):
    def handle(self, *args, **options):
        for tries_left in reversed(range(TRIES)):
            try:
                with giving_way(connections[options["database"]]):
                    return super().handle(*args, **options)
            except OperationalError as error:
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
            if tries_left:
                self.stdout.write(f"\nThe database is busy, such as with a backup. Once more in {PAUSE:g} seconds …")
                time.sleep(PAUSE)
        raise CommandError("The database was busy all the time, such as with a backup. Try again later.")


@contextmanager
def giving_way(connection):
    """Inside the block no statement waits for a lock longer than LONGEST_WAIT: it raises OperationalError then."""
    with connection.execute_wrapper(_let_pass), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(LONGEST_WAIT)])
        try:
            yield
        finally:
            cursor.execute("RESET lock_timeout")


def _let_pass(execute, sql, params, many, context):
    """What is done CONCURRENTLY may wait: nobody waits behind it, and given up it would leave half an index."""
    if " CONCURRENTLY " not in str(sql):
        return execute(sql, params, many, context)
    with context["connection"].connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = 0")
        try:
            return execute(sql, params, many, context)
        finally:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [str(LONGEST_WAIT)])
