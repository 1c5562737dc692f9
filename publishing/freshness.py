"""What a process knows of the content version, so that it may answer from memory without asking the database.

A thread of each process listens to Postgres (NOTIFY, sent by a trigger of the table of the version) and looks at the
version every half second besides, in case the ear is lost: a connection that breaks, a pooler that passes nothing on.
Whoever answers from memory asks `watcher.known` first. It is None when the last look was too long ago to be sure.

The connection is its own, and whatever it is asked has a deadline: a host that vanishes tells nobody that it is gone.
Only the name of a host is looked up for as long as the system cares to.
"""

import logging
import math
import os
import select
import threading
import time
from dataclasses import dataclass

import psycopg2
from django.utils import timezone
from psycopg2.errors import QueryCanceled

from publishing.bounded_query import NoAnswer, connected, rows
from publishing.content_version import CHANNEL, ContentVersion
from publishing.moments import first_moments

logger = logging.getLogger(__name__)

LOOK_EVERY = 0.5  # seconds, when nothing is heard
SURE_FOR = 0.95  # seconds after a look; later, somebody may have published and we not have heard of it
CONNECTED_WITHIN = 2.0  # seconds
ANSWERED_WITHIN = 1.5  # seconds, by statement
# The server gives up sooner: one that is only slow says so by that, and keeps no statement that nobody waits for.
SERVER_GIVES_UP_AFTER = 1.0
AWAY_AFTER = 3.0  # seconds without a look after which the database may count as away
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
        self._looked_at = self._failed_at = self._told_at = -math.inf  # by the clock that nobody sets
        self._clock_at_look = -math.inf  # seconds since the epoch
        self._is_silent = False
        self._thread = None
        self._stopped = False
        self._starting = threading.Lock()

    @property
    def known(self):
        """`Known`, no older than SURE_FOR; None while nobody can be sure. Costs no query."""
        if self._has_found_all and time.monotonic() - self._looked_at < SURE_FOR and time.time() >= self._clock_at_look:
            return self._last
        if self.is_on:
            self._ensure_thread()
        return None

    @property
    def last_known(self):
        """`Known` of the last look, however long ago; None before the first, and after news that nobody has read yet:
        something may have been taken from readers.
        """
        return self._last if self._has_found_all else None

    @property
    def _has_found_all(self):
        """Whether the last look was after the last news."""
        return self._looked_at > self._told_at

    @property
    def is_database_away(self):
        """Whether no look has succeeded for a while, and a new connection gave no answer either.

        A connection that has broken says nothing about the database, nor does a look for which it was too busy.
        """
        return self._failed_at > self._looked_at and time.monotonic() - self._looked_at > AWAY_AFTER

    @property
    def is_database_silent(self):
        """Whether it is away and does not even refuse: whoever asks it waits."""
        return self.is_database_away and self._is_silent

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
                self._thread = threading.Thread(target=self._watch, name="content version", daemon=True)
                self._thread.start()

    def _watch(self):
        was_there = True
        while not self._stopped:
            began_at = time.monotonic()
            try:
                with connected(CONNECTED_WITHIN) as own:
                    self._listen(own)
            except (psycopg2.Error, NoAnswer, OSError) as error:
                if self._looked_at < began_at and not isinstance(error, QueryCanceled):
                    self._failed_at, self._is_silent = time.monotonic(), isinstance(error, NoAnswer)
                if was_there:
                    logger.warning("The content version cannot be read: %s", str(error).strip())
                was_there = self._look_is_recent()
                time.sleep(PAUSE)

    def _look_is_recent(self):
        return time.monotonic() - self._looked_at < AWAY_AFTER

    def _listen(self, own):
        _rows(own, f"LISTEN {CHANNEL}")
        ear = select.poll()
        ear.register(own, select.POLLIN)
        while not self._stopped:
            self._look(own)
            own.poll()  # news may have come with the answer, and wakes nobody any more
            if not own.notifies:
                pause = min(LOOK_EVERY, max(self._last.moment - time.time(), 0))
                ear.poll(pause * 1000)
                own.poll()
            if own.notifies:  # nothing older may be given while this process asks what it is
                self._told_at = time.monotonic()
                own.notifies.clear()

    def _look(self, own):
        asked_at, clock = time.monotonic(), time.time()  # whatever is committed after this, the next look finds
        number, last_removal = marks(own)
        last = self._last
        is_same = last is not None and (number, last_removal) == (last.number, last.last_removal)
        # A clock that was set back has moments before it again that had passed.
        if not is_same or not self._clock_at_look <= clock < last.moment:
            self._last = Known(number, last_removal, moment_after(own, timezone.now()))
        self._looked_at, self._clock_at_look = asked_at, clock


def marks(own):
    """What `ContentVersion.marks()` asks for, by a bounded connection; zeros before the first change."""
    found = _rows(own, *ContentVersion.marks().query.sql_with_params())
    return found[0] if found else (0, 0)


def moment_after(own, now):
    """The earliest of `first_moments(now)`, in seconds since the epoch; infinity where none is set."""
    found = _rows(own, *first_moments(now).query.sql_with_params())
    return min((moment.timestamp() for (moment,) in found), default=math.inf)


def _rows(own, sql, values=None):
    return rows(own, sql, values, ANSWERED_WITHIN, SERVER_GIVES_UP_AFTER)


watcher = Watcher()
