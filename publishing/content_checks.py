"""Checks of the content as a whole: what no form can see, because it is between the texts or beside the rows.

Apps register theirs here. (`publishing.checks` judges one text while it is written.)
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Trouble:
    """One thing that was found: what it is, in a sentence; where it is mended, as a path; whether it was mended now."""

    text: str
    url: str = ""
    is_mended: bool = False


@dataclass(frozen=True)
class Check:
    """`find(mend)` gives Troubles as a stream; where `mend` is true it mends what is safe to mend, words never."""

    name: str
    find: Callable[[bool], Iterator[Trouble]]


_checks = {}


def register(name, find):
    """Let an app add a check under a name that people read."""
    _checks[name] = Check(name, find)


def all_checks():
    return list(_checks.values())
