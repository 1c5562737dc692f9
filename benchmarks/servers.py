"""Web servers under measurement: gunicorn in processes of its own, what they take of the machine, and wrk's load."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

WORKERS, THREADS = 2, 4
PATIENCE = 60  # seconds
LULL = 0.1  # seconds in which a server at rest takes no more than this share of a processor
AT_REST = 0.2
# What a server's unit and its installation see to: compiled code is kept, threads share the memory they give back.
AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": "", "MALLOC_ARENA_MAX": "2"}
TICKS = os.sysconf("SC_CLK_TCK")
# Percentiles in microseconds, for wrk prints only some.
SCRIPT = """
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format("FOUND %d %d %d %d %d %d\\n", summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(95), latency:percentile(99),
    errors.connect + errors.read + errors.write + errors.status + errors.timeout))
end
"""
FOUND = re.compile(r"^FOUND (.*)$", re.MULTILINE)


@dataclass(frozen=True)
class Load:
    """What a load of one kind of request found: requests a second, milliseconds, CPU seconds of one request."""

    rate: float
    p50: float
    p95: float
    p99: float
    cpu: float
    errors: int


@dataclass(frozen=True)
class Server:
    """A running gunicorn. `database`: the process of Postgres whose work counts as that of this server, or None."""

    port: int
    process: subprocess.Popen
    start_seconds: float
    database: int | None = None

    def url(self, path):
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path, **headers):
        """(status, headers, body) of one request."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", path, headers=headers)
            response = connection.getresponse()
            return response.status, response.headers, response.read()

    def load(self, path, *, connections, seconds, headers=()):
        """Put a load on one address and measure it.

        When wrk goes away, each of its connections still has a request at work: what those cost belongs to this load,
        and must not weigh on the next.
        """
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", f"{PATIENCE}s"]
        command += ["-s", _script(), self.url(path)]
        for name, value in headers:
            command += ["-H", f"{name}: {value}"]
        before = self.cpu_seconds()
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
        spent = self._when_idle() - before
        requests, duration, p50, p95, p99, errors = map(int, FOUND.search(done.stdout)[1].split())
        milliseconds = (number / 1000 for number in (p50, p95, p99))
        return Load(requests / (duration / 1e6), *milliseconds, spent / (requests + connections), errors)

    def _when_idle(self):
        """Wait until the processes rest; what they have taken by then."""
        spent = self.cpu_seconds()
        while True:
            time.sleep(LULL)
            before, spent = spent, self.cpu_seconds()
            if spent - before <= AT_REST * LULL:
                return spent

    def cpu_seconds(self):
        """What the processes have taken so far, those of the database included."""
        roots = [self.process.pid, *([self.database] if self.database else [])]
        return sum(_cpu(pid) for root in roots for pid in (root, *children_of(root)))

    def memory(self):
        """Bytes of all processes, each shared page counted once in all (PSS)."""
        return sum(_pss(pid) for pid in (self.process.pid, *children_of(self.process.pid)))


@contextmanager
def serving(application, *, first, environment=None, config=None, preload=True, database=None):
    """Gunicorn with `application` until the block ends. `first`: the path whose first 200 ends the cold start.

    `preload`: loaded once before the processes are forked, where no `config` says so itself.
    """
    port = free_port()
    common = ["--workers", str(WORKERS), "--worker-class", "gthread", "--threads", str(THREADS), "--keep-alive", "75"]
    options = ["--config", str(config)] if config else [*common, *(["--preload"] if preload else [])]
    command = [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}", "--log-level", "error"]
    began = time.perf_counter()
    environment = os.environ | AS_INSTALLED | (environment or {})
    process = subprocess.Popen(
        [*command, application], cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        server = Server(port, process, 0.0, database)
        while not _is_up(server, first):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"{application} did not start.")
            time.sleep(0.01)
        yield Server(port, process, time.perf_counter() - began, database)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def postgres_process(connection):
    """The number of the server process of Postgres on this machine; None where it runs on another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = Path(f"/proc/{cursor.fetchone()[0]}/stat")
    return int(_fields(backend)[1]) if backend.exists() else None


def _script():
    path = Path(settings.MEDIA_ROOT) / "percentiles.lua"
    if not path.exists():
        path.write_text(SCRIPT)
    return str(path)


def _is_up(server, path):
    try:
        return server.get(path)[0] == http.client.OK
    except OSError:
        return False


def free_port():
    """A port on which nobody listens."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _fields(stat):
    """What stands in /proc/PID/stat behind the name of the program: state, parent …"""
    return stat.read_text().rpartition(")")[2].split()


def children_of(parent):
    """The numbers of the processes that a process has started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(_fields(stat)[1]) == parent:
                found.append(int(stat.parent.name))
        except OSError:  # it has just ended
            continue
    return found


def _cpu(pid):
    """Seconds of a process and of its children that have ended."""
    try:
        return sum(map(int, _fields(Path(f"/proc/{pid}/stat"))[11:15])) / TICKS
    except OSError:
        return 0.0


def _pss(pid):
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return 1024 * int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])
