"""What there is to read in one language: for pages that are not translated into it."""

from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from publishing.languages import path_in
from publishing.remembered import remembered
from search.models import Item
from search.registry import registered_models

MOST = 12  # texts of one kind that are named; the search shows all


@dataclass(frozen=True)
class Written:
    """The texts of one kind in one language: `kind` as addresses name it, its `label` for readers, how many there are,
    and the newest of them as pairs of title and address.
    """

    language: str
    kind: str
    label: str
    number: int
    texts: list


@remembered
def written_in(language):
    """A `Written` for each kind of content of which something is public in a language; one statement."""
    of_kind = {"partition_by": [F("kind")]}
    rows = (
        Item.objects.public()
        .filter(facets__contains=[f"language:{language}"], language=language)
        .annotate(
            number=Window(Count("pk"), **of_kind),
            place=Window(RowNumber(), order_by=["-published_at", "pk"], **of_kind),
        )
        .filter(place__lte=MOST)
        .order_by("place")
        .values_list("kind", "number", "title", "address")
    )
    found = {}
    for kind, number, title, address in rows:
        found.setdefault(kind, (number, []))[1].append((title, path_in(language, address)))
    names = {model._meta.model_name: model._meta.verbose_name_plural for model in registered_models()}
    return [Written(language, kind, str(names[kind]), *found[kind]) for kind in names if kind in found]
