"""Proves a backup: restores it beside the site, compares what is there, and takes all of it away again."""

import hashlib
import secrets
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import FileSystemStorage
from django.db import ProgrammingError, connection

from keeping import backup, pages
from keeping.archive import BLOCK, STORAGES
from keeping.errors import Refused
from keeping.restore import judge, write
from keeping.snapshot import migrations, refuse_if_newer


@dataclass(frozen=True)
class Proof:
    """What was found, in sentences: `shown` holds, `faults` does not."""

    shown: list
    faults: list


def prove(path, identity=None, folder=None):
    """Restore the backup at `path` into a database and a folder of its own; give a Proof. Raises Refused.

    The database is made on the site's own server, the folder inside of `folder`, and both are gone afterwards.
    """
    manifest = judge(path, identity)
    refuse_if_newer(manifest)
    with tempfile.TemporaryDirectory(dir=folder) as place, scratch_database():
        storages = {storage: FileSystemStorage(f"{place}/{storage}") for storage in STORAGES}
        write(path, identity, manifest, storages)
        shown = [
            f"The archive is whole: {len(manifest['members']):,} parts have the checksums of its manifest.",
            f"It was restored into an empty database: {len(manifest['rows'])} tables with "
            f"{sum(manifest['rows'].values()):,} rows, as many in each as when it was made.",
        ]
        faults = []
        _look_at_files(manifest, storages, shown, faults)
        _look_at_pages(manifest, shown, faults)
    return Proof(shown, faults)


@contextmanager
def scratch_database():
    """The site's own connection leads to an empty database inside the block, which is dropped at its end."""
    own = connection.settings_dict["NAME"]
    name = f"{own[:40]}_proof_{secrets.token_hex(4)}"
    _execute_beside(f'CREATE DATABASE "{name}" TEMPLATE template0 {_alphabet()}')
    try:
        with connected_to(name):
            yield name
    finally:
        _execute_beside(f'DROP DATABASE "{name}"')


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
    _lead_to(name)
    try:
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


def _look_at_files(manifest, storages, shown, faults):
    """Read every restored file again, from where it was written."""
    number = 0
    for name, facts in manifest["members"].items():
        if not name.startswith("media/"):
            continue
        number += 1
        _media, storage, file = name.split("/", 2)
        if _sha256(storages[storage], file) != facts["sha256"]:
            faults.append(f"The file {name} is not as it was.")
    shown.append(f"{number:,} files were restored and read again; each has its checksum.")
    if missing := manifest["missing"]:
        faults.append(
            f"{len(missing):,} files that the content names were missing when it was made, such as {missing[0]}."
        )


def _sha256(storage, name):
    sha256 = hashlib.sha256()
    with storage.open(name) as file:
        while block := file.read(BLOCK):
            sha256.update(block)
    return sha256.hexdigest()


def _look_at_pages(manifest, shown, faults):
    noted, moment = manifest["pages"], datetime.fromisoformat(manifest["moment"])
    if not noted:
        shown.append("It holds no public pages that could be compared.")
        return
    different = pages.differing(noted, moment)
    is_same_version = manifest["code"] == backup.fingerprint() and manifest["migrations"] == migrations()
    if not different:
        shown.append(f"{len(noted)} public pages were rendered from it; each says what it said when it was made.")
    elif is_same_version:
        faults.append(f"{len(different)} of {len(noted)} public pages say something else, such as {different[0]}.")
    else:
        shown.append(
            f"{len(noted)} public pages were rendered from it; {len(different)} say something else, such as "
            f"{different[0]}. Another version of the site made it, which may be why."
        )
