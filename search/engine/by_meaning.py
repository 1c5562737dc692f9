"""Ordering anew: score / best score + cosine, for the hundred items with the best scores by words.

Measured in trials (docs/decisions/0011-search-in-postgres.md): both parts are of one size, and neither a fusion of
ranks nor the cosine alone finds a known title as well.
"""

from dataclasses import replace
from operator import mul
from statistics import fmean

from search import meaning
from search.engine.answers import Sort
from search.engine.ranking import ranked
from search.meaning.vectors import vectors_of

ORDERED = 100  # items; those behind them keep the order of their words
LONGEST_QUERY = 500  # characters


def ranked_by_meaning(plan, query, statistics, text):
    """The same as `ranking.ranked`, in the new order where the page that is asked for begins within the hundred."""
    start = (query.page - 1) * query.size
    if not _applies(plan, query) or start >= ORDERED:
        return ranked(plan, query, statistics)
    first = replace(query, page=1, size=max(ORDERED, start + query.size))
    hits, reachable = ranked(plan, first, statistics)
    hits = [*reordered(hits[:ORDERED], text), *hits[ORDERED:]]
    return hits[start : start + query.size], reachable


def _applies(plan, query):
    # A number or a year is no question of meaning.
    is_asked = plan.terms and not plan.identifiers and not plan.years and query.sort == Sort.RELEVANCE
    return meaning.is_on() and is_asked and query.language == meaning.LANGUAGE


def reordered(hits, text):
    """Hits in the order of both, each with its new score; those that are called just what was typed stay in front."""
    vectors = vectors_of([hit.id for hit in hits])
    best = max((hit.score for hit in hits), default=0)
    if not vectors or best <= 0:
        return hits
    asked = meaning.encoder().encode(text[:LONGEST_QUERY])
    nearness = {pk: sum(map(mul, vector, asked)) for pk, vector in vectors.items()}
    usual = fmean(nearness.values())  # for those that have none, so that they are neither lifted nor sunk
    for hit in hits:
        hit.score = hit.score / best + nearness.get(hit.id, usual)
    return sorted(hits, key=lambda hit: (not hit.is_named, -hit.score))
