"""What the staff put above the results of a search: “Chosen by the Coalition”."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, Min, OuterRef, Subquery
from django.utils import timezone

from publishing.remembered import remembered
from search.engine.parsing import LONGEST_TEXT, parse
from search.languages import key_of_query
from search.models import BestResult, Item

MOST = 3  # above one list of results
SHOWN = ("owner_label", "owner_key", "kind", "language", "title", "address", "summary")


@dataclass(frozen=True)
class Best:
    """A public item that the staff chose. `owner` as in a `Hit`, so that a page can tell the two apart."""

    owner: tuple[str, str]
    kind: str
    language: str
    title: str
    address: str
    summary: str

    @classmethod
    def of(cls, item):
        owner = (item.owner_label, item.owner_key)
        return cls(owner, item.kind, item.language, item.title, item.address, item.summary)


def best_results(text, language):
    """The `Best`s for a typed text on a page of a language, at most three.

    Filters do not apply. A query with conditions (a minus, a field, OR) asks for something of its own and gets none.
    Where the spelling was corrected, give the corrected text.
    """
    key = key_of(text)
    return _shown_on(timezone.localdate(), language).get(key, []) if key else []


@remembered
def _shown_on(_day, language):
    """Key of a query → its `Best`s on a day. The same two statements whatever hidden items were chosen for."""
    rows = BestResult.objects.in_force().filter(language__in=["", language])
    of_item = rows.filter(owner_label=OuterRef("owner_label"), owner_key=OuterRef("owner_key"))
    items = Item.objects.public().filter(Exists(of_item)).only(*SHOWN).order_by("title", "pk")
    places = defaultdict(dict)  # key of a query → {item: its first place}
    by_owner = {(item.owner_label, item.owner_key): item for item in items}
    for label, key, position, keys in rows.order_by("-position").values_list(
        "owner_label", "owner_key", "position", "keys"
    ):
        if item := by_owner.get((label, key)):
            for one in keys:
                places[one][item] = position
    order = {item: number for number, item in enumerate(by_owner.values())}
    return {
        key: [Best.of(item) for item in sorted(its, key=lambda item: (its[item], order[item]))[:MOST]]
        for key, its in places.items()
    }


def best_results_with(changed, text, language):
    """The same if `changed`, a `BestResult` as it stands in a form, were saved."""
    key = key_of(text)
    if not key:
        return []
    ranked = _chosen(key, language, without=changed)
    if changed.is_asked_by(key, language):
        its_item = Item.objects.public().of(changed.owner_label, [changed.owner_key])
        ranked += [(changed.position, item) for item in its_item]
    different = {}
    for _position, item in sorted(ranked, key=lambda pair: pair[0]):
        different.setdefault(item.pk, item)
    return [Best.of(item) for item in list(different.values())[:MOST]]


def key_of(text):
    """The key by which a typed text is compared with the chosen searches; empty where none can fit."""
    parsed = parse(text[:LONGEST_TEXT])
    if parsed.excluded or any(len(group) > 1 or group[0].field for group in parsed.groups):
        return ""
    return key_of_query(" ".join(parsed.words()))


def _chosen(key, language, without=None):
    """Pairs of position and public item, in order; one statement."""
    asked = BestResult.objects.asked_by(key, language)
    if without is not None and without.pk:
        asked = asked.exclude(pk=without.pk)
    of_item = asked.filter(owner_label=OuterRef("owner_label"), owner_key=OuterRef("owner_key")).order_by()
    place = of_item.values("owner_key").annotate(first=Min("position")).values("first")
    items = Item.objects.public().filter(Exists(of_item)).annotate(place=Subquery(place))
    items = items.only(*SHOWN)
    return [(item.place, item) for item in items.order_by("place", "title", "pk")[:MOST]]
