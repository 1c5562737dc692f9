"""How many items were found, how many hold all words, and how many each choice of a reader would leave."""

from collections import defaultdict

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper

from search.engine.answers import FacetCount
from search.engine.filters import filter_conditions

# Items of the very same facets are counted together first, which spares taking apart the values of each.
# A row says which facets it fails. It counts for a value when it fails no other facet than that value's own.
STATEMENT = """
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
    """Fill in how many an `Answer` has, its facets, and what each condition alone keeps away, in one statement."""
    sql, parameters = _statement(plan, query)
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        (_, answer.total, answer.total_with_all_words), *rows = cursor.fetchall()
    facets = defaultdict(list)
    for facet, count, _ in rows:
        name, _, value = facet.partition(":")
        if value:
            facets[name].append(FacetCount(value, count))
        else:
            answer.kept_away[name.removeprefix("-")] = count
    answer.facets = dict(facets)


def _statement(plan, query):
    passes = {
        f"passes_{number}": (name, ExpressionWrapper(condition, BooleanField()))
        for number, (name, condition) in enumerate(filter_conditions(query).items())
    }
    items = plan.matching().annotate(**{alias: condition for alias, (_, condition) in passes.items()})
    sql, parameters = items.values("id", "facets", *passes).query.sql_with_params()
    holds_all, all_parameters = "false", ()
    if plan.all_words is not None:
        # Asked of the index once, and not of every row that matches.
        holding_all = plan.matching().filter(plan.all_words).values("id")
        holding_all_sql, all_parameters = holding_all.query.sql_with_params()
        holds_all = f"id IN ({holding_all_sql})"
    failed = ", ".join(f"CASE WHEN {alias} THEN NULL ELSE %s END" for alias in passes)
    names = [name for name, _ in passes.values()]
    return STATEMENT.format(items=sql, holds_all=holds_all, failed=failed), [*all_parameters, *names, *parameters]
