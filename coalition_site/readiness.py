"""Whether the site can do its work: database, migrations, worker, room for uploads, waiting tasks.

Cheap enough to be asked every few seconds, and answered in time whatever is broken: each look is made by one request
of a process at a time, on a connection of its own, and kept for a second.
"""

import pkgutil
import shutil
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from publishing.bounded_query import NoAnswer, first_row
from publishing.heartbeat import LATE, Heartbeat

PATIENCE = 2  # seconds for the database, and for the disk
KEPT = 1  # second
LEAST_ROOM = 1024**3  # bytes: a few dozen of the largest uploads
LONGEST_WAIT = timedelta(minutes=15)

# One statement for everything the database knows. A task without a moment of its own carries the year 9999.
FACTS = f"""
    SELECT (SELECT array_agg(app || '.' || name) FROM django_migrations),
           (SELECT max(seen_at) FROM {Heartbeat._meta.db_table}),
           (SELECT min(CASE WHEN run_after < '9999-01-01' THEN greatest(run_after, enqueued_at) ELSE enqueued_at END)
              FROM {DBTaskResult._meta.db_table}
             WHERE status = %s AND (run_after <= now() OR run_after >= '9999-01-01'))
"""  # noqa: S608

_lock = threading.Lock()
_last = None


@dataclass(frozen=True)
class Readiness:
    """What one look found: `room` in bytes, None where the disk did not answer; moments, None where there is none."""

    database: bool
    missing_migrations: tuple[str, ...] = ()
    worker_seen_at: datetime | None = None
    waiting_since: datetime | None = None
    room: int | None = None

    @property
    def is_migrated(self):
        return not self.missing_migrations

    @property
    def worker(self):
        return self.worker_seen_at is not None and self.worker_seen_at > timezone.now() - LATE

    def worker_has_looked_since(self, moment):
        return self.worker_seen_at is not None and self.worker_seen_at > moment

    @property
    def disk(self):
        return self.room is not None and self.room >= LEAST_ROOM

    @property
    def queue(self):
        return self.waiting_since is None or self.waiting_since > timezone.now() - LONGEST_WAIT

    @property
    def is_web_ready(self):
        return self.database and self.is_migrated

    @property
    def is_ready(self):
        return self.is_web_ready and self.worker and self.disk and self.queue


def current():
    """The Readiness of now, at most a second old."""
    global _last  # noqa: PLW0603
    with _lock:
        if _last is None or time.monotonic() - _last[0] > KEPT:
            found = look()
            _last = time.monotonic(), found
        return _last[1]


def look():
    room = free_room(Path(settings.MEDIA_ROOT))
    try:
        applied, seen_at, since = first_row(FACTS, [TaskResultStatus.READY], PATIENCE)
    except NoAnswer:
        return Readiness(database=False, room=room)
    missing = sorted(migrations_of_this_release() - set(applied or ()))
    return Readiness(True, tuple(missing), seen_at, since, room)


@cache
def migrations_of_this_release():
    """The names of all migrations, as `app.name`, read from the folders: importing them would cost memory for good."""
    names = set()
    for app in apps.get_app_configs():
        module, _is_explicit = MigrationLoader.migrations_module(app.label)
        try:
            folder = import_module(module)
        except ModuleNotFoundError:
            continue  # an app without tables
        found = pkgutil.iter_modules(getattr(folder, "__path__", []))
        names |= {f"{app.label}.{one.name}" for one in found if one.name[0] not in "_~"}
    return names


def free_room(folder):
    """Bytes that are free where uploads are kept; None where that cannot be told in time, as of a server gone away."""
    found = []

    def ask():
        place = folder
        while not place.exists() and place != place.parent:
            place = place.parent  # the folder is made with the first upload
        with suppress(OSError):
            found.append(shutil.disk_usage(place).free)

    asking = threading.Thread(target=ask, name="free_room", daemon=True)
    if not any(thread.name == asking.name for thread in threading.enumerate()):  # one that hangs is enough
        asking.start()
        asking.join(PATIENCE)
    return found[0] if found else None
