"""Where copies are kept: bounded in bytes, the least recently used goes first."""

import threading
from collections import OrderedDict
from contextlib import suppress

SHARE_OF_QUERIES = 0.25  # of the room, for addresses with parameters: whoever invents such pushes no page out


class Shelf:
    """Copies by key, in at most `room` bytes. A key is (scheme, path, query string); safe among threads."""

    def __init__(self, room):
        with_query = int(room * SHARE_OF_QUERIES)
        self._rows = {False: _Row(room - with_query), True: _Row(with_query)}

    def get(self, key):
        return self._rows[bool(key[2])].get(key)

    def put(self, key, copy):
        self._rows[bool(key[2])].put(key, copy)

    def drop(self, key):
        self._rows[bool(key[2])].drop(key)

    @property
    def size(self):
        """Bytes in use."""
        return sum(row.size for row in self._rows.values())


class _Row:
    def __init__(self, room):
        self.room, self.size = room, 0
        self._copies = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key):
        copy = self._copies.get(key)
        if copy is not None:
            with suppress(KeyError):  # another thread has just put it out
                self._copies.move_to_end(key)
        return copy

    def put(self, key, copy):
        with self._lock:
            self._forget(key)
            if copy.size > self.room:
                return
            self._copies[key] = copy
            self.size += copy.size
            while self.size > self.room:
                self._forget(next(iter(self._copies)))

    def drop(self, key):
        with self._lock:
            self._forget(key)

    def _forget(self, key):
        gone = self._copies.pop(key, None)
        if gone is not None:
            self.size -= gone.size
