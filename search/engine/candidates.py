"""Which rows are scored: not all that match, but those that hold the rarest words, where there are very many.

With a cap of 3,000 the best ten of 100,000 abstracts were the very ones that scoring every match gives.
"""

from django.db.models import BooleanField, ExpressionWrapper, Q, Value
from django.db.models.expressions import RawSQL

from search.engine.answers import Sort
from search.engine.expressions import Matches, all_of, any_of
from search.engine.filters import filter_conditions
from search.models import Item, PageText

MOST_ITEMS = 3_000
MOST_PAGES = 1_000
ENOUGH = 100  # with fewer, rows that hold two of the more common words are scored too

# Filters may leave so little that every match is scored.
NARROWED = """
    WITH matching AS MATERIALIZED ({matching}) SELECT id FROM matching WHERE (SELECT count(*) FROM matching) <= {most}
    UNION ALL SELECT id FROM ({rarest}) AS rarest WHERE (SELECT count(*) FROM matching) > {most}
"""


def candidate_items(plan, query):
    """Rows of public items, as `search.engine.ranking` needs them."""
    filters = list(filter_conditions(query).values())
    matching = plan.matching().filter(*filters)
    items = matching
    if plan.terms and query.sort == Sort.RELEVANCE and sum(term.items for term in plan.terms) > MOST_ITEMS:
        holds_rarest = Q(Matches("everything", rarest(plan.terms, "items", MOST_ITEMS))) | plan.others()
        items = matching.filter(holds_rarest)
        if filters or plan.conditions:
            items = Item.objects.filter(pk__in=_all_or_rarest(matching, items))
    identified = Q(identifiers__overlap=plan.identifiers) if plan.identifiers else Value(False)
    return items.annotate(is_identified=ExpressionWrapper(identified, BooleanField())).values(
        "id", "own", "published_at", "year", "title", "is_identified"
    )


def _all_or_rarest(matching, holding_rarest):
    (all_sql, all_parameters), (rarest_sql, rarest_parameters) = (
        items.values("id").query.sql_with_params() for items in (matching, holding_rarest)
    )
    sql = NARROWED.format(matching=all_sql, rarest=rarest_sql, most=MOST_ITEMS)
    return RawSQL(sql, [*all_parameters, *rarest_parameters])


def candidate_pages(plan):
    """Rows of pages; whether their items are public and pass the filters is for the statement that joins them."""
    pages = PageText.objects.filter(Matches("own", rarest(plan.terms, "pages", MOST_PAGES)), *plan.page_conditions)
    return pages.values("item_id", "number", "own")


def rarest(terms, count, most):
    """The tsquery for rows that hold any of the rarest words, up to about `most` rows by the counts of `count`."""
    terms = sorted(terms, key=lambda term: getattr(term, count))
    chosen, number = [], 0
    while len(chosen) < len(terms) and number + getattr(terms[len(chosen)], count) <= most:
        number += getattr(terms[len(chosen)], count)
        chosen.append(terms[len(chosen)])
    queries = [term.tsquery for term in chosen]
    too_common = [term.tsquery for term in terms[len(chosen):]]  # fmt: skip
    if too_common and number < ENOUGH:
        first, others = too_common[0], too_common[1:]
        queries.append(all_of([first, any_of(others)]) if others else first)
    return any_of(queries)
