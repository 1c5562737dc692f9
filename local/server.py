"""One Postgres server: made, started and stopped. Who may do that, and when, is decided in `postgres.py`."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from local import LocalError
from local.account import Account, server_account
from local.binaries import Binaries
from local.pids import is_alive, is_server

NAME = "site"  # of the role and of the database
PORT = 5432  # only part of the socket's name, no port is opened; written out so that PGPORT changes nothing
START_SECONDS = 120  # the recovery after a crash can take long
STOP_SECONDS = 60
PAUSE = 0.02  # seconds between two looks
BIGGEST_LOG = 5_000_000  # bytes
LINES_OF_LOG = 15
# What failed stands in the log of the site; a statement holds what somebody has typed.
SILENT = {"log_min_messages": "fatal", "log_min_error_statement": "panic"}
FASTER = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]
# Said while children of a killed server still run; they end by themselves within seconds.
LEFTOVERS = b"pre-existing shared memory block"


class StartError(LocalError):
    """The server ended before it took a connection."""


@dataclass(frozen=True)
class Server:
    """The server of the cluster in `data`, reached through the socket in `socket_folder` alone."""

    binaries: Binaries
    data: Path
    socket_folder: Path
    log: Path
    durable: bool

    def ensure_running(self) -> None:
        """Make the cluster, start its server and create the database `site`, each only where missing.

        Raises StartError with the last lines of the log, or LocalError for what a person has to put right.
        One process at a time.
        """
        account = server_account(self.data, self.binaries.bin)
        if not (self.data / "PG_VERSION").exists():
            self._make(account)
        self._make_socket_folder(account)
        if not self._answers():
            self._start(account)

    def stop(self) -> None:
        """Stop the server, whoever started it; a stranger the pid file names by mistake is left alone."""
        pid = self._pid()
        if not pid:
            return
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)  # "fast": open connections end, nothing is lost
        deadline = time.monotonic() + STOP_SECONDS
        while is_alive(pid):
            if time.monotonic() > deadline:
                raise LocalError(f"Postgres (process {pid}) did not stop within {STOP_SECONDS} seconds.")
            time.sleep(PAUSE)

    def _make(self, account: Account) -> None:
        # Under another name until it is complete: whoever finds `data` finds a whole cluster.
        new = self.data.with_name(f"{self.data.name}.new")
        if new.exists():
            shutil.rmtree(new)
        new.mkdir(mode=0o700)
        account.own(new)
        command = [self.binaries.bin / "initdb", "-D", new, "-U", NAME, "-E", "UTF8", "-A", "trust"]
        done = subprocess.run(
            [*account.prefix, *command, "--no-instructions", *self._initdb_options()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            cwd=self.data.parent,
            env=_environment(),
            **account.options,
        )
        if done.returncode:
            raise LocalError(f"Postgres could not make {self.data}:\n{_last_lines(done.stdout)}")
        try:
            new.rename(self.data)
        except OSError:
            raise LocalError(f"{self.data} holds something that is not a database: move it away.") from None

    def _initdb_options(self) -> list[str]:
        options = [] if self.durable else ["--no-sync"]
        if self.binaries.major >= 17:  # the same upper case, sorting and search on every system
            return [*options, "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        return [*options, "--locale=en_US.UTF-8" if sys.platform == "darwin" else "--locale=C.UTF-8"]

    def _make_socket_folder(self, account: Account) -> None:
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
        # It may be in the temp folder, where anybody could have put something of that name.
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), account.uid):
            raise LocalError(f"{folder} belongs to another user: have it deleted.")
        folder.chmod(0o700)
        account.own(folder)

    def _start(self, account: Account) -> None:
        deadline = time.monotonic() + START_SECONDS
        log_start = 0
        while time.monotonic() < deadline:
            found = self._pid()  # it does not answer: it is still starting, or already stopping
            if found:
                up = self._comes_up(found, deadline)
            else:
                log_start = self._trim_log()
                up = self._launch_and_wait(account, deadline)
            if up:
                return
            if not found and LEFTOVERS not in self._log_since(log_start):
                break
            time.sleep(PAUSE)
        end = _last_lines(self._log_since(log_start))
        raise StartError(f"Postgres did not start. The end of {self.log}:\n{end}")

    def _launch_and_wait(self, account: Account, deadline: float) -> bool:
        pid = self._launch(account)
        try:
            return self._comes_up(pid, deadline)
        except BaseException:
            # Ctrl-C: the server may not have written yet the number that stop() goes by.
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            raise

    def _comes_up(self, pid: int, deadline: float) -> bool:
        while is_alive(pid) and time.monotonic() < deadline:
            if self._answers():
                return True
            time.sleep(PAUSE)
        return False

    def _launch(self, account: Account) -> int:
        """Start the server as nobody's child, for it may outlive this process; gives its process number."""
        socket = f"unix_socket_directories={_quoted(self.socket_folder)}"
        settings = ["listen_addresses=", socket, f"port={PORT}", *([] if self.durable else FASTER)]
        options = [word for setting in settings for word in ("-c", setting)]
        with self.log.open("ab") as log:
            started = subprocess.run(
                ["/bin/sh", "-c", '"$@" >&2 & echo $!', "sh"]
                + [*account.prefix, self.binaries.bin / "postgres", "-D", self.data, *options],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=self.data.parent,
                env=_environment() | self._stale_pid(),
                start_new_session=True,  # Ctrl-C in the terminal is not for the database
                check=True,
                **account.options,
            )
        return int(started.stdout)

    def _written_pid(self) -> int:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n")[0])
        except (OSError, ValueError):
            return 0

    def _pid(self) -> int:
        """The running server's process number, or 0."""
        pid = self._written_pid()
        return pid if pid and is_server(pid, self.data) else 0

    def _stale_pid(self) -> dict[str, str]:
        # Postgres refuses to start while any process has the number its killed predecessor wrote down,
        # except its own "grandparent". It still detects a live server by the shared memory.
        pid = self._written_pid()
        return {"PG_GRANDPARENT_PID": str(pid)} if pid else {}

    def _answers(self) -> bool:
        """Whether the server takes connections; makes the database `site` on the first one."""
        import psycopg2  # here: the settings import this module in every process

        place = {"host": str(self.socket_folder), "port": PORT, "user": NAME}
        try:
            connection = psycopg2.connect(**place, dbname="postgres", connect_timeout=10)
        except psycopg2.OperationalError:
            return False
        with closing(connection):
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME])
                if not cursor.fetchone():
                    cursor.execute(f"CREATE DATABASE {NAME}")
                for name, value in SILENT.items():
                    cursor.execute(f"ALTER ROLE {NAME} SET {name} = {value}")
        return True

    def _trim_log(self) -> int:
        """Start the log anew when it is too big; gives its size in bytes."""
        size = self.log.stat().st_size if self.log.exists() else 0
        if 0 < size <= BIGGEST_LOG:
            return size
        with os.fdopen(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"):
            return 0

    def _log_since(self, start: int) -> bytes:
        return self.log.read_bytes()[start:] if self.log.exists() else b""


def _environment() -> dict[str, str]:
    # Without the caller's PG… variables; macOS needs a valid locale here, and the log is in English.
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}


def _quoted(folder: Path) -> str:
    """One entry of a list setting of Postgres: quoted, so that spaces and commas belong to the name."""
    return '"' + str(folder).replace('"', '""') + '"'


def _last_lines(text: bytes) -> str:
    return "\n".join(text.decode(errors="replace").splitlines()[-LINES_OF_LOG:])
