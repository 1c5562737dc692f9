"""Helpers for the tests of the staff’s side of the search: addresses, a form as it is sent, what a page says."""

import re

SYNONYMS, BEST = "/admin/search/synonym/", "/admin/search/bestresult/"
TRY = f"{BEST}try/"


def best_form(**fields):
    """What a browser sends for the form of a new best result."""
    blank = {"queries": "mission", "language": "en", "item": "/partners/", "position": "1", "until": "", "note": ""}
    return blank | {"try-q": "", "try-language": "en"} | fields


def words_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
