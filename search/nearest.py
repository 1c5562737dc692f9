"""Where a lost reader may have wanted to go: the words of an address that does not exist, and the items near them."""

import re

from django.conf import settings
from django.utils.translation import get_language

from search.plain import nearest_items as _nearest

_SEPARATORS = re.compile(r"[\W_]+")
_NO_WORDS = {"aspx", "html", "htm", "php", "index", "default", "www", "and", "the", "for", "los", "las", "del"}
SHORTEST_WORD = 3  # characters
LONGEST_WORDS = 120  # characters of all words together


def words_of_path(path):
    """The words of a path, in order and once each: '/aboutschools/what_is-it.aspx' → ['aboutschools', 'what']."""
    words = (word.lower() for word in _SEPARATORS.split(path[:LONGEST_WORDS]))
    known = dict.fromkeys(word for word in words if len(word) >= SHORTEST_WORD and word not in _NO_WORDS)
    return list(known)


def nearest_items(words, limit):
    """Public items that share the most words with an address: in the language at hand, else in English."""
    return _nearest(words, get_language(), limit) or _nearest(words, settings.LANGUAGE_CODE, limit)
