"""What the process behind a number is. Numbers are used again, in containers all the time."""

import os
import subprocess
from pathlib import Path

PROC = Path("/proc/self").exists()  # Linux; macOS has only ps


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that is dead and only waits for its parent does not."""
    # /proc says "12 (any name) S 1 …"; the command line would be empty also for a moment of each exec.
    state = _read(pid, "stat").rpartition(b") ")[2].decode() if PROC else _ps(pid, "state")
    return state[:1] not in ("", "Z", "X")


def is_server(pid: int, data: Path) -> bool:
    """Whether the process is the Postgres server of the cluster in `data`, not a stranger or its child."""
    if PROC:
        # Readable for everybody, unlike /proc/<pid>/exe of a server that runs as another user.
        words = [os.fsdecode(word) for word in _read(pid, "cmdline").split(b"\0")]
        # A server's own children call themselves "postgres: checkpointer" and the like, in one word.
        return Path(words[0]).name == "postgres" and str(data) in words
    return f"postgres -D {data} " in _ps(pid, "command")


def _read(pid: int, name: str) -> bytes:
    try:
        return Path(f"/proc/{pid}/{name}").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def _ps(pid: int, column: str) -> str:
    done = subprocess.run(["ps", "-ww", "-p", str(pid), "-o", f"{column}="], capture_output=True)
    return os.fsdecode(done.stdout).strip()
