"""What a harvester asks: one verb and its arguments, held to the rules before anybody looks anything up."""

import re
from dataclasses import dataclass, field

from resources.oai import datestamps

# What the schema of the responses allows, which repeat the arguments.
NAMES = r"[A-Za-z0-9\-_.!~*'()]+"
FORMS = {
    "identifier": re.compile(r"(?:[A-Za-z0-9\-._~:/?@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+"),
    "metadataPrefix": re.compile(NAMES),
    "set": re.compile(rf"{NAMES}(?::{NAMES})*"),
}
DATES = ("from", "until")


class Refused(Exception):
    """A request that gets an error of the protocol: its code, and a sentence for whoever reads the log."""

    def __init__(self, code, sentence):
        super().__init__(sentence)
        self.code, self.sentence = code, sentence


@dataclass(frozen=True)
class Rules:
    """The arguments of a verb. With `is_list`, a resumption token may stand alone in place of all the others."""

    required: tuple = ()
    optional: tuple = ()
    is_list: bool = False


SELECTION = Rules(required=("metadataPrefix",), optional=("from", "until", "set"), is_list=True)
VERBS = {
    "Identify": Rules(),
    "ListMetadataFormats": Rules(optional=("identifier",)),
    "ListSets": Rules(is_list=True),
    "ListIdentifiers": SELECTION,
    "ListRecords": SELECTION,
    "GetRecord": Rules(required=("identifier", "metadataPrefix")),
}


@dataclass(frozen=True)
class Asked:
    """A request that keeps the rules. `arguments` are those that were given, by their names in the protocol."""

    verb: str
    arguments: dict = field(default_factory=dict)

    def get(self, name):
        """The value of an argument; empty where it was not given."""
        return self.arguments.get(name, "")

    @property
    def since(self):
        """The first moment that is asked for; None: from the beginning."""
        return datestamps.span(self.get("from"))[0] if self.get("from") else None

    @property
    def until(self):
        """The last moment that is asked for; None: to the end."""
        return datestamps.span(self.get("until"))[1] if self.get("until") else None


def read(pairs):
    """The request that pairs of names and values make; raises Refused with badVerb or badArgument."""
    verbs = [value for name, value in pairs if name == "verb"]
    if len(verbs) != 1:
        raise Refused("badVerb", "Give the argument “verb” once.")
    if verbs[0] not in VERBS:
        raise Refused("badVerb", f"The verbs are {', '.join(VERBS)}.")
    asked = Asked(verbs[0], {})
    for name, value in pairs:
        if name in asked.arguments:
            raise _bad(f"The argument “{name}” stands there more than once.")
        if name != "verb":
            asked.arguments[name] = value
    _check_names(asked)
    _check_values(asked)
    return asked


def _check_names(asked):
    rules, given = VERBS[asked.verb], asked.arguments
    if rules.is_list and "resumptionToken" in given:
        if len(given) > 1:
            raise _bad("A resumption token stands alone: it carries the other arguments.")
        return
    for name in given:
        if name not in (*rules.required, *rules.optional):
            raise _bad(f"{asked.verb} has no argument “{name[:40]}”.")
    for name in rules.required:
        if name not in given:
            raise _bad(f"{asked.verb} needs the argument “{name}”.")


def _check_values(asked):
    for name, value in asked.arguments.items():
        if name in FORMS and not FORMS[name].fullmatch(value):
            raise _bad(f"The value of “{name}” is not of the form that the protocol asks for.")
    dates = [asked.arguments[name] for name in DATES if name in asked.arguments]
    try:
        moments = [datestamps.span(text) for text in dates]
    except ValueError:
        raise _bad("Write dates like 2026-11-03 or 2026-11-03T14:05:09Z.") from None
    if len({len(text) for text in dates}) > 1:
        raise _bad("Write “from” and “until” in one form, both with the time or both without.")
    if len(moments) == 2 and moments[0] > moments[1]:
        raise _bad("“from” is later than “until”.")


def _bad(sentence):
    return Refused("badArgument", sentence)
