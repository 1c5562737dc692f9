"""Locks between processes: held by an open file, so a process killed with -9 leaves none behind."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local import LocalError

SHARED = fcntl.LOCK_SH
EXCLUSIVE = fcntl.LOCK_EX


@contextmanager
def locked(path: Path, kind: int = EXCLUSIVE, wait: bool = True) -> Iterator[bool]:
    """Hold the lock `path` inside the block; gives whether it was got (always, with `wait`).

    Raises LocalError when the file belongs to somebody else.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except PermissionError:
        raise LocalError(f"{path} belongs to another user: run this as that user, or delete {path.parent}.") from None
    try:
        yield _lock(descriptor, kind, wait)
    finally:
        os.close(descriptor)


def _lock(descriptor: int, kind: int, wait: bool) -> bool:
    try:
        fcntl.flock(descriptor, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
