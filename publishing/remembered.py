"""What many pages show, asked for once a content version instead of once a request."""

import time
from functools import partial, wraps

from django.utils.translation import get_language

from publishing.freshness import watcher

MOST = 1_000  # answers of one function; then all are forgotten


class _Memory:
    """Answers with the `Known` under which they were asked for and the hour, by language and place; at most so many."""

    def __init__(self, most=MOST):
        self._answers, self._most = {}, most

    def get(self, place, known):
        """A triple (known, answer, when it was given) that is still right; None where there is none."""
        kept = self._answers.get((get_language(), place))
        if kept and kept[0].number == known.number and kept[2] <= time.time() < kept[0].moment:
            return kept
        return None

    def put(self, place, known, answer):
        if len(self._answers) >= self._most:
            self._answers = {}
        self._answers[get_language(), place] = (known, answer, time.time())


def remembered(function=None, *, most=MOST):
    """Let a process remember what `function` gives for its arguments and the language at hand.

    It is asked anew when something was published, when a moment has come at which something appears or ends, and
    whenever the process cannot be sure of that (`publishing.freshness`). What it gives is shared by requests: nobody
    may change it. Its arguments are hashable. `most`: for answers that are large and asked for with whatever readers
    think of, fewer of them.
    """
    if function is None:
        return partial(remembered, most=most)
    memory = _Memory(most)

    @wraps(function)
    def asking(*arguments):
        known = watcher.known  # before the first query, so that what is committed meanwhile is not missed
        if known is None:
            return function(*arguments)
        if kept := memory.get(arguments, known):
            return kept[1]
        given = function(*arguments)
        memory.put(arguments, known, given)
        return given

    return asking


def remembered_each(function):
    """The same for a function that takes a list of keys and gives a dict: it is asked only for those not remembered.

    A key for which it gives nothing is asked for each time.
    """
    memory = _Memory()

    @wraps(function)
    def asking(keys):
        known = watcher.known
        if known is None:
            return function(keys)
        found = {key: kept[1] for key in keys if (kept := memory.get(key, known))}
        if missing := [key for key in keys if key not in found]:
            given = function(missing)
            for key, answer in given.items():
                memory.put(key, known, answer)
            found |= given
        return {key: found[key] for key in keys if key in found}

    return asking
