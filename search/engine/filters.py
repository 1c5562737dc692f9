"""The conditions that a reader chooses beside the words: values of facets, and years."""

from django.db.models import Q

YEARS = "year"


def filter_conditions(query):
    """Name of a facet → the condition that its chosen values set; years under "year"."""
    conditions = {
        name: Q(facets__overlap=[f"{name}:{value}" for value in values])
        for name, values in query.filters.items()
        if values
    }
    years = Q()
    if query.year_from is not None:
        years &= Q(year__gte=query.year_from)
    if query.year_to is not None:
        years &= Q(year__lte=query.year_to)
    return conditions | ({YEARS: years} if years else {})
