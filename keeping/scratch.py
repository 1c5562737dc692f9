"""The database and the folder of a proof: made beside the site's own, and taken away, be it by the next proof."""

import fcntl
import os
import re
import secrets
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.db import OperationalError, ProgrammingError, connection

from keeping.errors import Refused

FOLDER = "coalition-proof-"  # with which the names of folders begin

# Databases of this account to which nobody is connected; what has no user is Postgres itself, tidying up.
IDLE = """
    SELECT datname FROM pg_database d WHERE pg_get_userbyid(datdba) = current_user
    AND NOT EXISTS (SELECT FROM pg_stat_activity a WHERE a.datid = d.oid AND a.usesysid IS NOT NULL)
"""


def clear_left(folder=None):
    """Take away what proofs left behind that were killed: databases, and folders inside of `folder`.

    A proof at work is connected to its database and holds its folder.
    """
    with connection.cursor() as cursor:
        cursor.execute(IDLE)
        for (name,) in cursor.fetchall():
            if re.fullmatch(re.escape(_beginning()) + "[0-9a-f]{8}", name):
                with suppress(OperationalError):  # somebody looks into it by now
                    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
    for place in Path(folder or tempfile.gettempdir()).glob(f"{FOLDER}*"):
        with suppress(OSError), _held(place):
            shutil.rmtree(place)


@contextmanager
def scratch_folder(folder=None):
    """An empty folder inside of `folder`, which is gone after the block."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=FOLDER) as place, _held(place):
        yield place


@contextmanager
def _held(folder):
    """Nobody else holds the folder meanwhile. Raises OSError where somebody does."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(descriptor)


@contextmanager
def scratch_database():
    """The site's own connection leads to an empty database inside the block, which is dropped at its end."""
    name = f"{_beginning()}{secrets.token_hex(4)}"
    try:
        _execute_beside(f'CREATE DATABASE "{name}" TEMPLATE template0 {_alphabet()}')
        with connected_to(name):
            connection.ensure_connection()  # the sign that it is in use
            yield name
    finally:
        # By force: the server may not have noticed yet that a program was killed.
        _execute_beside(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _beginning():
    """With which the names of databases begin."""
    return f"{connection.settings_dict['NAME'][:40]}_proof_"


def _alphabet():
    """Encoding and locale of the site's own database; those of a new one are what the server was installed with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('ENCODING %L LC_COLLATE %L LC_CTYPE %L', pg_encoding_to_char(encoding), datcollate, "
            "datctype) FROM pg_database WHERE datname = current_database()"
        )
        return cursor.fetchone()[0]


@contextmanager
def connected_to(name):
    """The site's own connection leads to another database of the same server inside the block."""
    own = connection.settings_dict["NAME"]
    try:
        _lead_to(name)
        yield
    finally:
        _lead_to(own)


def _lead_to(name):
    connection.close()
    connection.settings_dict["NAME"] = name
    ContentType.objects.clear_cache()


def _execute_beside(statement):
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement)
    except ProgrammingError as error:
        raise Refused(
            f"A database for the proof could not be made: {str(error).strip()}. The account that the site uses needs "
            f"the right: ALTER ROLE {connection.settings_dict['USER']} CREATEDB"
        ) from error
