"""Measuring the search on a collection of texts, through the product's own code, in tables of its own.

A collection is a folder with `docs.jsonl` (id, title, text) and files of queries (id, text).
"""

import json
import time
from contextlib import contextmanager
from itertools import count, islice

from django.apps import apps
from django.db import connection
from django.utils import timezone

from search import indexing, statistics
from search.documents import SearchDocument
from search.engine import Query, planned_for_search, search
from search.languages import words
from search.meaning import vectors
from search.texts import clean

BATCH = 500
RANKED = 100  # documents a query
A_PAGE = 10
OTHER_WORD_EVERY, NEW_WORD_EVERY = 11, 97  # words of a copied text
PRIMES = 7919, 104_729  # steps through the vocabulary, so that every copy differs in other places

# What it is measured beside: the plain way, in a plain table with the same words, those of pages among them.
MAKE_REFERENCE = """
    CREATE TABLE {schema}.search_reference AS SELECT id, own || coalesce((
        SELECT search_all_words(page.own) FROM search_pagetext AS page WHERE item_id = search_item.id
    ), '') AS words FROM search_item;
    CREATE INDEX ON {schema}.search_reference USING gin (words);
    VACUUM ANALYZE {schema}.search_reference
"""
REFERENCE = """
    SELECT id, ts_rank(words, asked.query)
    FROM search_reference,
         (SELECT replace(plainto_tsquery('search_english', %s)::text, '&', '|')::tsquery AS query) AS asked
    WHERE words @@ asked.query ORDER BY 2 DESC LIMIT %s
"""


@contextmanager
def own_schema():
    """Inside the block new tables go into a schema, which is given by its name and dropped afterwards."""
    schema = f"search_benchmark_{time.time_ns()}"
    with connection.cursor() as cursor:
        cursor.execute("SHOW search_path")
        path = cursor.fetchone()[0]
        cursor.execute(f"CREATE SCHEMA {schema}")
        try:
            cursor.execute(f"SET search_path TO {schema}, {path}")
            yield schema
        finally:
            cursor.execute(f"SET search_path TO {path}")
            cursor.execute(f"DROP SCHEMA {schema} CASCADE")


@contextmanager
def own_tables():
    """The same, and the tables of the search are empty ones there."""
    with own_schema() as schema, connection.cursor() as cursor:
        for table in _tables():
            # LIKE leaves out how rows are stored.
            cursor.execute("SELECT unnest(reloptions) FROM pg_class WHERE oid = %s::regclass", [table])
            parameters = cursor.fetchall()
            cursor.execute(f"CREATE TABLE {schema}.{table} (LIKE {table} INCLUDING ALL)")
            for (parameter,) in parameters:
                cursor.execute(f"ALTER TABLE {schema}.{table} SET ({parameter})")
        yield schema


def _tables():
    return [model._meta.db_table for model in apps.get_app_config("search").get_models()]


def read(file):
    """The objects of a file of JSON lines."""
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def index_collection(texts, scale=0):
    """Index texts, and where there are fewer than `scale`, varied copies of them; give their ids, in order."""
    ids = []
    documents = iter(replicated(texts, scale or len(texts)))
    while batch := list(islice(documents, BATCH)):
        indexing.index([_document(text, len(ids) + place) for place, text in enumerate(batch)])
        ids += [text["id"] for text in batch]
    statistics.refresh()
    vectors.encode_missing(most=len(texts))
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM ANALYZE {', '.join(_tables())}")
    return ids


def make_reference(schema):
    """Make the plain table in a schema."""
    with connection.cursor() as cursor:
        for statement in MAKE_REFERENCE.format(schema=schema).split(";"):
            cursor.execute(statement)


def _document(text, place):
    # Its key is its place: an id may be of any length, and stand twice.
    return SearchDocument(
        owner=("benchmark", str(place)),
        kind="text",
        language="en",
        title=text.get("title") or "",
        body=text.get("text") or "",
        address="/",
        published_at=timezone.now(),
    )


def replicated(texts, number):
    """`number` texts: all of the collection, then copies in which some words are others, and some are new."""
    vocabulary = sorted({word for text in texts for word in words(text.get("text") or "")}) or ["word"]
    for copy in count():
        for text in texts:
            if number <= 0:
                return
            number -= 1
            yield text if copy == 0 else _varied(text, copy, vocabulary)


def _varied(text, copy, vocabulary):
    varied = {"id": f"{text['id']}~{copy}"}
    for name in ("title", "text"):
        its_words = words(text.get(name) or "")
        for place in range(copy % OTHER_WORD_EVERY, len(its_words), OTHER_WORD_EVERY):
            its_words[place] = vocabulary[(place * PRIMES[0] + copy * PRIMES[1]) % len(vocabulary)]
        for place in range(copy % NEW_WORD_EVERY, len(its_words), NEW_WORD_EVERY):
            its_words[place] += chr(ord("a") + copy % 26) + chr(ord("a") + place % 26)
        varied[name] = " ".join(its_words)
    return varied


def answer(queries, times):
    """Yield each query with its hits, and note in `times` (name → milliseconds) what it took, beside the plain way."""
    for query in queries:
        with timed(times["search"]):
            hits = search(Query(query["text"], size=RANKED, with_facets=False, with_snippets=False)).hits
        with timed(times["reference"]), planned_for_search(), connection.cursor() as cursor:
            cursor.execute(REFERENCE, [clean(query["text"]), RANKED])
            cursor.fetchall()
        with timed(times["page"]):
            search(Query(query["text"], size=A_PAGE))
        yield query, hits


@contextmanager
def timed(times):
    start = time.perf_counter()
    yield
    times.append((time.perf_counter() - start) * 1000)


def percentile(times, share):
    """The time under which a share of all stay."""
    return round(sorted(times)[min(len(times) - 1, int(len(times) * share))], 2) if times else 0
