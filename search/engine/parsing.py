"""From what somebody typed to words, phrases and conditions. Any text at all can be read.

community "full service" -charter title:attendance author:Dryfoos health OR wellness
"""

import re
from dataclasses import dataclass
from itertools import chain

from search.languages import joined, words

LONGEST_TEXT = 5_000  # characters
MOST_WORDS = 100
MOST_JOINED = 8
# Weights of `Item.own` behind the names of fields, in both languages.
FIELDS = {"title": "A", "título": "A", "titulo": "A", "author": "B", "autor": "B", "autora": "B"}

_UNIT = re.compile(
    rf"""(?P<minus>-?)
         (?:(?P<field>{"|".join(FIELDS)}):[ ]?)?
         (?: ["“”](?P<phrase>[^"“”]*)["“”]? | (?P<chunk>[^\s"“”]+) )""",
    re.VERBOSE | re.IGNORECASE,
)
_OR = "OR"


@dataclass(frozen=True)
class Unit:
    """A word, or several that stand one after the other.

    `field` is the weight of the one field in which it must stand. Without a quote, a minus or a field, a unit is one
    word, which an item may lack.
    """

    words: tuple[str, ...]
    is_quoted: bool = False
    field: str = ""

    @property
    def is_condition(self):
        return self.is_quoted or bool(self.field)


@dataclass(frozen=True)
class Parsed:
    """`groups`: each a list of units of which any will do. `excluded`: what no hit may hold. `joined`: what of the
    plain words a text may hold as one (`search.languages.joined`).
    """

    text: str
    groups: tuple[tuple[Unit, ...], ...]
    excluded: tuple[Unit, ...]
    joined: tuple[str, ...] = ()

    @property
    def asks_for_everything(self):
        """Whether nothing is asked for, or only what is not wanted. “???” asks for something that is not there."""
        return not self.groups and (bool(self.excluded) or not self.text.strip())

    def units(self):
        return chain(*self.groups, self.excluded)

    def words(self):
        """All words, each once."""
        return list(dict.fromkeys(word for unit in self.units() for word in unit.words))

    def asked_words(self):
        """All words but those that are left out anywhere (-word), each once."""
        left_out = {word for unit in self.excluded for word in unit.words}
        return [word for word in self.words() if word not in left_out]

    def wished_words(self):
        """The plain words, in order and as often as they were typed: neither quoted, excluded nor of a field."""
        return [word for group in self.groups for unit in group if not unit.is_condition for word in unit.words]


def parse(text):
    """Read a typed text; what stands after the first hundred words is left out."""
    groups, excluded, plain = [], [], []
    joins, left = False, MOST_WORDS
    for found in _UNIT.finditer(text[:LONGEST_TEXT]):
        if found["chunk"] == _OR and not (found["minus"] or found["field"]):
            joins = bool(groups)
            continue
        if found["chunk"] and not (found["minus"] or found["field"]):
            plain.append(found["chunk"])
        for unit in _units(found):
            left -= len(unit.words)
            if left < 0:
                break
            if found["minus"]:
                excluded.append(unit)
            elif joins:
                groups[-1].append(unit)
            else:
                groups.append([unit])
            joins = False
    as_one = tuple(dict.fromkeys(joined(" ".join(plain))))[:MOST_JOINED]
    return Parsed(text, tuple(map(tuple, groups)), tuple(excluded), as_one)


def _units(found):
    """The units of one piece: a phrase, the words of an excluded “full-service” together, else each word alone."""
    field = FIELDS.get((found["field"] or "").lower(), "")
    is_quoted = found["phrase"] is not None
    its_words = tuple(words(found["phrase"] if is_quoted else found["chunk"]))
    if not its_words:
        return []
    if is_quoted or found["minus"]:
        return [Unit(its_words, is_quoted, field)]
    return [Unit((word,), field=field) for word in its_words]


def without_quotes(text):
    """A typed text with the words of its phrases as single ones, each of the field of its phrase; those with a minus
    stay: author:"Martin Blank" → author:Martin author:Blank.
    """
    return _UNIT.sub(_taken_apart, text[:LONGEST_TEXT])


def _taken_apart(found):
    if found["phrase"] is None or found["minus"]:
        return found.group()
    field = f"{found['field']}:" if found["field"] else ""
    return " ".join(field + (word.lower() if word == _OR else word) for word in words(found["phrase"]))


def with_words(text, replacements):
    """A typed text with some of its words replaced by others."""
    any_of_them = "|".join(map(re.escape, replacements))
    pattern = re.compile(rf"(?<![^\W_])(?:{any_of_them})(?![^\W_])")
    return pattern.sub(lambda found: replacements[found.group()], text)
