"""The one statement that ranks: BM25 computed by Postgres from the tsvectors, without a table of postings.

    score = Σ idf · x / (x + k)  +  bonus · Σ idf, where title and authors hold every word

`x` is how often a word stands in the text, those of title and authors counted three times, recovered from `ts_rank`:
for one lexeme it is r = (1 + 1/4 + … + 1/n²) / (π²/6), so that n ≈ 0.6079 · r / (1 - r), with an error under 6 %. The
factor is moved into `k`, which grows with the length of the text. (Robertson and Zaragoza, “The Probabilistic
Relevance Framework: BM25 and Beyond”, 2009.)

Items are ranked with their best page folded in: the better of both scores counts. (Adding a share of the other one
lifts whatever has pages above better texts: with half of a judged collection cut into pages, nDCG fell from 0.336 to
0.331 for a quarter and to 0.288 for the sum.) Of the phrases that are searched for beside what was typed the best one
counts half of what its words would, where all of them stand in the text. On pages in another language than the site's
own, what is written in that language counts more, and nearly as much more what has all words in its title. Only what is
exactly as relevant is ordered by time, the newest first.

A year is a word of the items of that year, worth as little as one that stands once in a text. But where nothing else
was typed, or title and authors hold all the other words (“Blank 2010”), it cites an item, which stands before the rest.

Where even the rarest word stands on very many pages, they have no part in the order: only those of the items that are
shown are scored. So it is in the other orders, in which the first rows come from an index, and how far one can page is
bounded.
"""

from django.db import connection

from search.engine import scores
from search.engine.answers import Hit, PageHit, Sort
from search.engine.candidates import candidate_items, candidate_pages, pages_with_any

PAGES_SHOWN = 3
MOST_REACHED = 5_000  # items in another order than by relevance: those before them are read to be skipped

# `own || ''` is unpacked once, and not by each function that reads it.
BY_RELEVANCE = """
WITH best_page AS ({best_pages}),
top AS (
    SELECT id, score, pages, is_named, count(*) OVER () AS reachable,
           row_number() OVER (ORDER BY is_named DESC, is_cited DESC, score DESC, published_at DESC, id DESC) AS place
    FROM (
        SELECT candidate.*, {is_cited} AS is_cited, {preference} * greatest({item_score}, best) AS score, pages
        FROM (
            SELECT *, {item_k} AS k
            FROM (SELECT *, own || '' AS words FROM ({candidates}) AS chosen OFFSET 0) AS unpacked
        ) AS candidate
        LEFT JOIN best_page USING (id)
    ) AS scored
    ORDER BY place LIMIT %s OFFSET %s
),
page_of_top AS ({pages_of_top})
SELECT search_item.id, owner_label, owner_key, kind, search_item.language, title, address, search_item.year, score,
       is_named, reachable, {pages_shown}
FROM top JOIN search_item USING (id) LEFT JOIN page_of_top USING (id) ORDER BY place
"""
IN_ORDER = """
WITH top AS (SELECT top.*, NULL::bigint[] AS pages FROM ({items}) AS top ORDER BY {order} LIMIT %s OFFSET %s),
page_of_top AS ({pages_of_top})
SELECT search_item.id, owner_label, owner_key, kind, search_item.language, title, address, search_item.year, 0,
       is_named, 0, {pages_shown}
FROM top JOIN search_item USING (id) LEFT JOIN page_of_top USING (id) ORDER BY {order}
"""
SHOWN_PAGES = """(
    SELECT json_agg(
        json_build_array(page.id, number, file.address, label, language) ORDER BY array_position(shown, page.id)
    )
    FROM coalesce(top.pages, page_of_top.pages) AS shown, search_pagetext AS page JOIN search_file AS file
    ON file.id = file_id WHERE page.id = ANY(shown)
)"""
PAGES_OF_TOP = "SELECT * FROM ({pages}) AS holding WHERE item_id IN (SELECT id FROM top)"
BEST_PAGES = """
SELECT item_id AS id, max(score) AS best, (array_agg(page ORDER BY score DESC, number, page))[1:{shown}] AS pages
FROM (
    SELECT item_id, id AS page, number, {page_score} AS score
    FROM (
        SELECT *, {page_k} AS k FROM (SELECT *, own || '' AS words FROM ({pages}) AS chosen OFFSET 0) AS unpacked
    ) AS candidate
) AS scored
GROUP BY item_id
"""
NO_PAGES = "SELECT NULL::bigint AS id, 0 AS best, NULL::bigint[] AS pages WHERE false"
ORDERS = {
    Sort.NEWEST: "top.dated_on DESC NULLS LAST, top.published_at DESC, top.id DESC",
    Sort.PUBLISHED: "top.published_at DESC, top.id DESC",
    Sort.TITLE: "top.sort_title, top.id",
}


def ranked(plan, query, statistics):
    """The hits of the page that is asked for, without snippets, and how many hits were scored: 0 in other orders."""
    if query.sort != Sort.RELEVANCE and (query.page - 1) * query.size >= MOST_REACHED:
        return [], 0
    sql, parameters = statement(plan, query, statistics)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        rows = cursor.fetchall()
    return [_hit(row) for row in rows], rows[0][-2] if rows else 0


def statement(plan, query, statistics):
    """The SQL that ranks, and its parameters."""
    place = [query.size, (query.page - 1) * query.size]
    candidates, candidate_parameters = candidate_items(plan, query)
    holds_pages = bool(plan.wishes and statistics.pages)
    if query.sort != Sort.RELEVANCE:
        pages, page_parameters = _pages_of_top(plan, statistics) if holds_pages else (NO_PAGES, [])
        order = ORDERS[query.sort]
        sql = IN_ORDER.format(items=candidates, order=order, pages_of_top=pages, pages_shown=SHOWN_PAGES)
        return sql, [*candidate_parameters, *place, *page_parameters]
    best = of_top = NO_PAGES, []
    pages = candidate_pages(plan) if holds_pages else None
    if pages is not None:
        best = _best_pages(plan, statistics, *pages.query.sql_with_params())
    elif holds_pages:
        of_top = _pages_of_top(plan, statistics)
    score, score_parameters = scores.item_score(plan, statistics)
    preference, preference_parameters = scores.preference(plan, query.language)
    is_cited, cited_parameters = scores.is_cited(plan)
    sql = BY_RELEVANCE.format(
        best_pages=best[0],
        is_cited=is_cited,
        preference=preference,
        item_score=score,
        item_k=scores.k(statistics.item_length),
        candidates=candidates,
        pages_of_top=of_top[0],
        pages_shown=SHOWN_PAGES,
    )
    of_scores = [*cited_parameters, *preference_parameters, *score_parameters]
    return sql, [*best[1], *of_scores, *candidate_parameters, *place, *of_top[1]]


def _best_pages(plan, statistics, pages, parameters):
    """SQL and parameters of the best pages of each item, of those in `pages`."""
    score, score_parameters = scores.page_score(plan, statistics)
    sql = BEST_PAGES.format(page_score=score, page_k=scores.k(statistics.page_length), pages=pages, shown=PAGES_SHOWN)
    return sql, [*score_parameters, *parameters]


def _pages_of_top(plan, statistics):
    pages, parameters = pages_with_any(plan).query.sql_with_params()
    return _best_pages(plan, statistics, PAGES_OF_TOP.format(pages=pages), parameters)


def _hit(row):
    pk, label, key, kind, language, title, address, year, score, is_named, _reachable, pages = row
    pages = [PageHit(*page) for page in pages or []]
    return Hit(pk, (label, key), kind, language, title, address, year, float(score), is_named, pages=pages)
