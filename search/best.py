"""What the staff put above the results of a search: “Chosen by the Coalition”."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q
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
    return _by_key(list(BestResult.objects.in_force().on_pages_in(language)))


def best_results_with(changed, text, language):
    """The same if `changed`, a `BestResult` as it stands in a form, were saved."""
    rows = [row for row in BestResult.objects.in_force().on_pages_in(language) if row.pk != changed.pk]
    if not changed.is_over and changed.is_on_pages_in(language):
        changed.note_keys()
        rows.append(changed)
    return _by_key(rows).get(key_of(text), [])


def _by_key(rows):
    """Key of a query → the `Best`s of some `BestResult`s: each once, where it stands first; one statement for items."""
    keys = defaultdict(set)
    for row in rows:
        keys[row.owner_label].add(row.owner_key)
    chosen = Q(pk__in=[])
    for label, its_keys in keys.items():
        chosen |= Q(owner_label=label, owner_key__in=its_keys)
    items = {
        (item.owner_label, item.owner_key): (place, Best.of(item))
        for place, item in enumerate(Item.objects.public().filter(chosen).only(*SHOWN).order_by("title", "pk"))
    }
    public = [row for row in rows if row.owner in items]
    found = defaultdict(dict)  # key of a query → {item: its `Best`}
    for row in sorted(public, key=lambda row: (row.position, items[row.owner][0])):
        for key in row.keys:
            found[key].setdefault(row.owner, items[row.owner][1])
    return {key: list(its.values())[:MOST] for key, its in found.items()}


def key_of(text):
    """The key by which a typed text is compared with the chosen searches; empty where none can fit."""
    parsed = parse(text[:LONGEST_TEXT])
    if parsed.excluded or any(len(group) > 1 or group[0].field for group in parsed.groups):
        return ""
    return key_of_query(" ".join(parsed.words()))
