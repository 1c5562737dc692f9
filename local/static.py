"""Whether the static files have to be collected again: compressing them all takes ten seconds."""

import hashlib
from pathlib import Path

from local.postgres import PROJECT

NOTE = PROJECT / ".local" / "static_collected"
MANIFEST = PROJECT / "static_collected" / "staticfiles.json"
# Say which packages bring files of their own, and how all are stored.
ALSO = ("requirements.txt", "requirements-dev.txt", "coalition_site/settings.py")


def fingerprint() -> str:
    """Changes when a static file of this project, a package or the settings change."""
    paths = [PROJECT / name for name in ALSO]
    for folder in (PROJECT / "static", PROJECT / "docs" / "staff" / "pictures", *PROJECT.glob("*/static")):
        paths += sorted(folder.rglob("*"))
    return hashlib.sha256("\n".join(_line(path) for path in paths).encode()).hexdigest()


def is_collected(now: str) -> bool:
    """Whether the files with the fingerprint `now` are the ones collected last."""
    return MANIFEST.exists() and NOTE.exists() and NOTE.read_text() == now


def note_collected(now: str) -> None:
    """Remember that the files with the fingerprint `now` were collected."""
    NOTE.parent.mkdir(exist_ok=True)
    NOTE.write_text(now)


def _line(path: Path) -> str:
    if not path.is_file():
        return str(path)
    found = path.stat()
    return f"{path} {found.st_size} {found.st_mtime_ns}"
