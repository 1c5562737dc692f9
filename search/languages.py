"""Words of a text, and how each language is stemmed. The index and the queries go through the same functions."""

import re
import unicodedata

# Text search configurations of our own (first migration): the language's stemmer after unaccent.
CONFIGURATIONS = {"en": "search_english", "es": "search_spanish"}
ANY_OTHER = "search_simple"  # no stemming, no stop words
ALL_CONFIGURATIONS = [*CONFIGURATIONS.values(), ANY_OTHER]

LONGEST_WORD = 100  # characters; the rest of an endless one is cut
_ABBREVIATION = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # U.S. → US
_ENDING = re.compile(r"(?<=\w)['’](?:s|t|d|m|ll|re|ve)\b", re.IGNORECASE)  # children’s → children
_WORD = re.compile(r"[^\W_]+")
_HYPHENATED = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)+")
_WITH_A_LETTER = re.compile(r"\b[^\W\d_a-z][^\W\d_]{2,}\s+[A-Z](?![^\W_])")  # “Title I”, “Plan A”
LONGEST_JOINED = 15  # letters; nobody writes “stateadministered” as one word


def base(language):
    """“es-MX” → “es”."""
    return language.partition("-")[0].lower()


def configuration_of(language):
    """The name of the text search configuration for a language code: “es” and “es-MX” → “search_spanish”."""
    return CONFIGURATIONS.get(base(language), ANY_OTHER)


def words(text):
    """The words of a text in order: “U.S. teachers/students: full-service” → US, teachers, students, full, service."""
    text = unicodedata.normalize("NFC", text)
    text = _ABBREVIATION.sub(lambda found: found.group().replace(".", "") + " ", text)
    return [word[:LONGEST_WORD] for word in _WORD.findall(_ENDING.sub("", text))]


def plain(text):
    """The words of a text with single spaces between: what Postgres gets to parse, so that it finds words only."""
    return " ".join(words(text))


def joined(text):
    """What of a text is found as one word too, where it is short: words with a hyphen, and a capital letter with the
    word before it, as no stemmer keeps “I” and “A”: “Pre-K, COVID-19, Title I” → PreK, COVID19, TitleI.
    """
    text = unicodedata.normalize("NFC", text)
    found = [*_HYPHENATED.findall(text), *_WITH_A_LETTER.findall(text)]
    as_one = ("".join(_WORD.findall(words_of_it)) for words_of_it in found)
    return [word for word in as_one if len(word) <= LONGEST_JOINED and not word.isdigit()]


def folded(text):
    """A text in small letters without accents."""
    return "".join(one for one in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(one))


def rough(text):
    """The words of a text without case, accents and the s of a plural: “Full-Service Schools” → “full service school”.

    Whoever keeps lists of words compares them so; the index itself stems.
    """
    return " ".join(map(_singular, words(folded(text))))


def key_of_query(text):
    """What queries are compared by: “Schools, community” and “community school” are one."""
    return " ".join(sorted(set(rough(text).split())))


def _singular(word):
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    return word[:-1] if word.endswith("s") and len(word) > 3 else word
