"""Brings a backup back: into an empty database and empty storages, all of it or nothing.

The archive is read twice: once to judge it, and again to write what is in it. The files are written first and the
database last, in one transaction: while it is open, nothing of the backup is to be seen.
"""

import subprocess
import tempfile
from contextlib import contextmanager, nullcontext, suppress

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import DatabaseError, connection

from keeping import archive, programs
from keeping.encryption import OPENING, decrypting, identities_in
from keeping.errors import Damaged, Refused
from keeping.snapshot import is_older, objects, refuse_if_newer, rows_of_tables
from publishing import stored_files

LOCK = 0x726573746F7265  # of Postgres, held by one restore


def restore(path, identity=None):
    """Restore the backup at `path` into the site's own database and storages; give its manifest. Raises Refused.

    `identity`: the file with the private key, for one that is encrypted.
    """
    places = {storage: storages[alias] for storage, alias in archive.STORAGES.items()}
    with _alone():
        refuse_unless_empty()
        manifest = judge(path, identity)
        refuse_if_newer(manifest)
        write(path, identity, manifest, places)
    return manifest


@contextmanager
def _alone():
    """Two restores into one database would each take the rows and files of the other for its own. Raises Refused."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            raise Refused("Another restore into this database is at work. Wait for its end.")
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def judge(path, identity=None):
    """Read an archive to its end and write nothing; give its manifest. Raises Refused."""
    with _opened(path, identity) as stream:
        return archive.read(stream)


def write(path, identity, manifest, places):
    """Write what a judged archive holds to storages and the database; where it fails, take all of it back.

    `places`: what members call a storage → the storage. Raises Refused.
    """
    program = _program(manifest)
    written, has_committed = [], False

    def save(storage, name, file):
        place = places[storage]
        written.append((place, name))  # before it is there: some of it may be when the rest fails
        saved = place.save(name, File(file, name))
        if saved != name:
            written[-1] = (place, saved)
            raise Damaged(f"“{name}” in it cannot be stored under this name")

    try:
        with _opened(path, identity) as stream:
            with _restoring(program) as dump:
                archive.read(stream, on_file=save, on_database=dump.write)
            has_committed = True
        _compare_rows(manifest)
    except BaseException:
        for place, name in written:
            with suppress(Exception):  # one that cannot be taken back keeps no other here, and hides no reason
                place.delete(name)
        if has_committed:  # else nothing of it is there, and what is there came from somebody else
            _empty()
        raise
    if is_older():
        call_command("migrate", interactive=False, verbosity=0)


def refuse_unless_empty():
    """Raise Refused, with what is there, unless database and storages are empty."""
    if found := objects():
        raise Refused(
            f"The database {connection.settings_dict['NAME']} is not empty: it holds {len(found)} tables and the like, "
            f"such as {found[0]}. Name an empty one by DATABASE_URL."
        )
    for alias in stored_files.ALIASES:
        if name := next(stored_files.files_in(alias), None):
            raise Refused(
                f"The folder or bucket for files is not empty: the storage “{alias}” holds {name}. "
                "Name an empty one by MEDIA_ROOT or MEDIA_STORE, or move away what is there."
            )


@contextmanager
def _opened(path, identity):
    """The tar inside of an archive, as a stream; what is wrong with it becomes Refused, one sentence."""
    try:
        with path.open("rb") as file:
            is_encrypted = file.read(len(OPENING)) == OPENING
            file.seek(0)
            if is_encrypted and not identity:
                raise Refused(f"{path} is encrypted. Name the file with the private key by --identity.")
            opened = decrypting(file, identities_in(identity)) if is_encrypted else nullcontext(file)
            with opened as stream:
                yield stream
    except OSError as error:
        raise Refused(f"{path} could not be restored: {error.strerror or error}.") from error
    except Damaged as error:
        raise Refused(f"{path} is no whole backup: {error}. Nothing was restored; take another one.") from error


def _program(manifest):
    """pg_restore, new enough for the dump and for the server, which must be new enough for the dump."""
    made_on, here = manifest["versions"]["postgres"], programs.server_major()
    if made_on > here:
        raise Refused(
            f"The backup was made on PostgreSQL {made_on}, and this server is {here}. Use {made_on} or newer."
        )
    program, _major = programs.find("pg_restore", at_least=max(manifest["versions"]["pg_dump"], here))
    return program


@contextmanager
def _restoring(program):
    """The input of pg_restore, which commits when the block has ended well and not before. Raises Refused."""
    command = [
        program, "--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges", "--no-comments",
        "--no-password", f"--dbname={connection.settings_dict['NAME']}",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=errors, env=programs.environment()
        ) as process:
            try:
                yield process.stdin
                process.stdin.close()
            except BrokenPipeError:
                process.wait()
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            raise Refused(f"pg_restore failed: {programs.reason(errors)} Nothing was restored.")
    ContentType.objects.clear_cache()


def _compare_rows(manifest):
    """Raise Refused where the tables hold other numbers of rows than were noted."""
    if different := differing_rows(manifest):
        raise Refused(f"The backup does not hold what its manifest says: {different[0]}. Nothing was restored.")


def differing_rows(manifest):
    """Tables that hold more or fewer rows than the manifest says, a sentence each."""
    noted, found = manifest["rows"], rows_of_tables()
    names = sorted(table for table in noted.keys() | found.keys() if noted.get(table) != found.get(table))
    return [f"{name} has {found.get(name, 'no')} rows instead of {noted.get(name, 'no')}" for name in names]


def _empty():
    """Take away what was restored, if any of it is there: all that is in a schema that was empty before."""
    if not objects():
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    except DatabaseError as error:
        name = connection.settings_dict["NAME"]
        raise Refused(
            f"The backup is not sound, and what was restored could not be taken away again: drop {name}."
        ) from error
