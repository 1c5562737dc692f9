"""Words that are spelled right in English or Spanish, whether or not a text of ours holds them.

Each list is a sorted file, a word a line, in small letters without accents, that is searched by bisection where it lies
on the disk: nothing is read at the start, and the processes of a machine share what their look-ups touched. Where the
words come from: `search/dictionaries/README.md`.
"""

from bisect import bisect_left
from functools import cache, partial
from mmap import ACCESS_READ, mmap
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "dictionaries"
NAMES = ("english", "spanish")


def is_right(word):
    """Whether one of the lists holds a word, which comes `folded`."""
    return any(_holds(lines, word.encode()) for lines in _lists())


@cache
def _lists():
    """The files, mapped into memory: pages of them are read when they are needed."""
    lists = []
    for name in NAMES:
        with path_of(name).open("rb") as file:
            lists.append(mmap(file.fileno(), 0, access=ACCESS_READ))
    return lists


def path_of(name, folder=FOLDER):
    return folder / f"{name}.txt"


def _holds(lines, word):
    place = bisect_left(range(len(lines)), word, key=partial(_line_at, lines))
    return place < len(lines) and _line_at(lines, place) == word


def _line_at(lines, place):
    """The line to which a byte belongs, without its end."""
    start = lines.rfind(b"\n", 0, place) + 1
    return lines[start : lines.find(b"\n", place)]
