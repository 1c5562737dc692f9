"""What differs between two snapshots: by field, by block, by word."""

import copy
import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import ForeignKey
from django.utils.translation import gettext as _

from publishing import many_to_many
from publishing.markup import RichTextField, plain_text
from publishing.parts import part_models
from publishing.snapshots import item_fields, part_fields

_WORDS = re.compile(r"\s*\S+|\s+")  # a word with the space before it: alone, the many spaces would cost minutes
POSITION = "position"  # stands for region and ordering of a block together
LINKS = "m2m"
_NOT_SHOWN = frozenset({"id", "region", "ordering"})


@dataclass
class Change:
    """One field, or one field of one block, that differs.

    `key` names it: "item||title", "m2m||topics", "pages.richtext|<key of the block>|text", and without a field for a
    whole block.
    `old` and `new` are lists of (mark, words): mark is "same", "gone" or "new".
    """

    key: str
    place: str
    label: str
    old: list
    new: list
    is_hers: bool = True  # in a conflict: whether the text kept beside the line changed it


def mark_words(old, new):
    """Two texts as lists of (mark, words), so that a template can mark what went and what came."""
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    before, after = [], []
    for what, a1, a2, b1, b2 in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if a2 > a1:
            before.append(("same" if what == "equal" else "gone", "".join(a[a1:a2])))
        if b2 > b1:
            after.append(("same" if what == "equal" else "new", "".join(b[b1:b2])))
    return before, after


def changes(model, old, new):
    """The Changes that lead from one snapshot of an item to another, its own fields first, then its blocks in order."""
    found = []
    for field in item_fields(model):
        found += _change(f"item||{field.attname}", "", field, old["item"], new["item"])
    for part in part_models(model):
        found += _part_changes(part, old["parts"], new["parts"])
    found += _link_changes(model, old.get("m2m", {}), new.get("m2m", {}))
    return found


def _link_changes(model, old, new):
    for name in many_to_many.names_of(model):
        before, after = set(old.get(name, [])), set(new.get(name, []))
        if before != after:
            words = [_link_words(model, name, keys) for keys in (before, after)]
            yield Change(f"{LINKS}||{name}", "", str(model._meta.get_field(name).verbose_name), *mark_words(*words))


def _link_words(model, name, keys):
    return "; ".join(sorted(many_to_many.label_of(model, name, key) for key in keys))


def _part_changes(part, old_parts, new_parts):
    label = part._meta.label_lower
    old_rows = {row["id"]: row for row in old_parts.get(label, [])}
    new_rows = {row["id"]: row for row in new_parts.get(label, [])}
    for key in dict.fromkeys([*old_rows, *new_rows]):
        before, after = old_rows.get(key), new_rows.get(key)
        place = _place(part, after or before)
        if before is None or after is None:
            old_words, new_words = _row_words(part, before), _row_words(part, after)
            yield Change(f"{label}|{key}|", place, _presence(before), *mark_words(old_words, new_words))
            continue
        for field in part_fields(part):
            if field.name not in _NOT_SHOWN:
                yield from _change(f"{label}|{key}|{field.attname}", place, field, before, after)
        if (before.get("region"), before.get("ordering")) != (after.get("region"), after.get("ordering")):
            yield Change(
                f"{label}|{key}|{POSITION}", place, _("position"), *mark_words(_position(before), _position(after))
            )


def _presence(before):
    return _("added") if before is None else _("removed")


def _position(row):
    return f"{row.get('region', '')} {row.get('ordering', '')}".strip()


def _place(part, row):
    words = _row_words(part, row)
    return f"{part._meta.verbose_name}: {words[:60]}"


def _change(key, place, field, old, new):
    before, after = _words(field, old.get(field.attname)), _words(field, new.get(field.attname))
    if before == after and old.get(field.attname) == new.get(field.attname):
        return []
    return [Change(key, place, str(field.verbose_name), *mark_words(before, after))]


def _row_words(part, row):
    if row is None:
        return ""
    shown = [field for field in part_fields(part) if field.name not in _NOT_SHOWN]
    return " ".join(filter(None, (_words(field, row.get(field.attname)) for field in shown)))


def _words(field, value):
    """A value as a person would read it."""
    if value in (None, ""):
        return ""
    if isinstance(field, RichTextField):
        return plain_text(value)
    if isinstance(field, ForeignKey):
        related = field.related_model._base_manager.filter(pk=value).first()
        return str(related) if related else f"#{value}"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    return str(value)


def merge(theirs, mine, chosen):
    """A snapshot: theirs, with what the keys in `chosen` name taken from mine, field by field and block by block."""
    merged = copy.deepcopy(theirs)
    for key in chosen:
        place, row_key, field = key.split("|")
        if place in ("item", LINKS):
            merged[place][field] = mine[place].get(field)
            continue
        rows = merged["parts"].setdefault(place, [])
        own = next((row for row in mine["parts"].get(place, []) if row["id"] == row_key), None)
        kept = next((row for row in rows if row["id"] == row_key), None)
        if field and own and kept:
            names = ("region", "ordering") if field == POSITION else (field,)
            kept.update({name: own[name] for name in names if name in own})
        else:
            merged["parts"][place] = [row for row in rows if row is not kept] + ([own] if own else [])
    return merged
