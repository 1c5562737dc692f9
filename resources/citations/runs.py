"""A citation is a row of runs, upright or italic, so that a template can mark the italics and Python writes no HTML.

Every function here takes and gives tuples of runs; an empty tuple means “nothing known” and leaves no trace.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

ENDS_A_SENTENCE = re.compile(r"[.?!…][”’]*$")


class Run(NamedTuple):
    text: str
    is_italic: bool = False


@dataclass(frozen=True)
class Citation:
    """What a style makes of a record. `runs` for templates, `text` for copying."""

    runs: tuple[Run, ...]

    @property
    def text(self):
        return plain(self.runs)

    def __str__(self):
        return self.text


def plain(runs):
    return "".join(run.text for run in runs)


def upright(text):
    return (Run(text),) if text else ()


def italic(text):
    return (Run(text, is_italic=True),) if text else ()


def joined(parts, separator=" "):
    """The parts that say something, with a separator between them."""
    runs = ()
    for part in filter(None, parts):
        runs += upright(separator) + part if runs else part
    return runs


def ended(runs):
    """With a period, unless nothing is there or a mark that ends a sentence stands there already."""
    return runs if not runs or ENDS_A_SENTENCE.search(plain(runs)) else runs + upright(".")


def followed(runs, mark):
    """With a mark right after it, unless nothing is there."""
    return runs + upright(mark) if runs else ()


def bracketed(runs, brackets="()"):
    return upright(brackets[0]) + runs + upright(brackets[1]) if runs else ()


def capitalized(runs):
    """With a capital at the start: what follows a period begins a sentence."""
    if not runs:
        return ()
    first, *rest = runs
    return (first._replace(text=first.text[:1].upper() + first.text[1:]), *rest)


def merged(runs):
    """Neighbors of one face as one run."""
    result = []
    for run in runs:
        if result and result[-1].is_italic == run.is_italic:
            result[-1] = Run(result[-1].text + run.text, run.is_italic)
        else:
            result.append(run)
    return tuple(result)
