"""What a process knows of the content version, so that it may answer from memory without asking the database.

A thread of each process listens to Postgres (NOTIFY, sent by a trigger of the table of the version) and looks at the
version every half second besides, in case the ear is lost: a connection that breaks, a pooler that passes nothing on.
Whoever answers from memory asks `watcher.known` first. It is None when the last look was too long ago to be sure.
"""

import logging
import math
import os
import select
import threading
import time
from contextlib import suppress
from dataclasses import dataclass

import psycopg2
from django.db import Error, connection

from publishing.content_version import CHANNEL, ContentVersion
from publishing.moments import next_moment

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.5  # seconds, when nothing is heard
SURE_FOR = 0.95  # seconds after a look; later, somebody may have published and we not have heard of it
AWAY_AFTER = 3.0  # seconds without a look after which the database counts as away
PAUSE = 0.25  # seconds between two attempts to reach it


@dataclass(frozen=True, slots=True)
class Known:
    """The content version at one look. `moment`: seconds since the epoch at which pages change by themselves."""

    number: int
    last_removal: int
    moment: float = math.inf

    def allows_in_need(self, other):
        """Whether what was made under `other` may be shown while the database is away: nothing was taken since."""
        return other.number >= self.last_removal


class Watcher:
    """Keeps `known` up to date, in a thread that the first question starts; after a fork, in a new one.

    It does nothing, and knows nothing, until a web server switches it on: a command looks at the database itself.
    """

    is_on = False

    def __init__(self):
        self._forget()
        # Thread and connection stay behind in the parent.
        os.register_at_fork(after_in_child=self._forget)

    def _forget(self):
        self._last = None
        self._looked_at = self._began_at = self._told_at = -math.inf
        self._thread = None
        self._stopped = False
        self._starting = threading.Lock()

    @property
    def known(self):
        """`Known`, no older than SURE_FOR; None while nobody can be sure. Costs no query."""
        if self._looked_at > self._told_at and time.monotonic() - self._looked_at < SURE_FOR:
            return self._last
        if self.is_on:
            self._ensure_thread()
        return None

    @property
    def last_known(self):
        """`Known` of the last look, however long ago; None before the first."""
        return self._last

    @property
    def is_database_away(self):
        now = time.monotonic()
        return now - self._looked_at > AWAY_AFTER and now - self._began_at > AWAY_AFTER

    def forget_version(self):
        """Call it after a commit of this very process: its own readers need not wait for what Postgres passes on."""
        self._told_at = time.monotonic()

    def stop(self):
        """End the thread and its connection; the next question starts another."""
        thread, self._stopped = self._thread, True
        if thread is not None:
            thread.join()
        self._stopped = False

    def _ensure_thread(self):
        if self._thread is not None and self._thread.is_alive():
            return
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._began_at = time.monotonic()
                self._thread = threading.Thread(target=self._watch, name="content version", daemon=True)
                self._thread.start()

    def _watch(self):
        was_there = True
        while not self._stopped:
            try:
                self._listen()
                connection.close()
            except (psycopg2.Error, Error, OSError, ValueError) as error:
                if was_there:
                    logger.warning("The content version cannot be read: %s", str(error).strip())
                was_there = self._look_is_recent()
                with suppress(Exception):
                    connection.close()
                time.sleep(PAUSE)

    def _look_is_recent(self):
        return time.monotonic() - self._looked_at < AWAY_AFTER

    def _listen(self):
        connection.ensure_connection()
        with connection.cursor() as cursor:
            cursor.execute(f"LISTEN {CHANNEL}")
        ear = connection.connection
        while not self._stopped:
            self._look()
            if not ear.notifies:  # none came while it looked
                pause = min(LOOK_EVERY, max(self._last.moment - time.time(), 0))
                select.select([ear], [], [], pause)
                ear.poll()
            if ear.notifies:  # nothing older may be given while this process asks what it is
                self._told_at = time.monotonic()
                ear.notifies.clear()

    def _look(self):
        asked_at = time.monotonic()  # whatever is committed after this, the next look finds
        number, last_removal = ContentVersion.marks()
        last = self._last
        if last is None or (number, last_removal) != (last.number, last.last_removal) or time.time() >= last.moment:
            moment = next_moment()
            self._last = Known(number, last_removal, moment.timestamp() if moment else math.inf)
        self._looked_at = asked_at


watcher = Watcher()
