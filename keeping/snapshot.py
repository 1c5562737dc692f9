"""What the database holds at one moment: rows of each table, migrations, all seen by everybody who knows its name."""

from contextlib import contextmanager

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from psycopg2.sql import SQL, Identifier

from keeping.errors import Refused

# Tables and the like that somebody made; what belongs to an extension or to Postgres is not counted.
OBJECTS = """
    SELECT n.nspname, c.relname, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname NOT LIKE 'pg\\_%%'
    AND n.nspname <> 'information_schema' AND NOT EXISTS (
        SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'
    )
    ORDER BY 1, 2
"""


@contextmanager
def snapshot():
    """A transaction that sees the database as it is now and writes nothing; gives the name that pg_dump knows it by."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # Copying files takes longer than a careful server lets a transaction rest.
        cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor.fetchone()[0]


def rows_of_tables():
    """Table → number of its rows."""
    with connection.cursor() as cursor:
        cursor.execute(OBJECTS, [])
        tables = [(schema, name) for schema, name, kind in cursor.fetchall() if kind == "r"]
        counts = {}
        for schema, name in tables:
            cursor.execute(SQL("SELECT count(*) FROM {}").format(Identifier(schema, name)))
            counts[name if schema == "public" else f"{schema}.{name}"] = cursor.fetchone()[0]
    return counts


def objects():
    """The names of all tables and the like; none in an empty database."""
    with connection.cursor() as cursor:
        cursor.execute(OBJECTS, [])
        return [name for _schema, name, _kind in cursor.fetchall()]


def migrations():
    """App → its applied migrations, in order of their names."""
    found = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def is_older():
    """Whether the database lacks a migration of this version of the site."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def refuse_if_newer(manifest):
    """Raise Refused where a backup has migrations that this version of the site does not know."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.keys()
    made = {(app, name) for app, names in manifest["migrations"].items() for name in names}
    if unknown := sorted(made - known):
        app, name = unknown[0]
        raise Refused(
            f"This backup is newer than this version of the site, which does not know the migration {app}.{name}. "
            "Install the version that made the backup, or a later one, and restore it with that."
        )
