"""The file of a backup: a tar of media, database and manifest, in this order, written and read as one stream.

    media/public/<name>, media/private/<name>   the files of the two storages
    database/000001, database/000002, …         the dump of pg_dump, in pieces whose size a tar can name beforehand
    manifest.json                               what the archive holds, with the SHA-256 of every member
    manifest.json.sha256                        the SHA-256 of the manifest: an archive without this is cut off

The database stands last, so that a restore commits it when all files are in their places.
"""

import fcntl
import hashlib
import json
import os
import re
import tarfile
from contextlib import contextmanager, suppress
from io import BytesIO, RawIOBase
from pathlib import Path

from keeping.errors import Damaged, Refused

FORMAT = 1
# What a manifest says beside its format and its members.
WRITTEN = {
    "moment": str,
    "code": str,
    "versions": dict,
    "migrations": dict,
    "rows": dict,
    "pages": list,
    "missing": list,
}
STORAGES = {"public": "default", "private": "private"}  # as members are named → alias in the settings
MANIFEST, DIGEST = "manifest.json", "manifest.json.sha256"
PIECE = 8 * 1024 * 1024  # bytes of the dump that are in memory at a time
BLOCK = 1024 * 1024
LARGEST_MANIFEST = 512 * 1024 * 1024  # bytes; a million files make a third of it

_NAME = re.compile(r"media/(?P<storage>public|private)/(?P<file>.+)|database/\d{6,}", re.DOTALL)


@contextmanager
def new_file(path):
    """A file for writing that stands at `path` only when the block has ended well; raises Refused where one is there.

    Until then it is `<path>.partial`. One that a killed process left behind is written anew.
    """
    if path.exists():
        raise Refused(f"{path} is there already. Choose another name: a backup never takes the place of another.")
    partial = path.with_name(f"{path.name}.partial")
    try:
        descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise Refused(f"{partial} cannot be written: {error.strerror}.") from error
    with open(descriptor, "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refused(f"Another backup is writing {partial} at this moment.") from None
        try:
            os.fchmod(descriptor, 0o600)
            file.truncate(0)
            yield file
            file.flush()
            os.fsync(descriptor)
            _give_name(partial, path)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise


def _give_name(partial, path):
    try:
        os.link(partial, path)  # unlike a rename, never over a file that came meanwhile
        partial.unlink()
    except FileExistsError:
        raise Refused(f"{path} has appeared meanwhile; it was left as it is.") from None
    except OSError:  # a file system without hard links
        partial.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


class Writer:
    """Writes members to a stream and keeps their checksums in `members`: name → {"size": bytes, "sha256": …}."""

    def __init__(self, stream, moment):
        self.members = {}
        self._moment = int(moment.timestamp())
        self._tar = tarfile.open(fileobj=stream, mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK)  # noqa: SIM115

    def __enter__(self):
        return self

    def __exit__(self, kind, *_error):
        if kind:  # the tar would want to end itself later, when its stream is gone
            with suppress(OSError, ValueError):
                self._tar.fileobj.close()

    def add_file(self, storage, name, source, size):
        """Add a file of a storage ("public" or "private"): `size` bytes of the binary file `source`."""
        member = f"media/{storage}/{name}"
        self.members[member] = self._add(member, source, size)

    def add_database(self, dump):
        """Add what can be read from the binary file `dump`, to its end."""
        number = 0
        while piece := dump.read(PIECE):
            number += 1
            member = f"database/{number:06}"
            self.members[member] = self._add(member, BytesIO(piece), len(piece))

    def close(self, manifest):
        """Add the manifest, completed by the checksums, and end the archive."""
        text = json.dumps(manifest | {"format": FORMAT, "members": self.members}, indent=1).encode()
        line = f"{hashlib.sha256(text).hexdigest()}  {MANIFEST}\n".encode()
        self._add(MANIFEST, BytesIO(text), len(text))
        self._add(DIGEST, BytesIO(line), len(line))
        self._tar.close()

    def _add(self, name, source, size):
        info = tarfile.TarInfo(name)
        info.size, info.mtime, info.mode = size, self._moment, 0o600
        hashing = Hashing(source)
        self._tar.addfile(info, hashing)
        return {"size": size, "sha256": hashing.hexdigest()}


class Hashing(RawIOBase):
    """A binary file for reading, in one go, that counts and hashes what was read."""

    def __init__(self, source):
        super().__init__()
        self._source, self._sha256, self.size = source, hashlib.sha256(), 0

    def read(self, size=-1):
        data = self._source.read(size)
        self._sha256.update(data)
        self.size += len(data)
        return data

    def hexdigest(self):
        return self._sha256.hexdigest()

    def read_to_the_end(self):
        while self.read(BLOCK):
            pass


def _nothing(*_given):
    return None


def read(stream, on_file=_nothing, on_database=_nothing):
    """Read an archive to its end; give its manifest. Raises Damaged.

    `on_file(storage, name, file)` is called for each file of a storage, `on_database(piece)` for each piece of the
    dump, before anybody can know whether the whole is sound: read once without them first.
    """
    seen = {}
    manifest = digest = None
    try:
        with tarfile.open(fileobj=stream, mode="r|", bufsize=BLOCK) as tar:
            for info in tar:
                _judge(info, seen, is_ended=manifest is not None)
                content = Hashing(tar.extractfile(info))
                if info.name == MANIFEST:
                    manifest = content.read()
                elif info.name == DIGEST:
                    digest = content.read()
                else:
                    _hand_over(info, content, on_file, on_database)
                    content.read_to_the_end()
                seen[info.name] = {"size": content.size, "sha256": content.hexdigest()}
    except (tarfile.TarError, EOFError, UnicodeError, ValueError) as error:
        raise Damaged(f"it cannot be read to its end ({error})") from error
    if digest is None:
        raise Damaged("it is cut off: its end is missing")
    return _judged_manifest(manifest, digest, seen)


def _judge(info, seen, is_ended):
    """Raise Damaged for a member that we did not write like that."""
    name = info.name
    if info.type != tarfile.REGTYPE or info.issparse():
        raise Damaged(f"“{name}” in it is no plain file")
    if name in seen:
        raise Damaged(f"“{name}” stands in it twice")
    if name == DIGEST and is_ended:
        return
    if is_ended:
        raise Damaged(f"“{name}” stands behind its end")
    if name == MANIFEST:
        if info.size > LARGEST_MANIFEST:
            raise Damaged("its manifest is too large")
        return
    found = _NAME.fullmatch(name)
    parts = name.split("/")
    if not found or "\0" in name or "\\" in name or not {"", ".", ".."}.isdisjoint(parts):
        raise Damaged(f"“{name}” in it is no name of ours")
    if not found["storage"] and info.size > PIECE:
        raise Damaged(f"“{name}” in it is too large")


def _hand_over(info, content, on_file, on_database):
    found = _NAME.fullmatch(info.name)
    if found["storage"]:
        on_file(found["storage"], found["file"], content)
    else:
        on_database(content.read())


def _judged_manifest(text, digest, seen):
    if digest.split()[:1] != [hashlib.sha256(text).hexdigest().encode()]:
        raise Damaged("its manifest was altered")
    manifest = _parsed(text)
    if manifest.get("format") != FORMAT:
        raise Refused(
            f"This backup has the format {manifest.get('format')!r}, and this version of the site reads {FORMAT}. "
            "Restore it with the version that made it."
        )
    if not all(isinstance(manifest.get(name), kind) for name, kind in WRITTEN.items()):
        raise Damaged("its manifest is not whole")
    listed, found = manifest["members"], {name: facts for name, facts in seen.items() if name not in (MANIFEST, DIGEST)}
    if different := sorted(name for name in listed.keys() | found.keys() if listed.get(name) != found.get(name)):
        raise Damaged(f"{len(different)} of its parts are missing, altered or not listed, such as “{different[0]}”")
    return manifest


def _parsed(text):
    try:
        manifest = json.loads(text)
    except ValueError as error:
        raise Damaged("its manifest is not ours") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("members"), dict):
        raise Damaged("its manifest is not ours")
    return manifest


def path_of(text):
    """The path of an archive as it was typed."""
    return Path(text).expanduser().absolute()
