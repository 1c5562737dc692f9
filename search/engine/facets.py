"""How many items were found, how many hold all words, and how many each choice of a reader would leave."""

from collections import defaultdict

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from publishing.remembered import remembered
from search.engine.answers import FacetCount, Query
from search.engine.filters import conditions_of_page, filter_conditions
from search.engine.plan import Plan
from search.models import Item

# Items of the very same facets are counted together first, which spares taking apart the values of each.
STATEMENT = """
WITH matching AS MATERIALIZED (
    SELECT facets, count(*) AS items, count(*) FILTER (WHERE {holds_all}) AS items_with_all
    FROM ({items}) AS found GROUP BY facets
)
SELECT '', coalesce(sum(items), 0)::int, coalesce(sum(items_with_all), 0)::int FROM matching
UNION ALL
(SELECT unnest(facets) AS facet, sum(items)::int, 0 FROM matching GROUP BY facet ORDER BY 2 DESC, 1)
"""
# Where a reader has chosen conditions: a row says which facets it fails. It counts for a value when it fails no other
# facet than that value's own.
STATEMENT_WITH_CONDITIONS = """
WITH matching AS MATERIALIZED (
    SELECT facets, failed, count(*) AS items, count(*) FILTER (WHERE holds_all) AS items_with_all
    FROM (
        SELECT facets, {holds_all} AS holds_all, array_remove(ARRAY[{failed}]::text[], NULL) AS failed
        FROM ({items}) AS found
    ) AS judged
    GROUP BY facets, failed
)
SELECT '', coalesce(sum(items), 0)::int, coalesce(sum(items_with_all), 0)::int FROM matching WHERE failed = '{{}}'
UNION ALL
SELECT '-' || failed[1], sum(items)::int, 0 FROM matching WHERE cardinality(failed) = 1 GROUP BY 1
UNION ALL
(SELECT facet, sum(items)::int, 0 FROM (SELECT unnest(facets) AS facet, failed, items FROM matching) AS taken_apart
 WHERE failed <@ ARRAY[split_part(facet, ':', 1)] GROUP BY facet ORDER BY 2 DESC, 1)
"""


def count_facets(answer, plan, query):
    """Fill in how many an `Answer` has, its facets, and what each condition alone keeps away, in one statement.

    Without words every item is looked at for it, and it is counted once a content version.
    """
    if query.text.strip():
        counted = _counts(plan, query)
    else:
        counted = _counts_without_words(_key(query.within), _key(query.filters), query.year_from, query.year_to)
    (_, answer.total, answer.total_with_all_words), *rows = counted
    facets = defaultdict(list)
    for facet, count, _ in rows:
        name, _, value = facet.partition(":")
        if value:
            facets[name].append(FacetCount(value, count))
        else:
            answer.kept_away[name.removeprefix("-")] = count
    answer.facets = dict(facets)


def _key(values):
    """Values by name as pairs that can be told apart from others, whatever their order."""
    return tuple(sorted((name, tuple(sorted(its_values))) for name, its_values in values.items()))


@remembered(most=100)
def _counts_without_words(within, filters, year_from, year_to):
    """The same rows for all items that a page and a reader leave, by what they chose."""
    query = Query(filters=dict(filters), year_from=year_from, year_to=year_to)
    return _counts(Plan(found=Q(), all_words=Q(), conditions=conditions_of_page(dict(within))), query)


def _counts(plan, query):
    """Triples: a facet with its value and how many items have it; "" and how many there are, and with all words; the
    name of a condition after a hyphen, and how many it alone keeps away.
    """
    with connection.cursor() as cursor:
        cursor.execute(*_statement(plan, query))
        return cursor.fetchall()


def _statement(plan, query):
    passes = {
        f"passes_{number}": (name, ExpressionWrapper(condition, BooleanField()))
        for number, (name, condition) in enumerate(filter_conditions(query).items())
    }
    items = plan.matching().annotate(**{alias: condition for alias, (_, condition) in passes.items()})
    sql, parameters = items.values("id", "facets", *passes).query.sql_with_params()
    holds_all, all_parameters = _holds_all(plan)
    statement = STATEMENT_WITH_CONDITIONS if passes else STATEMENT
    failed = ", ".join(f"CASE WHEN {alias} THEN NULL ELSE %s END" for alias in passes)
    names = [name for name, _ in passes.values()]
    return statement.format(items=sql, holds_all=holds_all, failed=failed), [*all_parameters, *names, *parameters]


def _holds_all(plan):
    """SQL and parameters of whether a row that matches holds all words."""
    if plan.all_words is None:
        return "false", ()
    if not plan.all_words:
        return "true", ()
    # Asked of the index once, and not of every row that matches.
    sql, parameters = Item.objects.filter(plan.all_words).values("id").query.sql_with_params()
    return f"id IN ({sql})", parameters
