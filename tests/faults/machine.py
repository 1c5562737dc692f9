"""The whole site on this machine: Postgres, the web processes behind a socket, the worker, nginx where there is one.

What systemd does on a server is done here by threads: a process that ends is started again, after the pause that its
unit names (deploy/systemd/).
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from urllib.parse import quote

from benchmarks.servers import children_of, free_port
from local.binaries import find_binaries
from local.environment import new_secret
from local.postgres import PROJECT
from local.server import NAME, Server
from tests.running.conftest import NEEDED, program
from tests.running.door import Door
from tests.running.front import Nginx

HOST = "www.example.org"
WEB_PAUSE, WORKER_PAUSE = 1, 5  # seconds: RestartSec= of the units
PAUSE = 0.02  # seconds between two looks


class Kept:
    """What runs in `start()` is started again when it ends by itself; `process()` gives it."""

    def __init__(self, start, process, pause):
        self.start, self.process, self.pause = start, process, pause
        self.by_hand = threading.Lock()  # held by whoever stops it on purpose
        self._ends = threading.Event()
        self.start()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def _keep(self):
        while not self._ends.wait(PAUSE):
            with self.by_hand:
                if self.process().poll() is None:
                    continue
                with suppress(ProcessLookupError):  # what is left of the unit goes with its first process
                    os.killpg(self.process().pid, signal.SIGKILL)
                if not self._ends.wait(self.pause):
                    self.start()

    def end(self):
        self._ends.set()
        self._thread.join()


class Machine:
    """All of it, in `folder`, which others may enter: Postgres refuses to run as root."""

    def __init__(self, folder):
        self.folder = folder
        for name in ("data", "media", "temp", "nginx"):
            (folder / name).mkdir()
        (folder / "temp").chmod(0o1777)
        self.copies = Path(tempfile.mkdtemp(prefix="faults-nginx-", dir="/dev/shm"))
        self.socket = folder / "nginx" / "web.sock"
        self.postgres = Server(find_binaries(), folder / "data" / "pg", folder / "pg", folder / "postgres.log", True)
        self.postgres.ensure_running()
        place = quote(str(self.postgres.socket_folder), safe="")
        self.environment = {
            "SITE_ENV": "local",
            "SITE_URL": f"https://{HOST}",
            "SECRET_KEY": new_secret(),
            "DATABASE_URL": f"postgresql://{NAME}@{place}:5432/{NAME}",
            "MEDIA_ROOT": str(folder / "media"),
            "TMPDIR": str(folder / "temp"),
            "WEB_CONCURRENCY": "2",
            "PROXIES": "1",
            "LINK_CHECKS": "0",
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "coalition_site.settings",
        }
        self.door = self.web = self.worker = self.nginx = None

    def manage(self, *command):
        subprocess.run(
            [sys.executable, "manage.py", *command], cwd=PROJECT, env=os.environ | self.environment, check=True,
            stdout=subprocess.DEVNULL,
        )  # fmt: skip

    def start(self):
        """Start everything but Postgres, which runs."""
        self.door = Door(self.socket, PROJECT, self.environment, log=self.folder / "web.log")
        self.web = Kept(self.door.start, lambda: self.door.server, WEB_PAUSE)
        self.worker = Kept(self._start_worker, lambda: self.worker_process, WORKER_PAUSE)
        if all(map(program, NEEDED)):
            self.nginx = Nginx(self.folder / "nginx", free_port(), free_port(), cache=self.copies)

    def _start_worker(self):
        with (self.folder / "worker.log").open("ab") as log:
            self.worker_process = subprocess.Popen(
                [sys.executable, "manage.py", "work"], cwd=PROJECT, env=os.environ | self.environment, stdout=log,
                stderr=log, process_group=0,
            )  # fmt: skip

    def stop(self):
        for kept in (self.web, self.worker):
            if kept:
                kept.end()
        if self.nginx:
            self.nginx.stop()
        if self.worker:
            self.worker_process.terminate()
            self.worker_process.wait(60)
        if self.door:
            self.door.close()
        self.postgres.stop()
        shutil.rmtree(self.copies, ignore_errors=True)

    def web_processes(self):
        """Numbers of the web server's processes but for the first."""
        return children_of(self.door.server.pid)

    def restart_web(self):
        """As `systemctl restart` does for deploy/update.py: the socket stays open. Gives what it took, in words."""
        with self.web.by_hand:
            began = time.monotonic()
            self.door.stop()
            stopped = time.monotonic()
            assert self.door.start()
        return f"Stopped within {stopped - began:.1f} s, loaded within {time.monotonic() - stopped:.1f} s."

    def connection(self):
        """A plain connection to the site's socket: what nginx has."""
        line = socket.socket(socket.AF_UNIX)
        line.settimeout(20)
        line.connect(str(self.socket))
        return line


def wait_until(condition, seconds=60):
    """Look until it is so; raises AssertionError when that takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "It took too long."
        time.sleep(PAUSE)
