"""What differs between two snapshots: by field, by block, by word."""

import copy
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from django.db.models import ForeignKey
from django.utils.translation import gettext as _

from publishing import many_to_many
from publishing.markup import RichTextField, plain_text
from publishing.parts import part_models
from publishing.snapshots import item_fields, part_fields

_WORDS = re.compile(r"\s*\S+|\s+")  # a word with the space before it: alone, the many spaces would cost minutes
_SENTENCES = re.compile(r"[^\n.!?]*(?:[.!?]+\s*|\n)|[^\n.!?]+")
MOST_PAIRS = 1_000_000  # of words of one text with words of the other: a tenth of a second
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
    """Two texts as lists of (mark, words), so that a template can mark what went and what came.

    Long texts are compared by lines and sentences first, and by words inside those that differ: the time that a
    comparison takes grows with the product of both lengths. Where that is not enough, whole sentences are marked.
    """
    if len(_WORDS.findall(old)) * len(_WORDS.findall(new)) <= MOST_PAIRS:
        return _marked(_WORDS.findall(old), _WORDS.findall(new))
    before, after, room = [], [], MOST_PAIRS
    for gone, come in _differing_sentences(_SENTENCES.findall(old), _SENTENCES.findall(new)):
        words = _WORDS.findall(gone), _WORDS.findall(come)
        pairs = len(words[0]) * len(words[1]) if gone != come else 0
        its_before, its_after = _marked(*words) if 0 < pairs <= room else _marked([gone], [come])
        room -= min(pairs, room)
        before += its_before
        after += its_after
    return before, after


def _differing_sentences(a, b):
    """Pairs of what stood and what stands there now, in order; runs that are the same as one pair."""
    # Sentences that stand many times, such as empty rows, would cost minutes; `autojunk` passes over them.
    for what, a1, a2, b1, b2 in SequenceMatcher(a=a, b=b, autojunk=True).get_opcodes():
        if what == "equal":
            yield "".join(a[a1:a2]), "".join(b[b1:b2])
        else:
            yield from zip_longest(a[a1:a2], b[b1:b2], fillvalue="")


def _marked(a, b):
    before, after = [], []
    for what, a1, a2, b1, b2 in SequenceMatcher(a=a, b=b, autojunk=False).get_opcodes():
        if a2 > a1 and any(a[a1:a2]):
            before.append(("same" if what == "equal" else "gone", "".join(a[a1:a2])))
        if b2 > b1 and any(b[b1:b2]):
            after.append(("same" if what == "equal" else "new", "".join(b[b1:b2])))
    return before, after


def changes(model, old, new):
    """The Changes that lead from one snapshot of an item to another, its own fields first, then its blocks in order."""
    found, names = [], _names_of_rows(model, old, new)
    for field in item_fields(model):
        found += _change(f"item||{field.attname}", "", field, old["item"], new["item"], names)
    for part in part_models(model):
        found += _part_changes(part, old["parts"], new["parts"], names)
    found += _link_changes(model, old.get("m2m", {}), new.get("m2m", {}))
    return found


def _names_of_rows(model, *snapshots):
    """How the rows that some snapshots link to are called, as {model: {key: name}}; one query for each model."""
    wanted = {}
    for data in snapshots:
        rows = [(item_fields(model), data["item"])]
        for part in part_models(model):
            rows += [(part_fields(part), row) for row in data["parts"].get(part._meta.label_lower, [])]
        for fields, row in rows:
            for field in fields:
                if isinstance(field, ForeignKey) and row.get(field.attname) is not None:
                    wanted.setdefault(field.related_model, set()).add(row[field.attname])
    return {
        related: {row.pk: str(row) for row in related._base_manager.filter(pk__in=keys)}
        for related, keys in wanted.items()
    }


def _link_changes(model, old, new):
    for name in many_to_many.names_of(model):
        before, after = set(old.get(name, [])), set(new.get(name, []))
        if before != after:
            words = [_link_words(model, name, keys) for keys in (before, after)]
            yield Change(f"{LINKS}||{name}", "", str(model._meta.get_field(name).verbose_name), *mark_words(*words))


def _link_words(model, name, keys):
    return "; ".join(sorted(many_to_many.labels_of(model, name, keys)))


def _part_changes(part, old_parts, new_parts, names):
    label = part._meta.label_lower
    old_rows = {row["id"]: row for row in old_parts.get(label, [])}
    new_rows = {row["id"]: row for row in new_parts.get(label, [])}
    for key in dict.fromkeys([*old_rows, *new_rows]):
        before, after = old_rows.get(key), new_rows.get(key)
        place = _place(part, after or before, names)
        if before is None or after is None:
            old_words, new_words = _row_words(part, before, names), _row_words(part, after, names)
            yield Change(f"{label}|{key}|", place, _presence(before), *mark_words(old_words, new_words))
            continue
        for field in part_fields(part):
            if field.name not in _NOT_SHOWN:
                yield from _change(f"{label}|{key}|{field.attname}", place, field, before, after, names)
        if (before.get("region"), before.get("ordering")) != (after.get("region"), after.get("ordering")):
            yield Change(
                f"{label}|{key}|{POSITION}", place, _("position"), *mark_words(_position(before), _position(after))
            )


def _presence(before):
    return _("added") if before is None else _("removed")


def _position(row):
    return f"{row.get('region', '')} {row.get('ordering', '')}".strip()


def _place(part, row, names):
    words = _row_words(part, row, names)
    return f"{part._meta.verbose_name}: {words[:60]}"


def _change(key, place, field, old, new, names):
    before, after = (_words(field, row.get(field.attname), names) for row in (old, new))
    if before == after and old.get(field.attname) == new.get(field.attname):
        return []
    return [Change(key, place, str(field.verbose_name), *mark_words(before, after))]


def _row_words(part, row, names):
    if row is None:
        return ""
    shown = [field for field in part_fields(part) if field.name not in _NOT_SHOWN]
    return " ".join(filter(None, (_words(field, row.get(field.attname), names) for field in shown)))


def _words(field, value, names):
    """A value as a person would read it."""
    if value in (None, ""):
        return ""
    if isinstance(field, RichTextField):
        return plain_text(value)
    if isinstance(field, ForeignKey):
        return names[field.related_model].get(value, f"#{value}")
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
