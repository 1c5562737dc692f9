"""What others want to do in the very transaction that publishes: plain lists of functions, no signals.

A function takes the item as it now stands in the live tables. `search` and caches register theirs in
`AppConfig.ready()`.
"""

_on_publish = []
_on_delete = []


def on_publish(function):
    """Run `function(item)` inside every transaction that changes what the public sees of an item."""
    return _add(_on_publish, function)


def on_delete(function):
    """Run `function(item)` inside the transaction that deletes an item, before its row is gone."""
    return _add(_on_delete, function)


def run(item):
    for function in _on_publish:
        function(item)


def run_deleting(item):
    for function in _on_delete:
        function(item)


def _add(functions, function):
    if function not in functions:
        functions.append(function)
    return function
