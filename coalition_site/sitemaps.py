"""The site map for search engines: one file while the site is small, else an index of parts.

https://www.sitemaps.org/protocol.html allows 50,000 addresses a file. Ours are smaller: a part is made in a second.
"""

from collections import defaultdict

from django.db.models import Q

from publishing.kinds import publishable_models

MOST = 10_000  # addresses of one file
MOST_PARTS = 50_000  # that an index may name


def whole_site():
    """The entries of the whole site, as `entries_of` gives them; None where one file would be too large. A query a
    kind.
    """
    found = [_items(model)[: MOST + 1] for model in publishable_models()]
    if sum(map(len, found)) > MOST:
        return None
    return [entry for items in found for entry in entries_of(items, items)]


def parts():
    """Pairs of the name of a kind and the number of a part, from 1 on, of all kinds; a query a kind."""
    for model in publishable_models():
        for number in range(_items(model).count() // -MOST * -1):
            yield model._meta.model_name, number + 1


def part(name, number):
    """The entries of one part; empty where there is none. Two queries."""
    model = next((one for one in publishable_models() if one._meta.model_name == name), None)
    if model is None or not 1 <= number <= MOST_PARTS:
        return []
    items = list(_items(model)[(number - 1) * MOST : number * MOST])
    translated = _items(model).filter(Q(translation_of__isnull=False) | Q(translations__isnull=False)).distinct()
    return entries_of(items, translated) if items else []


def entries_of(items, others):
    """A dict for each item: `item`, and `alternates`, its public counterparts among `others` with itself."""
    groups = defaultdict(list)
    for other in others:
        groups[other.translation_of_id or other.pk].append(other)
    grouped = ((item, groups[item.translation_of_id or item.pk]) for item in items)
    return [{"item": item, "alternates": group if len(group) > 1 else []} for item, group in grouped]


def _items(model):
    """The public items of a kind with what their line needs, in an order that no change of a text disturbs."""
    own = {"path"} & {field.name for field in model._meta.get_fields()}
    return model.objects.public().only("slug", "language", "translation_of", "updated_at", *own).order_by("pk")
