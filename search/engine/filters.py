"""The conditions beside the words: values of facets and years that a reader chooses, and what the page itself sets."""

from django.db.models import Q

YEARS = "year"


def filter_conditions(query):
    """Name of a facet → the condition that its chosen values set; years under "year"."""
    conditions = {name: _has_any(name, values) for name, values in query.filters.items() if values}
    years = Q()
    if query.year_from is not None:
        years &= Q(year__gte=query.year_from)
    if query.year_to is not None:
        years &= Q(year__lte=query.year_to)
    return conditions | ({YEARS: years} if years else {})


def conditions_of_page(within):
    """The conditions of `Query.within`, as a list."""
    return [_has_any(name, values) for name, values in within.items()]


def _has_any(name, values):
    return Q(facets__overlap=[f"{name}:{value}" for value in values])
