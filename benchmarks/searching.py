"""What the search takes on a large site: 100,000 abstracts, and 10,000 reports of 30 pages.

Each query is asked in turns of the search, of a plain table by `ts_rank`, and of the search with what its page shows.
"""

import os
import time
from dataclasses import dataclass
from statistics import median
from unittest.mock import patch

from django.db import connection
from django.test import Client

from coalition_site import sample_library
from coalition_site.content_loader import FOLDER
from coalition_site.sample_texts import Text, Vocabulary, read_words
from publishing.publish import publish
from publishing.revisions import Revision, add_revision
from publishing.snapshots import capture
from resources.models import Publication
from search import benchmark, registry
from search.engine import Query, planned_for_search, understand
from search.engine.ranking import statement
from search.models import Statistics

SCALE = float(os.environ.get("SCALE", "1"))  # a hundredth is enough to see that this runs
ABSTRACTS, DIFFERENT_ABSTRACTS, WORDS_OF_ABSTRACT = int(100_000 * SCALE), int(5_000 * SCALE), 160
REPORTS, PAGES_EACH = int(10_000 * SCALE), 30
SEED, QUERIES, ROUNDS = 1, 60, 40
WHAT = ("search", "reference", "page")


@dataclass(frozen=True)
class Library:
    """What was measured in one library: kind of query → what was asked of → milliseconds; the plan of one statement."""

    name: str
    seconds: float
    times: dict
    plan: list


def measure_abstracts():
    vocabulary = Vocabulary(read_words(FOLDER))
    texts = [_abstract(vocabulary, number) for number in range(1, DIFFERENT_ABSTRACTS + 1)]
    start = time.perf_counter()
    with benchmark.own_tables() as schema:
        benchmark.index_collection(texts, ABSTRACTS)
        seconds = time.perf_counter() - start
        benchmark.make_reference(schema)
        return _measured(f"{ABSTRACTS:,} abstracts", seconds, vocabulary)


def _abstract(vocabulary, number):
    text = Text(vocabulary, SEED, number)
    return {"id": number, "title": text.title(), "text": text.sentences(WORDS_OF_ABSTRACT)}


def measure_reports():
    """The same in the live tables, which are filled first."""
    start = time.perf_counter()
    for _ in sample_library.make(REPORTS, PAGES_EACH, SEED):
        pass
    seconds = time.perf_counter() - start
    with benchmark.own_schema() as schema:
        benchmark.make_reference(schema)
        name = f"{REPORTS:,} reports of {PAGES_EACH} pages"
        return _measured(name, seconds, Vocabulary(read_words(FOLDER)))


def _measured(name, seconds, vocabulary):
    times = {kind: {what: [] for what in WHAT} for kind in queries(vocabulary)}
    for kind, asked in queries(vocabulary).items():
        for _ in benchmark.answer(asked, times[kind]):
            pass
    first = queries(vocabulary)["four words"][0]["text"]
    return Library(name, seconds, times, explain(first))


def queries(vocabulary):
    """Kind → queries, as `search.benchmark` has them: words that some text has for its own, and whole sentences."""
    texts = [Text(vocabulary, SEED, number) for number in range(1, QUERIES + 1)]
    few = [text.random.sample(text.own, 4) for text in texts]
    return {
        "four words": [{"text": " ".join(words)} for words in few],
        "four words, one mistyped": [{"text": " ".join([*words[:3], _mistyped(words[3])])} for words in few],
        "a sentence of twenty": [{"text": text.sentences(20)} for text in texts],
    }


def _mistyped(word):
    """Two letters in the wrong order."""
    return word[:1] + word[2:3] + word[1:2] + word[3:]


def explain(text):
    """What Postgres does for the statement that ranks, once all is in memory."""
    query = Query(text, size=benchmark.RANKED)
    with planned_for_search(), connection.cursor() as cursor:
        plan, _ = understand(query)
        sql, parameters = statement(plan, query, Statistics.objects.get())
        for _ in range(2):
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) {sql}", parameters)
            lines = [line for (line,) in cursor.fetchall()]
    return lines


def write_cost():
    """Milliseconds that publishing a work takes with the search and without it, medians of many turns."""
    work, taken = Publication.create_stub(), {True: [], False: []}
    for number in range(2 * ROUNDS):
        with_search = bool(number % 2)
        revision = _revision(work, f"Measured {number} times")
        with patch.dict(registry._document_functions, clear=not with_search):
            start = time.perf_counter()
            publish(revision)
            taken[with_search].append((time.perf_counter() - start) * 1000)
    return median(taken[True]), median(taken[False])


def _revision(work, title):
    data = capture(work)
    data["item"] |= {"title": title, "slug": f"measured-{work.pk}", "summary": "A made-up work.", "issued_year": 2000}
    return add_revision(Publication, work.pk, data, base=Revision.objects.of(work).newest())


def is_found_at_once():
    """Whether the request after a publish finds the new words, and after the next publish no longer."""
    work, client = Publication.create_stub(), Client(SERVER_NAME="localhost")
    address = f"/resources/publications/measured-{work.pk}/"
    found = []
    for title in ("Zzymurgical measures", "Other measures"):
        publish(_revision(Publication.objects.get(pk=work.pk), title))
        found.append(address in client.get("/search/?q=zzymurgical").content.decode())
    return found == [True, False]
