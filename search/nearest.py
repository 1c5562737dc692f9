"""Where a lost reader may have wanted to go: the words of an address that does not exist, and the items near them."""

import re

from django.utils.translation import get_language

from search.engine import Query, TooMuch, search
from search.results import with_items

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
    """The public items that the words of an address find best; none where it has no words."""
    if not words:
        return []
    query = Query(" ".join(words), language=get_language(), size=limit, with_facets=False, with_snippets=False)
    try:
        return [hit.item for hit in with_items(search(query).hits)]
    except TooMuch:
        return []
