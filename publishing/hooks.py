"""What others want to do in the very transaction that publishes: plain lists of functions, no signals.

`search` and caches register theirs in `AppConfig.ready()`.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_on_publish = []
_on_delete = []
_waiting = ContextVar("waiting", default=None)  # (model, key) → item, where many are to be told of together


def on_publish(function):
    """Run `function(items)` inside every transaction that changes what the public sees of items.

    It gets them as they stand in the live tables: one as a rule, many after an import.
    """
    return _add(_on_publish, function)


def on_delete(function):
    """Run `function(item)` inside the transaction that deletes an item, before its row is gone."""
    return _add(_on_delete, function)


def run(*items):
    waiting = _waiting.get()
    if waiting is not None:
        waiting.update({(type(item), item.pk): item for item in items})
        return
    for function in _on_publish:
        function(list(items))


@contextmanager
def together():
    """Tell of all that is published in the block at its end, inside the transaction that must be around it."""
    waiting = {}
    token = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(token)
    if waiting:
        run(*waiting.values())


def run_deleting(item):
    for function in _on_delete:
        function(item)


def _add(functions, function):
    if function not in functions:
        functions.append(function)
    return function
