"""Which files the rows name, and which files there are: for whoever copies them or looks for what is missing.

Apps with files register a function here, because not every name of a file stands in a file field.
"""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from django.core.files.storage import FileSystemStorage, storages
from django.db import connection, transaction

from publishing.admin_urls import change_url

ALIASES = ("default", "private")  # of the storages that hold what people uploaded; the rest can be made anew

# Of Postgres, held to the end of a transaction: https://www.postgresql.org/docs/current/explicit-locking.html
LOCK = 0x66696C6573

_sources = []
_temporary = set()


@dataclass(frozen=True)
class NamedFile:
    """A file that a row needs: the alias of its storage, its name there, the row in words, its model and its key."""

    alias: str
    name: str
    label: str
    model: type
    key: int

    @property
    def url(self):
        """Where the row is edited."""
        return change_url(self.model, self.key)


def register(function):
    """Let an app name its files: `function()` gives NamedFiles, as a stream, in a number of queries that is fixed."""
    if function not in _sources:
        _sources.append(function)
    return function


def named_files():
    """All files that rows name, as a stream."""
    for source in _sources:
        yield from source()


def register_temporary(alias, folder):
    """Name a folder of a storage whose files no row names, and whose app deletes them by itself."""
    _temporary.add((alias, f"{folder}/"))


def is_temporary(alias, name):
    return any(alias == other and name.startswith(folder) for other, folder in _temporary)


@contextmanager
def storing():
    """A transaction in which nobody deletes files: what is stored, or found stored already, stays for the row that is
    about to name it. Many may store at once.
    """
    with transaction.atomic():
        _lock("pg_advisory_xact_lock_shared")
        yield


@contextmanager
def deleting():
    """A transaction in which nobody stores files: whoever asks in it which ones the rows name may delete the others."""
    with transaction.atomic():
        _lock("pg_advisory_xact_lock")
        yield


def _lock(function):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [LOCK])


def is_there(file):
    return storages[file.alias].exists(file.name)


def files_in(alias):
    """The names of all files of a storage, as a stream, a folder in memory at a time.

    Another storage may lie within it, in a folder or a bucket; the files of that one are not its own.
    """
    others = {_place(other) for other in ALIASES if other != alias}
    yield from _below(alias, "", others)


def _below(alias, folder, others):
    try:
        folders, files = storages[alias].listdir(folder)
    except FileNotFoundError:
        return
    for name in sorted(files):
        yield f"{folder}{name}"
    for name in sorted(folders):
        inner = f"{folder}{name}/"
        if _place(alias, inner) not in others:
            yield from _below(alias, inner, others)


def _place(alias, folder=""):
    """Where a folder of a storage is, as a pair (what holds it, the path in it): two storages may share one place."""
    storage = storages[alias]
    if isinstance(storage, FileSystemStorage):
        return "this machine", PurePath(storage.path(folder))
    return (storage.endpoint_url, storage.bucket_name), PurePosixPath(storage.location, folder)


def folder_of(alias):
    """The folder of a storage on this machine; None for one that is elsewhere."""
    storage = storages[alias]
    return storage.location if isinstance(storage, FileSystemStorage) else None
