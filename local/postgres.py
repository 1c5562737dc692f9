"""The Postgres of this project: one cluster, shared by every process that needs it, installed nowhere.

Importing this module is cheap (standard library only): the settings do it on every start.
"""

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path

from local import LocalError
from local.binaries import Binaries, find_binaries
from local.locks import EXCLUSIVE, SHARED, locked
from local.server import NAME, PORT, Server, StartError

__all__ = ["Binaries", "Cluster", "find_binaries", "url"]

PROJECT = Path(__file__).resolve().parent.parent
LONGEST_SOCKET = 100  # bytes; macOS takes 103, Linux 107
PLAIN = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789")


def url() -> str:
    """The DATABASE_URL of this project's own cluster, running or not. Raises LocalError without binaries."""
    return Cluster(PROJECT / ".local", find_binaries()).url()


class Cluster:
    """One data folder and its server.

    `folder`: the project's `.local`; the data is in `pg18` inside it (the major version is in the name: no
    other version reads it), or in `test-pg18` with `durable=False`, which trades safety in a power cut
    for speed and is made anew when it does not start.
    """

    def __init__(self, folder: Path, binaries: Binaries, durable: bool = True) -> None:
        self.folder = Path(folder).resolve()
        prefix = "" if durable else "test-"
        self.name = f"{prefix}pg{binaries.major}"
        self.data = self.folder / self.name
        self.durable = durable
        self._start_lock = self.folder / f"{self.name}.start"
        self._users_lock = self.folder / f"{self.name}.users"
        log = self.folder / f"{prefix}postgres.log"
        self._server = Server(binaries, self.data, self.socket_folder, log, durable)

    @contextmanager
    def in_use(self) -> Iterator["Cluster"]:
        """The server runs inside the block, with a database `site`.

        Whoever leaves last, of all processes, stops it. Raises LocalError when it cannot be started.
        """
        try:
            # Given back before the leaver asks who else is there.
            with locked(self._users_lock, SHARED):
                with locked(self._start_lock):
                    self._ensure_running()
                yield self
        finally:
            self.stop_if_unused()

    def stop_if_unused(self) -> bool:
        """Stop the server unless some process uses it; gives whether nobody does."""
        with self._alone() as alone:
            if alone:
                self._server.stop()
            return alone

    def is_used(self) -> bool:
        """Whether some process uses the cluster now."""
        with self._alone() as alone:
            return not alone

    def delete(self) -> None:
        """Stop the server and delete all data. Raises LocalError while some process uses it."""
        with self._alone() as alone:
            if not alone:
                raise LocalError("The database is in use: stop `make run`, or what else uses it, first.")
            self._server.stop()
            self._remove()

    def url(self) -> str:
        """The address in the form DATABASE_URL has: `postgresql://site@<socket folder>:5432/site`."""
        # Escaped byte by byte: readers of an address lower the case of its host; escapes survive that.
        letters = (chr(byte) if byte in PLAIN else f"%{byte:02X}" for byte in os.fsencode(self.socket_folder))
        return f"postgresql://{NAME}@{''.join(letters)}:{PORT}/{NAME}"

    @cached_property
    def socket_folder(self) -> Path:
        """Where the socket is: beside the data, or in a short folder of this user in the temp folder."""
        near = self.folder / f"{self.name}.socket"
        fits = len(os.fsencode(near / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET
        if fits and "," not in str(near):  # a comma would separate two hosts
            return near
        name = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()).resolve() / f"site-pg-{os.geteuid()}-{name}"

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Nobody starts or begins to use the server inside the block; gives whether nobody uses it."""
        with locked(self._start_lock), locked(self._users_lock, EXCLUSIVE, wait=False) as alone:
            yield alone

    def _ensure_running(self) -> None:
        try:
            self._server.ensure_running()
        except StartError:
            if self.durable:
                raise
            # Without fsync a power cut can leave it broken, and nothing in it is worth keeping.
            self._remove()
            self._server.ensure_running()

    def _remove(self) -> None:
        for folder in (self.data, self.socket_folder):
            if folder.exists():
                shutil.rmtree(folder)
