"""What stands on every page, asked for once a content version instead of once a request."""

import time
from functools import wraps

from django.utils.translation import get_language

from publishing.freshness import watcher

MOST = 1_000  # answers of one function; then all are forgotten


def remembered(function):
    """Let a process remember what `function` gives for its arguments and the language at hand.

    It is asked anew when something was published, when a moment has come at which something appears or ends, and
    whenever the process cannot be sure of that (`publishing.freshness`). What it gives is shared by requests: nobody
    may change it. Its arguments are hashable.
    """
    memory = {}

    @wraps(function)
    def asking(*arguments):
        known = watcher.known  # before the first query, so that what is committed meanwhile is not missed
        if known is None:
            return function(*arguments)
        place = (get_language(), arguments)
        kept = memory.get(place)
        if kept is not None and kept[0].number == known.number and time.time() < kept[0].moment:
            return kept[1]
        given = function(*arguments)
        if len(memory) >= MOST:
            memory.clear()
        memory[place] = (known, given)
        return given

    return asking
