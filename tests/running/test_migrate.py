"""`manage.py migrate` while somebody holds the tables, such as a backup: readers do not wait behind it."""

import threading
from contextlib import closing

import psycopg2
import pytest
from django.core.management import CommandError, call_command
from django.core.management.commands import migrate as of_django
from django.db import OperationalError, connection, transaction

from coalition_site.management.commands import migrate

TABLE = "publishing_heartbeat"


def connect():
    place = connection.get_connection_params()
    return closing(
        psycopg2.connect(**{name: place[name] for name in ("dbname", "user", "host", "port") if name in place})
    )


@pytest.fixture
def backup(transactional_db):
    """A transaction that has read the table and goes on, as that of a backup."""
    with connect() as other, other.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        cursor.execute(f"SELECT FROM {TABLE}")
        yield other


@pytest.fixture
def change(monkeypatch):
    """A function that lets `migrate` have these statements to do, and wait for little."""
    monkeypatch.setattr(migrate, "LONGEST_WAIT", 50)
    monkeypatch.setattr(migrate, "PAUSE", 0.01)

    def give(*statements, is_atomic=True):
        def handle(*_args, **_options):
            with transaction.atomic() if is_atomic else connection.cursor():
                for statement in statements:
                    with connection.cursor() as cursor:
                        cursor.execute(statement)

        monkeypatch.setattr(of_django.Command, "handle", handle)

    return give


def test_a_change_of_a_table_that_is_held_is_given_up_with_words(backup, change):
    change(f"ALTER TABLE {TABLE} ADD COLUMN note text")
    with pytest.raises(CommandError, match="The database was busy all the time, such as with a backup"):
        call_command("migrate")
    with connect() as reader, reader.cursor() as cursor:
        cursor.execute("SET statement_timeout = 500")
        cursor.execute(f"SELECT * FROM {TABLE}")
        assert [column.name for column in cursor.description] == ["id", "seen_at"]


def test_it_is_tried_again_until_the_table_is_free(backup, change, capsys, monkeypatch):
    change(f"ALTER TABLE {TABLE} ADD COLUMN note text", f"ALTER TABLE {TABLE} DROP COLUMN note")
    monkeypatch.setattr(migrate.time, "sleep", lambda _seconds: backup.rollback())
    call_command("migrate")
    assert capsys.readouterr().out.count("The database is busy") == 1
    with connection.cursor() as cursor:
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",), "only a migration is in a hurry"


def test_an_index_that_keeps_nobody_waiting_waits_itself(backup, change):
    change(
        f"CREATE INDEX CONCURRENTLY while_read ON {TABLE} (seen_at)",
        "DROP INDEX while_read",
        is_atomic=False,
    )
    end = threading.Timer(0.3, backup.rollback)
    end.start()
    call_command("migrate")
    end.join()


def test_another_fault_of_the_database_is_told_as_it_is(transactional_db, change):
    change("SET LOCAL statement_timeout = 20", "SELECT pg_sleep(5)")
    with pytest.raises(OperationalError, match="statement timeout"):
        call_command("migrate")
