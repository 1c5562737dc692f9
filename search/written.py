"""What there is to read in one language: for pages that are not translated into it."""

from dataclasses import dataclass

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import override

from publishing.languages import path_in
from publishing.remembered import remembered
from search.models import Item
from search.registry import registered_models

MOST = 12  # texts of one kind that are named; the search shows all


@dataclass(frozen=True)
class Written:
    """The texts of one kind in one language: `kind` as addresses name it, its `label` for readers, how many there are,
    and the newest of them as pairs of title and address; the address of the page with them all, where there is one.
    """

    language: str
    kind: str
    label: str
    number: int
    texts: list
    list_address: str


@remembered
def written_in(language):
    """A `Written` for each kind of content of which something is public in a language: one statement, and one more for
    a kind that has a list, in whose order its texts stand.
    """
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
        .values_list("kind", "number", "owner_key", "title", "address")
    )
    numbers, texts = {}, {}
    for kind, number, key, title, address in rows:
        numbers[kind] = number
        texts.setdefault(kind, {})[key] = (title, path_in(language, address))
    return [
        _of_kind(model, language, numbers[model._meta.model_name], texts[model._meta.model_name])
        for model in registered_models()
        if model._meta.model_name in texts
    ]


def _of_kind(model, language, number, texts):
    """`texts`: key of an item → its title and address, the newest first."""
    list_address = ""
    if model.list_view:
        with override(language):
            list_address = reverse(model.list_view)
        ordered = map(str, model.objects.filter(pk__in=texts).in_order().values_list("pk", flat=True))
        texts = {key: texts[key] for key in ordered}
    names = model._meta
    return Written(
        language, names.model_name, str(names.verbose_name_plural), number, list(texts.values()), list_address
    )
