"""The search: `search(Query(text="attendance", …))` gives an `Answer`. It knows no content, only the index."""

import unicodedata
from contextlib import contextmanager

from django.db import OperationalError, connection, transaction
from psycopg2.errors import QueryCanceled

from publishing.remembered import remembered
from search.engine import ranking
from search.engine.answers import Answer, Correction, Offer, Query, Sort
from search.engine.by_meaning import ranked_by_meaning
from search.engine.facets import count_facets
from search.engine.filters import conditions_of_page
from search.engine.lexemes import look_up
from search.engine.parsing import LONGEST_TEXT, parse, with_words
from search.engine.plan import make_plan, only_held
from search.engine.snippets import add_snippets
from search.engine.spelling import correct
from search.engine.synonyms import groups_in_use, synonyms_in
from search.languages import words
from search.models import Statistics
from search.registry import identifiers_in

__all__ = ["Answer", "Query", "Sort", "TooMuch", "search"]

PLANNER = """
    SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true),
           set_config('max_parallel_workers_per_gather', '0', true), set_config('work_mem', '64MB', true),
           set_config('statement_timeout', %s, true)
"""
SECONDS = 5  # for each statement: nginx waits fifteen for the whole answer


class TooMuch(Exception):
    """A search that was given up: it would keep the database busy for minutes."""


def search(query, synonyms=None):
    """Answer a `Query`. Any text is answered; NUL and what stands beyond some thousand characters are left out.

    `synonyms` are the groups to use in the place of those that are kept: what a change of them would do.
    """
    with planned_for_search():
        plan, answer = understand(query, synonyms)
        if plan.found is None:
            return answer
        statistics = _statistics()
        answer.hits, scored = ranked_by_meaning(plan, query, statistics, answer.text)
        if query.with_facets:
            count_facets(answer, plan, query)
        answer.reachable = scored if query.sort == Sort.RELEVANCE else min(answer.total, ranking.MOST_REACHED)
        if query.with_snippets and answer.hits:
            answer.hits = add_snippets(answer.hits, plan)
    return answer


@remembered  # a count that is a little older ranks as well
def _statistics():
    return Statistics.objects.first() or Statistics()


@contextmanager
def planned_for_search(seconds=None):
    """Postgres plans the statements inside for what they are.

    It does not know how long a long row takes to unpack, and would read the whole table where many rows match; and
    compiling a statement, or starting helpers for it, takes longer than ours run. What is counted over very many
    matches would go to the disk, which takes three times as long: the memory is used only then. A phrase of words that
    nearly every text holds would be looked for in each of a million pages: after some seconds of one statement it is
    given up, and TooMuch raised.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(PLANNER, [f"{(seconds or SECONDS) * 1000:.0f}ms"])
            yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooMuch from error
        raise


def understand(query, synonyms=None):
    """The plan for a query, and the `Answer` so far: what was corrected, what is offered, and which synonyms are
    searched for too.
    """
    answer = Answer(text=unicodedata.normalize("NFC", query.text[:LONGEST_TEXT].replace("\0", " ")))
    identifiers = identifiers_in(answer.text)
    groups = (groups_in_use() if synonyms is None else synonyms) if query.corrects else []
    parsed, lexicon = _read(answer, query.language, groups)
    unknown = lexicon.unknown(parsed.asked_words()) if query.corrects and not identifiers else []
    corrections, offers = correct(unknown, query.language)
    if corrections:
        answer.corrections = [Correction(*pair) for pair in corrections.items()]
        answer.text = with_words(answer.text, corrections)
        parsed, lexicon = _read(answer, query.language, groups)
    if offers:
        answer.offers = [Offer(*pair) for pair in offers.items()]
        answer.offered_text = with_words(answer.text, offers)
    plan = make_plan(parsed, lexicon, answer.synonyms, identifiers)
    plan.conditions += conditions_of_page(query.within)
    if query.all_words and plan.found is not None:
        plan.found = None if plan.all_words is None else plan.found & plan.all_words
    return plan, answer


def _read(answer, language, groups):
    """What the text of an answer says, with what the index knows of its words; notes the synonyms."""
    parsed = parse(answer.text)
    answer.synonyms = synonyms_in(parsed.wished_words(), language, groups)
    of_synonyms = [word for used in answer.synonyms for phrase in used.others for word in words(phrase)]
    lexicon = look_up(parsed.words(), [*of_synonyms, *parsed.joined], language)
    answer.synonyms = list(only_held(answer.synonyms, lexicon))
    return parsed, lexicon
