"""How titles and names are sorted."""

import re
import unicodedata

from django.contrib.postgres.lookups import Unaccent
from django.db.models.functions import Lower

LONGEST = 500  # characters
ARTICLES = {  # by language
    "en": frozenset({"a", "an", "the"}),
    "es": frozenset({"el", "la", "los", "las", "un", "una"}),
}
APOSTROPHES = re.compile("['’‘ʼ]")


def alphabetical(words):
    """A column of names, or an expression, as something to order by: “Case studies” before “COVID-19”. Capitals and
    accents do not count, whatever collation the database was made with.
    """
    return Lower(Unaccent(words))


def alphabet_key(name):
    """The same for names in memory: what to sort them by."""
    return "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))


def sorting_title(title, *languages):
    """A title as a library sorts it: small letters without accents and marks, and without its first article, where that
    is one of these languages: “The Report” is sorted as “report”, and “LA’s Best” in English as “las best”.
    """
    letters = APOSTROPHES.sub("", alphabet_key(title))
    words = "".join(one if one.isalnum() else " " for one in letters).split()
    if len(words) > 1 and any(words[0] in ARTICLES.get(language, ()) for language in languages):
        del words[0]
    return " ".join(words)[:LONGEST]
