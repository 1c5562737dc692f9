"""Other words for what was typed: from the groups that editors keep, and from the words of other apps.

A group holds words of one meaning, each with its language. What is added to a query is in the language of the page or
in English: somebody who reads Spanish is offered English texts too, and not the other way round.
"""

from functools import cache, lru_cache
from typing import NamedTuple

from django.conf import settings
from django.db import connection
from django.db.models import Value

from publishing.remembered import remembered
from search.engine.answers import SynonymsUsed
from search.languages import rough
from search.models import Synonym
from search.registry import synonym_sources

MOST_OTHERS = 12  # phrases that are added to one query
EDITORS = 0  # the number of their table


class Phrase(NamedTuple):
    """A word or several. `language` is empty for a name of which nobody noted it: it is recognized, never added."""

    text: str
    language: str


def groups_in_use(without=None):
    """All groups, those of editors first, each a list of `Phrase`s; one statement. `without` one `Synonym`."""
    left_out = (EDITORS, without.pk) if without else None
    return [group for place, group in _groups() if place != left_out]


@remembered
def _groups():
    """Pairs of the place of a group, the number of its table and its key, and its `Phrase`s."""
    with connection.cursor() as cursor:
        cursor.execute(*_statement(synonym_sources()))
        rows = sorted(cursor.fetchall())
    return [((table, pk), group_of(*texts)) for table, pk, *texts in rows]


@cache  # it is the same for every query; putting it together takes longer than running it
def _statement(sources):
    """SQL and parameters of all groups: the number of their table, their key, their words."""
    tables = [Synonym.objects.annotate(names=Value("")), *(table for source in sources for table in source())]
    columns = ("table", "pk", "words", "words_es", "names")
    selects = [
        table.order_by().annotate(table=Value(number)).values_list(*columns)
        for number, table in enumerate(tables, start=EDITORS)
    ]
    rows = selects[0].union(*selects[1:], all=True) if selects[1:] else selects[0]
    return rows.query.sql_with_params()


def group_of(english, spanish, names=""):
    """The group of three texts that hold a phrase a line."""
    texts = {"en": english, "es": spanish, "": names}
    lines = ((line.strip(), language) for language, text in texts.items() for line in text.splitlines())
    return [Phrase(line, language) for line, language in lines if line]


def synonyms_in(typed, language, groups):
    """The `SynonymsUsed` for a list of typed words, on a page of a language."""
    text = f" {rough(' '.join(typed))} "
    found, said = [], set()
    for group in groups:
        held = [phrase for phrase in group if _is_in(phrase, text)]
        if not held:
            continue
        own = _language_of(held, language)
        typed_phrase = max((phrase.text for phrase in held), key=len)
        for wanted in _wanted(own, language):
            others = []
            for phrase in group:
                # A longer phrase that holds what was typed finds nothing more.
                is_new = not any(_is_in(one, _spaced(phrase.text)) for one in held) and _spaced(phrase.text) not in said
                if phrase.language == wanted and is_new and len(said) < MOST_OTHERS:
                    said.add(_spaced(phrase.text))
                    others.append(phrase.text)
            if others:
                found.append(SynonymsUsed(typed_phrase, tuple(others), "" if wanted == own else wanted))
    return found


def _language_of(held, language):
    """The language of the phrases that were typed, that of the page before others; None where nobody noted it."""
    languages = [phrase.language for phrase in held if phrase.language]
    return language if language in languages else next(iter(languages), None)


def _wanted(own, language):
    """The languages of what is added, that of the typed words first.

    Beside a name of which nobody knows the language only a translation helps: it may be a narrower word.
    """
    wanted = dict.fromkeys((language, settings.LANGUAGE_CODE))
    return sorted((one for one in wanted if own or one != language), key=lambda one: one != own)


def _is_in(phrase, text):
    return bool(_spaced(phrase.text).strip()) and _spaced(phrase.text) in text


@lru_cache(maxsize=4096)  # groups are read for every query and seldom change
def _spaced(text):
    return f" {rough(text)} "
