"""What others want to do in the very transaction that publishes: a plain list of functions, no signals.

A function takes the item as it now stands in the live tables. `search` and caches register theirs in
`AppConfig.ready()`.
"""

_hooks = []


def on_publish(function):
    """Run `function(item)` inside every transaction that changes what the public sees of an item."""
    if function not in _hooks:
        _hooks.append(function)
    return function


def run(item):
    for function in _hooks:
        function(item)
