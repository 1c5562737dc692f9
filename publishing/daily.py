"""What the worker does once a day: a plain list of functions that the apps above register.

Each may run twice, or an hour late: it looks at what is there, not at when it ran last.
"""

import logging

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)

_functions = []


def register(function):
    """Let the worker call `function()` when it starts and once a day from then on."""
    if function not in _functions:
        _functions.append(function)
    return function


def run():
    """Call them all. One that fails is logged and keeps no other from its turn."""
    for function in _functions:
        try:
            function()
        except (OperationalError, InterfaceError):
            raise  # it is the database that is away
        except Exception:
            logger.exception("The daily work %s failed.", function.__name__)
