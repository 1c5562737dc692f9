"""Which rows are scored: not all that match, but those that hold the rarest words, where there are very many.

With a cap of 3,000 the best ten of 100,000 abstracts were the very ones that scoring every match gives. Where even the
rarest word stands in more, those with it in the title or of the typed year are scored, and then the newest.
"""

from django.contrib.postgres.search import SearchVector
from django.db.models import BooleanField, ExpressionWrapper, Q, Value

from search.engine.answers import Sort
from search.engine.expressions import Matches, all_of, any_of, quoted
from search.engine.filters import filter_conditions
from search.models import Item, PageText

MOST_ITEMS = 3_000
MOST_PAGE_TEXTS = 1_000
ENOUGH = 100  # with fewer, rows that hold two of the more common words are scored too

CHOSEN = "SELECT items.* FROM ({items}) AS items JOIN ({keys}) AS chosen USING (id)"
# Filters may leave so little that every match is scored.
ALL_OR_RAREST = """
    WITH matching AS MATERIALIZED ({matching})
    SELECT id FROM matching WHERE (SELECT count(*) FROM matching) <= {most}
    UNION ALL SELECT id FROM ({rarest}) AS rarest WHERE (SELECT count(*) FROM matching) > {most}
"""


def candidate_items(plan, query):
    """SQL and parameters of the public items that are scored, with the columns that ranking needs."""
    filters = list(filter_conditions(query).values())
    matching = plan.matching().filter(*filters)
    if query.sort != Sort.RELEVANCE or sum(wish.items for wish in plan.wishes) <= MOST_ITEMS:
        return _rows(matching, plan)
    # Whoever holds the rarest words is found: to ask for that too, each row would be looked at anew.
    narrowed = matching if query.all_words else Item.objects.public().filter(*filters, *plan.conditions)
    keys, parameters = _rarest_items(narrowed, plan)
    if filters or plan.conditions:
        all_keys, all_parameters = matching.values("id").query.sql_with_params()
        keys = ALL_OR_RAREST.format(matching=all_keys, rarest=keys, most=MOST_ITEMS)
        parameters = [*all_parameters, *parameters]
    items, item_parameters = _rows(Item.objects.all(), plan)
    return CHOSEN.format(items=items, keys=keys), [*item_parameters, *parameters]


def _rarest_items(items, plan):
    """SQL and parameters of the keys of those items that are named or hold the rarest words."""
    rare, common = rarest(plan.wishes, "items", MOST_ITEMS)
    conditions = plan.named()
    if rare:
        conditions |= Q(Matches("everything", rare))
    found = [items.filter(conditions).values("id")] if conditions else []
    if common:
        with_common = items.filter(Matches("everything", common)).annotate(in_title=_in_title(plan))
        found.append(with_common.order_by("-in_title", "-published_at", "-id").values("id")[:MOST_ITEMS])
    return found[0].union(*found[1:]).query.sql_with_params()


def _in_title(plan):
    """Whether a title holds a word that begins as one of the wishes, asked of the index once, or a year was typed of
    which the item is.
    """
    stems = {lexeme for wish in plan.terms for lexeme in wish.lexemes}
    # The stem of “community” is “communiti”.
    beginnings = any_of(f"{quoted(stem.removesuffix('i'))}:*" for stem in sorted(stems)) if stems else ""
    with_word = Item.objects.filter(Matches(SearchVector("title_words", config="simple"), beginnings))
    of_the_year = Q(year__in=plan.years, year__isnull=False)  # NULL would come before those in the title
    return ExpressionWrapper(Q(pk__in=with_word.values("pk")) | of_the_year, BooleanField())


def _rows(items, plan):
    items = items.annotate(is_named=ExpressionWrapper(plan.named() or Value(False), BooleanField()))
    columns = ("id", "own", "language", "published_at", "dated_on", "year", "sort_title", "is_named")
    return items.values(*columns).query.sql_with_params()


def candidate_pages(plan):
    """Rows of pages; whether their items are public and pass the filters is for the statement that joins them.

    None where even the rarest words stand on too many: then pages have no part in the order. A common word alone, which
    may stand on all, brings no page in.
    """
    rare, common = rarest(plan.wishes, "pages", MOST_PAGE_TEXTS)
    if rare is None:
        return None
    if common in [wish.tsquery for wish in plan.wishes]:
        common = None
    return _pages(plan, any_of(filter(None, (rare, common))))


def pages_with_any(plan):
    """Rows of all pages with any of the words."""
    return _pages(plan, any_of(wish.tsquery for wish in plan.wishes))


def _pages(plan, tsquery):
    pages = PageText.objects.filter(Matches("own", tsquery), *plan.page_conditions)
    return pages.values("id", "item_id", "number", "own")


def rarest(wishes, count, most):
    """Two tsqueries, or None in their place: for rows that hold any of the rarest words, up to about `most` rows by the
    counts of `count`; where they are too few, for rows with two of the more common words, of which there may be many.
    """
    wishes = sorted(wishes, key=lambda wish: getattr(wish, count))
    chosen, number = [], 0
    while len(chosen) < len(wishes) and number + getattr(wishes[len(chosen)], count) <= most:
        number += getattr(wishes[len(chosen)], count)
        chosen.append(wishes[len(chosen)])
    rare = any_of(wish.tsquery for wish in chosen) if chosen else None
    too_common = [wish.tsquery for wish in wishes[len(chosen):]]  # fmt: skip
    if not too_common or number >= ENOUGH:
        return rare, None
    first, others = too_common[0], too_common[1:]
    return rare, all_of([first, any_of(others)]) if others else first
