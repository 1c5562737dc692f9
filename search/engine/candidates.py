"""Which rows are scored: not all that match, but those that hold the rarest words, where there are very many.

With a cap of 3,000 the best ten of 100,000 abstracts were the very ones that scoring every match gives.
"""

from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from search.engine.answers import Sort
from search.engine.expressions import Matches, all_of, any_of
from search.engine.filters import filter_conditions
from search.models import Item, PageText

MOST_ITEMS = 3_000
MOST_PAGES = 1_000
ENOUGH = 100  # with fewer, rows that hold two of the more common words are scored too

# Filters may leave so little that every match is scored.
ALL_OR_RAREST = """
    SELECT items.* FROM ({items}) AS items JOIN (
        WITH matching AS MATERIALIZED ({matching})
        SELECT id FROM matching WHERE (SELECT count(*) FROM matching) <= {most}
        UNION ALL SELECT id FROM ({rarest}) AS rarest WHERE (SELECT count(*) FROM matching) > {most}
    ) AS chosen USING (id)
"""


def candidate_items(plan, query):
    """SQL and parameters of the public items that are scored, with the columns that ranking needs."""
    filters = list(filter_conditions(query).values())
    matching = plan.matching().filter(*filters)
    if query.sort != Sort.RELEVANCE or sum(wish.items for wish in plan.wishes) <= MOST_ITEMS:
        return _rows(matching, plan)
    is_candidate = Q(Matches("everything", rarest(plan.wishes, "items", MOST_ITEMS))) | plan.named()
    if not (filters or plan.conditions):
        return _rows(Item.objects.public().filter(is_candidate), plan)
    holding_rarest = matching.filter(is_candidate)
    items, parameters = _rows(Item.objects.all(), plan)
    all_sql, all_parameters = matching.values("id").query.sql_with_params()
    rarest_sql, rarest_parameters = holding_rarest.values("id").query.sql_with_params()
    sql = ALL_OR_RAREST.format(items=items, matching=all_sql, rarest=rarest_sql, most=MOST_ITEMS)
    return sql, [*parameters, *all_parameters, *rarest_parameters]


def _rows(items, plan):
    items = items.annotate(is_named=ExpressionWrapper(plan.named() or Value(False), BooleanField()))
    return items.values("id", "own", "published_at", "dated_on", "sort_title", "is_named").query.sql_with_params()


def candidate_pages(plan):
    """Rows of pages; whether their items are public and pass the filters is for the statement that joins them."""
    pages = PageText.objects.filter(Matches("own", rarest(plan.wishes, "pages", MOST_PAGES)), *plan.page_conditions)
    return pages.values("id", "item_id", "number", "own")


def rarest(wishes, count, most):
    """The tsquery for rows that hold any of the rarest words, up to about `most` rows by the counts of `count`."""
    wishes = sorted(wishes, key=lambda wish: getattr(wish, count))
    chosen, number = [], 0
    while len(chosen) < len(wishes) and number + getattr(wishes[len(chosen)], count) <= most:
        number += getattr(wishes[len(chosen)], count)
        chosen.append(wishes[len(chosen)])
    queries = [wish.tsquery for wish in chosen]
    too_common = [wish.tsquery for wish in wishes[len(chosen):]]  # fmt: skip
    if too_common and number < ENOUGH:
        first, others = too_common[0], too_common[1:]
        queries.append(all_of([first, any_of(others)]) if others else first)
    return any_of(queries)
