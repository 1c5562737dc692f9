"""How titles and names are sorted."""

import re
import unicodedata

from django.contrib.postgres.lookups import Unaccent
from django.db.models.functions import Lower

LONGEST = 500  # characters
ARTICLES = re.compile(r"^(a|an|the|el|la|los|las|un|una) (?=\w)")


def alphabetical(words):
    """A column of names, or an expression, as something to order by: “Case studies” before “COVID-19”. Capitals and
    accents do not count, whatever collation the database was made with.
    """
    return Lower(Unaccent(words))


def alphabet_key(name):
    """The same for names in memory: what to sort them by."""
    return "".join(one for one in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(one))


def sorting_title(title):
    """A title as a library sorts it: small letters without accents and marks, and without its first article."""
    plain = "".join(one if one.isalnum() else " " for one in alphabet_key(title))
    return ARTICLES.sub("", " ".join(plain.split()))[:LONGEST]
