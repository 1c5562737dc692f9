"""Child processes that end with their parent, and Ctrl-C without a traceback."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from local.postgres import PROJECT

STOP_SIGNALS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
PATIENCE = 10  # seconds a child has to end by itself
PAUSE = 0.1  # seconds between two looks
PR_SET_PDEATHSIG = 1


class Stopped(BaseException):
    """Somebody asked this command to stop, with Ctrl-C or a signal."""


@contextmanager
def stop_signals(ctrl_c: bool = True) -> Iterator[None]:
    """The first signal to stop raises Stopped inside the block; further ones are ignored.

    With `ctrl_c=False` only the child, which gets it from the terminal as well, decides about Ctrl-C.
    """
    stopping = False

    def stop(number: int, frame: object) -> None:
        nonlocal stopping
        if not stopping and (ctrl_c or number != signal.SIGINT):
            stopping = True
            raise Stopped

    before = {number: signal.signal(number, stop) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class Children:
    """The processes of one command, run in the project's folder; leaving the block ends them all.

    `environment`: what they get besides this process' own.
    """

    def __init__(self, environment: dict[str, str]) -> None:
        self._environment = os.environ | environment
        self._running: list[subprocess.Popen] = []

    def __enter__(self) -> "Children":
        return self

    def __exit__(self, *exc_info: object) -> None:
        for child in self._running:
            child.terminate()
        deadline = time.monotonic() + PATIENCE
        for child in self._running:
            try:
                child.wait(timeout=max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()

    def start(self, *command: str, foreground: bool = False) -> subprocess.Popen:
        """Start `python *command`.

        In the foreground it reads the terminal and gets its Ctrl-C; else it is ended by this process alone.
        """
        # A signal between the start and the note of it would leave a child that nobody ends.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
        try:
            child = subprocess.Popen(
                [sys.executable, *command],
                cwd=PROJECT,
                env=self._environment,
                stdin=None if foreground else subprocess.DEVNULL,
                process_group=None if foreground else 0,
                preexec_fn=_child_setup(),
            )
            self._running.append(child)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)
        return child

    def run(self, *command: str, foreground: bool = False) -> int:
        """Run `python *command` to its end; gives its exit status as a shell would (130 after SIGINT)."""
        child = self.start(*command, foreground=foreground)
        status = child.wait()
        return status if status >= 0 else 128 - status

    def first_ended(self, meanwhile: Callable[[], None]) -> subprocess.Popen:
        """Call `meanwhile` ten times a second until one of the started processes ends; gives that one."""
        running = [child for child in self._running if child.poll() is None]
        while not (ended := [child for child in running if child.poll() is not None]):
            meanwhile()
            time.sleep(PAUSE)
        return ended[0]


def _child_setup() -> Callable[[], None]:
    """What the child does first: take signals again and, on Linux, ask to be ended when this process dies."""
    libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def setup() -> None:
        if libc:
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP_SIGNALS)

    return setup
