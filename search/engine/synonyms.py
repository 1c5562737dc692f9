"""Other words for what was typed, from the groups that editors keep."""

import unicodedata

from search.engine.answers import SynonymsUsed
from search.languages import words
from search.models import Synonym

MOST_OTHERS = 12  # phrases that are added to one query


def synonyms_in(typed, language):
    """The synonyms of what stands in a list of typed words, on a page of a language; one statement."""
    found, left = [], MOST_OTHERS
    rough_text = _rough(typed)
    for group in Synonym.objects.filter(language__in=["", language]).order_by("pk"):
        phrases = group.phrases
        held = [phrase for phrase in phrases if f" {_rough(words(phrase)).strip()} " in rough_text]
        if held:
            others = tuple(phrase for phrase in phrases if phrase not in held)[:left]
            left -= len(others)
            if others:
                found.append(SynonymsUsed(max(held, key=len), others))
    return found


def _rough(its_words):
    """Words without case, accents and the s of a plural, each between spaces."""
    folded = unicodedata.normalize("NFD", " ".join(its_words).casefold())
    letters = "".join(one for one in folded if not unicodedata.combining(one))
    return " " + " ".join(_singular(word) for word in letters.split()) + " "


def _singular(word):
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
