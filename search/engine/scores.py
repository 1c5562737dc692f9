"""The arithmetic of `search.engine.ranking` as SQL, over rows with the columns `words` (a tsvector) and `k`."""

import math
from itertools import groupby
from operator import attrgetter

from django.conf import settings

from search.engine.expressions import all_of, any_of, quoted
from search.languages import base

TF_FACTOR = 6 / math.pi**2
K1, B = 1.2, 0.6
MOST_TERMS = 64  # the rarest are scored; more common ones hardly change the order
HEADING_BONUS = 0.2
SYNONYM_SHARE = 0.5  # of what the typed words are worth
# On a page in another language than the site's own: for what is written in that language, and for other titles and
# authors that hold every word. With 1.25 the Spanish answer to “financiamiento” stays behind an English one, with 2
# texts that only mention the words come first.
OWN_LANGUAGE, WHOLE_HEADING = 1.5, 1.45

# Weights of ts_rank in the order D, C, B, A: all words alike, or those of title and authors only.
ALL_ALIKE, HEADINGS = "'{1,1,1,1}'", "'{0,0,1,1}'"
ONCE = "1 / (1 - ts_rank({weights}, words, %s::tsquery))"
ITEM_FREQUENCY = f"{ONCE.format(weights=ALL_ALIKE)} + 2 * {ONCE.format(weights=HEADINGS)} - 3"
PAGE_FREQUENCY = f"{ONCE.format(weights=ALL_ALIKE)} - 1"


def k(average_length):
    """BM25's k for one row: it grows with the number of its different words."""
    factor = K1 / TF_FACTOR
    return f"{factor * (1 - B):.6f} + {factor * B / max(average_length, 1):.9f} * length(words)"


def preference(plan, language):
    """SQL and parameters of the factor by which readers of another language than the site's own prefer an item.

    The SQL reads `language` and `words` of the item's row (search/engine/ranking.py).
    """
    if base(language) == settings.LANGUAGE_CODE:
        return "1", []
    cases, parameters = f"WHEN language = %s THEN {OWN_LANGUAGE}", [base(language)]
    if terms := plan.terms[:MOST_TERMS]:
        cases += f" WHEN words @@ %s::tsquery THEN {WHOLE_HEADING}"
        parameters.append(_all_in_heading(terms))
    return f"CASE {cases} ELSE 1 END", parameters


def is_cited(plan):
    """SQL and parameters of whether an item is of a year that was typed, and title and authors hold every other word.

    The SQL reads `year` and `words` of the item's row.
    """
    if not plan.years:
        return "false", []
    others = [term for term in plan.terms if not term.year][:MOST_TERMS]
    if not others:
        return "coalesce(year = ANY(%s), false)", [plan.years]
    return "coalesce(year = ANY(%s) AND words @@ %s::tsquery, false)", [plan.years, _all_in_heading(others)]


def item_score(plan, statistics):
    """SQL and parameters of an item's own score."""
    return _score(plan, statistics.items, "items", ITEM_FREQUENCY)


def page_score(plan, statistics):
    """SQL and parameters of the score of one page of a file."""
    return _score(plan, statistics.pages, "pages", PAGE_FREQUENCY)


def _score(plan, number, count, frequency):
    parts = [_of_all(_weighed(plan.terms, number, count), frequency)]
    typed = {lexeme for term in plan.terms for lexeme in term.lexemes}
    for _, phrases in groupby(plan.synonyms, key=attrgetter("typed")):
        parts.append(_best_of([_of_phrase(phrase, typed, number, count, frequency) for phrase in phrases]))
    parts = [(sql, parameters) for sql, parameters in parts if sql]
    return " + ".join(sql for sql, _ in parts) or "0", [one for _, parameters in parts for one in parameters]


def _of_all(weighed, frequency):
    """What words are worth that stand in a text, and more where all of them stand in its title or authors."""
    parts, parameters = [], []
    for term, idf in weighed:
        stems = ", ".join([frequency] * len(term.lexemes))
        times = stems if len(term.lexemes) == 1 else f"greatest({stems})"
        parts.append(f"{idf:.6f} * (1 - k / (k + {times}))")
        parameters += [quoted(lexeme) for lexeme in term.lexemes for _ in range(frequency.count("%s"))]
    if weighed and frequency == ITEM_FREQUENCY:
        total = sum(idf for _, idf in weighed)
        parts.append(f"{HEADING_BONUS * total:.6f} * (words @@ %s::tsquery)::int")
        parameters.append(_all_in_heading(term for term, _ in weighed))
    return " + ".join(parts), parameters


def _all_in_heading(terms):
    """The tsquery for title and authors that hold every one of some terms."""
    return all_of(any_of(f"{quoted(lexeme)}:AB" for lexeme in term.lexemes) for term in terms)


def _of_phrase(phrase, typed, number, count, frequency):
    """The same for a phrase that was not typed, but nothing where one of its words is missing."""
    new = [term for term in phrase.terms if not typed.issuperset(term.lexemes)]
    sql, parameters = _of_all(_weighed(new, number, count), frequency)
    if not sql:
        return "", []
    return f"CASE WHEN words @@ %s::tsquery THEN {SYNONYM_SHARE} * ({sql}) ELSE 0 END", [phrase.tsquery, *parameters]


def _best_of(parts):
    parts = [part for part in parts if part[0]]
    sql = ", ".join(sql for sql, _ in parts)
    return sql and f"greatest({sql})", [one for _, parameters in parts for one in parameters]


def _weighed(terms, number, count):
    """The terms that are scored, each with its inverse document frequency times how often it was typed."""
    rarest = sorted(terms, key=lambda term: getattr(term, count))[:MOST_TERMS]
    return [(term, term.times * _idf(getattr(term, count), number)) for term in rarest]


def _idf(held_by, number):
    number = max(number, held_by)  # counts may be a little old
    return math.log(1 + (number - held_by + 0.5) / (held_by + 0.5))
