"""The newest items of each kind that have a value of a facet, as pages of a role show them."""

from django.db.models import Case, F, When, Window
from django.db.models.functions import RowNumber

from search.models import Item
from search.related import Related


def newest_with(facet, value, language, each=5):
    """The newest public items with a value of a facet, by kind: {label of the model: [Related]}; one query.

    Those in the language at hand come before others; each kind has at most so many.
    """
    items = Item.objects.public().filter(facets__contains=[f"{facet}:{value}"])
    items = items.annotate(is_foreign=Case(When(language=language, then=0), default=1))
    in_order = [F("is_foreign").asc(), F("dated_on").desc(nulls_last=True), F("sort_title").asc(), F("pk").asc()]
    items = items.annotate(place=Window(RowNumber(), partition_by="owner_label", order_by=in_order))
    found = {}
    for item in items.filter(place__lte=each).order_by("owner_label", "place"):
        found.setdefault(item.owner_label, []).append(Related.of(item))
    return found
