"""Optional: the best hundred results by their words, ordered anew by what they mean.

Off unless the environment says SEARCH_BY_MEANING=1 (docs/decisions/0011-search-in-postgres.md). A small language model
turns each English text into a vector, once, in the worker; a reader's request turns the words that were typed into one
and compares it with those of the hundred items. An item whose vector is not there yet keeps the place of its words.
"""

from functools import cache

from django.conf import settings

LANGUAGE = "en"  # the only one that the model has learned


def is_on():
    return settings.SEARCH_BY_MEANING


@cache
def encoder():
    """What turns texts into vectors, loaded at the first need, once a process: `encoder().encode(text)` → numbers."""
    from search.meaning.model import MiniLM

    return MiniLM()
