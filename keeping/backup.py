"""Makes a backup: database, files and manifest in one archive, written as one stream."""

import hashlib
import os
import platform
import subprocess
import tempfile
from contextlib import contextmanager, nullcontext
from pathlib import Path

import django
from django.conf import settings
from django.core.files.storage import storages
from django.utils import timezone

from keeping import pages, programs
from keeping.archive import STORAGES, Writer, new_file
from keeping.encryption import encrypting, recipient_of
from keeping.errors import Refused
from keeping.snapshot import migrations, rows_of_tables, snapshot
from publishing import stored_files

LONGEST_WAIT = "60s"  # for a table that a migration holds
CODE = (".py", ".html", ".xml", ".txt", ".mo", ".toml")
NOT_CODE = frozenset({"media", "static_collected", "tests"})


def make(path, key=""):
    """Write a backup to `path`, encrypted where there is a public key; give its manifest. Raises Refused.

    What is wrong with the site and not with the backup stands in the manifest: "missing" files, "failed" pages.
    """
    recipient = recipient_of(key) if key else None
    _refuse_among_files(path)
    program, version = programs.find("pg_dump", at_least=programs.server_major())
    try:
        with new_file(path) as file, _encrypted(file, recipient) as stream:
            return _write(stream, program, version)
    except OSError as error:
        raise Refused(
            f"The backup could not be written to {path}: {error.strerror or error}. Nothing was kept."
        ) from error


def _refuse_among_files(path):
    """A backup among the files that it copies would copy itself."""
    for alias in stored_files.ALIASES:
        folder = stored_files.folder_of(alias)
        if folder and path.is_relative_to(folder):
            raise Refused(f"{path} lies among the files of the site. Choose a place outside of {folder}.")


def _encrypted(file, recipient):
    return encrypting(file, recipient) if recipient else nullcontext(file)


def _write(stream, program, version):
    moment = timezone.now()
    with snapshot() as name, Writer(stream, moment) as writer:
        manifest = _manifest(moment, version)
        for storage, alias in STORAGES.items():
            manifest["missing"] += _add_files(writer, storage, alias)
        with _dumping(program, name) as dump:
            writer.add_database(dump)
        writer.close(manifest)
        return manifest | {"members": writer.members}


def _manifest(moment, version):
    """What is known before anything is written; the writer adds what it has written."""
    shown, failed = pages.record(moment)
    return {
        "moment": moment.isoformat(),
        "site": settings.SITE_URL,
        "code": fingerprint(),
        "versions": {
            "django": django.get_version(),
            "python": platform.python_version(),
            "postgres": programs.server_major(),
            "pg_dump": version,
        },
        "migrations": migrations(),
        "rows": rows_of_tables(),
        "pages": shown,
        "failed": failed,
        "missing": _missing(),
    }


def _missing():
    """The files that rows name and no storage has, a line each."""
    files = (file for file in stored_files.named_files() if not stored_files.is_there(file))
    return [f"{file.alias}: {file.name} ({file.label})" for file in files]


def _add_files(writer, storage, alias):
    """Add the files of a storage; give those that went away meanwhile, which is none as a rule."""
    gone = []
    place = storages[alias]
    for name in stored_files.files_in(alias):
        try:
            size = place.size(name)
            source = place.open(name)
        except FileNotFoundError:
            gone.append(f"{alias}: {name} (deleted while the backup was made)")
            continue
        with source:
            writer.add_file(storage, name, source, size)
    return gone


@contextmanager
def _dumping(program, name):
    """The output of pg_dump, which sees the database as the snapshot of this name does. Raises Refused."""
    command = [
        program, "--format=custom", f"--snapshot={name}", "--no-owner", "--no-privileges", "--no-password",
        f"--lock-wait-timeout={LONGEST_WAIT}",
    ]  # fmt: skip
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, env=programs.environment()
        ) as process:
            try:
                yield process.stdout
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            raise Refused(f"pg_dump failed: {programs.reason(errors)} Nothing was kept.")


def fingerprint():
    """Changes with the code and the templates of the site: pages of another version may say something else."""
    sha256 = hashlib.sha256()
    for folder, folders, files in os.walk(settings.BASE_DIR):
        folders[:] = sorted(name for name in folders if name not in NOT_CODE and not name.startswith("."))
        for file in sorted(Path(folder, name) for name in files if name.endswith(CODE)):
            place = file.relative_to(settings.BASE_DIR).as_posix()
            sha256.update(place.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return sha256.hexdigest()
