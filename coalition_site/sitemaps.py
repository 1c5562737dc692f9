"""The site map for search engines: one file while the site is small, else an index of parts.

https://www.sitemaps.org/protocol.html allows 50,000 addresses a file. Ours are smaller: a part is made in a second,
on a slow machine too.
"""

from collections import Counter, defaultdict

from django.db.models import Count, Q, Value
from django.urls import reverse

from publishing.kinds import publishable_models
from publishing.languages import path_in
from publishing.remembered import remembered
from publishing.translated import translated_keys

MOST = 5_000  # addresses of one file
MOST_PARTS = 50_000  # that an index may name


def whole_site():
    """The entries of the whole site, as `part` gives them; None where one file would be too large. A query a kind, and
    one for how many there are.
    """
    numbers = _numbers()
    if sum(of_kind.total() for of_kind in numbers.values()) > MOST:
        return None
    found = [(model, list(_items(model))) for model in publishable_models()]
    return [entry for model, items in found for entry in [*_lists(model, numbers), *entries_of(items, items)]]


def parts():
    """Pairs of the name of a kind and the number of a part, from 1 on, of all kinds."""
    for name, numbers in _numbers().items():
        for place in range(numbers.total() // -MOST * -1):
            yield name, place + 1


@remembered
def _numbers():
    """The name of each kind, and how many of its items are public in each language; one query."""
    public = {model._meta.model_name: model.objects.public().order_by() for model in publishable_models()}
    counted = [
        items.annotate(name=Value(name)).values_list("name", "language").annotate(number=Count("pk"))
        for name, items in public.items()
    ]
    numbers = {name: Counter() for name in public}
    for name, language, number in counted[0].union(*counted[1:], all=True):
        numbers[name][language] = number
    return numbers


def _lists(model, numbers):
    """An entry for the list of a kind in each language in which it holds something; it has no `item`."""
    if not model.list_view:
        return []
    path = reverse(model.list_view)
    languages = sorted(numbers[model._meta.model_name])
    return [{"path": path_in(language, path), "item": None, "alternates": []} for language in languages]


def part(name, number):
    """The entries of one part; empty where there is none. Two queries: the part's own, and their counterparts.

    The first part of a kind begins with its lists; in which languages there are any is asked once a content version.
    """
    model = next((one for one in publishable_models() if one._meta.model_name == name), None)
    if model is None or not 1 <= number <= MOST_PARTS:
        return []
    items = list(_items(model)[(number - 1) * MOST : number * MOST])
    originals = {item.translation_of_id or item.pk for item in items} & translated_keys(model)
    entries = entries_of(items, _items(model).filter(Q(pk__in=originals) | Q(translation_of__in=originals)))
    return [*_lists(model, _numbers()), *entries] if items and number == 1 else entries


def entries_of(items, others):
    """A dict for each item: `path`, `item`, and `alternates`, its public counterparts among `others` with itself."""
    groups = defaultdict(list)
    for other in others:
        groups[other.translation_of_id or other.pk].append(other)
    grouped = ((item, groups[item.translation_of_id or item.pk]) for item in items)
    return [
        {"path": item.get_absolute_url(), "item": item, "alternates": group if len(group) > 1 else []}
        for item, group in grouped
    ]


def _items(model):
    """The public items of a kind with what their line needs, in an order that no change of a text disturbs."""
    own = {"path"} & {field.name for field in model._meta.get_fields()}
    shown = ("slug", "language", "translation_of", "updated_at", "published_at")
    return model.objects.public().only(*shown, *own).order_by("pk")
