"""The figures in words: on the terminal, and in docs/benchmarks/editing.md with date and machine load."""

import os
import platform
import statistics
from dataclasses import dataclass

import django
from django.utils import timezone

from benchmarks.editing import AT_ONCE, OPEN, PUBLISH, ROUNDS, ROWS, SAVE, SAVES, SIZES

MOST_QUERIES = 20
FIRST_VIEW = 300_000  # bytes
RATIOS = {OPEN: 1.1, SAVE: 1.0, PUBLISH: 2.0}  # of the stock admin's time

HEAD = """\
# What an editor waits for

Written by `make bench ARGS=editing`. Our admin beside Django's own, with the same models, fields and inlines, in
turns in one process; medians of {rounds} rounds with two forms opened in each. The requests go through Django's test
client: the whole application with DEBUG off, a database that is safe in a power cut, no network. Times say little on
another machine; ratios do. Statements include those that begin and end transactions. The stock admin has one way to
save, straight into the live tables: it stands beside both of ours. Every save changes the title and one text. CPU is
that of the application, without the database. Forms are counted as sent: ours compressed.

{when}; {system}.
Load of the machine, over one minute: {before:.1f} at the start, {after:.1f} at the end, on {cores} cores.
"""


def circumstances(postgres):
    """When and where this was measured, for the head of a report."""
    return {
        "when": timezone.localtime().strftime("%B %-d, %Y, %H:%M %Z"),
        "system": f"Python {platform.python_version()}, Django {django.__version__}, PostgreSQL {postgres}",
        "after": os.getloadavg()[0],
        "cores": os.cpu_count(),
    }


@dataclass(frozen=True)
class Limit:
    words: str
    found: str
    holds: bool

    def __str__(self):
        return f"| {self.words} | {self.found} | {'holds' if self.holds else '**missed**'} |"


def limits(figures, first_views, saves):
    """Every limit with what was found."""
    found = [
        Limit(f"To {act}, {size} blocks: at most {most} × the stock admin's time", f"{ratio:.2f} ×", ratio <= most)
        for act, most in RATIOS.items()
        for size in SIZES
        if (ratio := _ratio(figures[size, act], "seconds"))
    ]
    for act in RATIOS:
        queries = [figures[size, act][0].queries for size in SIZES]
        words = f"To {act}: as many statements for {SIZES[1]} blocks as for {SIZES[0]}"
        found.append(Limit(words, " and ".join(map(str, queries)), len(set(queries)) == 1))
    ours, stock = (figure.queries for figure in figures[SIZES[-1], SAVE])
    opened = max(figures[size, OPEN][0].queries for size in SIZES)
    largest = max(first_views.values())
    return [
        *found,
        Limit(f"To {OPEN}: at most {MOST_QUERIES} statements", str(opened), opened <= MOST_QUERIES),
        Limit(f"To {SAVE} of {SIZES[-1]} blocks: fewer than the stock admin", f"{ours} and {stock}", ours < stock),
        Limit("First view of the form without fonts: at most 300 kB", _kilobytes(largest), largest <= FIRST_VIEW),
        Limit(
            f"{SAVES} saves at once from one base, {AT_ONCE} at a time: one is applied, all others kept beside it",
            f"{saves.applied} applied, {saves.parked} kept, {saves.failed} failed, in {saves.seconds:.1f} s",
            (saves.applied, saves.parked, saves.failed) == (1, SAVES - 1, 0),
        ),
    ]


def report(figures, first_views, rows, saves, found, *, postgres, load):
    """The whole page as Markdown. `load` is the machine's before the run."""
    lines = [
        HEAD.format(rounds=ROUNDS, before=load, **circumstances(postgres)),
        "| | Blocks | ms | Stock: ms | Ratio | Ratio of CPU | Statements | Stock: statements | kB | Stock: kB |",
        "|---" * 10 + "|",
        *(_line(act, size, figures[size, act]) for act in RATIOS for size in SIZES),
        "",
        "| Must hold | Found | |",
        "|---|---|---|",
        *map(str, found),
        "",
        f"The list of pages asks {rows[ROWS[0]]} statements for {ROWS[0]} rows, {rows[ROWS[1]]} for {ROWS[1]}. "
        + "First view, without fonts: "
        + ", ".join(f"{_kilobytes(size)} with {blocks} blocks" for blocks, size in first_views.items())
        + ".",
    ]
    return "\n".join(lines) + "\n"


def _line(act, size, sides):
    ours, stock = sides
    ratios = f"{_ratio(sides, 'seconds'):.2f} | {_ratio(sides, 'cpu_seconds'):.2f}"
    times = f"{ours.milliseconds:.0f} | {stock.milliseconds:.0f} | {ratios}"
    sizes = f"{ours.bytes / 1000:.0f} | {stock.bytes / 1000:.0f}"
    return f"| {act.capitalize()} | {size} | {times} | {ours.queries} | {stock.queries} | {sizes} |"


def _ratio(sides, clock):
    """Of the medians of both sides. `clock` names a list of seconds of a Figure."""
    ours, stock = (statistics.median(getattr(side, clock)) for side in sides)
    return ours / stock


def _kilobytes(number):
    return f"{number / 1000:.0f} kB"
