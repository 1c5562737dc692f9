"""How titles are sorted."""

import re
import unicodedata

LONGEST = 500  # characters
ARTICLES = re.compile(r"^(a|an|the|el|la|los|las|un|una) (?=\w)")


def sorting_title(title):
    """A title as a library sorts it: small letters without accents and marks, and without its first article."""
    letters = unicodedata.normalize("NFKD", title.casefold())
    plain = "".join(one if one.isalnum() else " " for one in letters if not unicodedata.combining(one))
    return ARTICLES.sub("", " ".join(plain.split()))[:LONGEST]
