"""The figures of the library in words, for docs/benchmarks/library.md."""

from benchmarks.library import FEW, MANY
from benchmarks.report import Limit, circumstances
from benchmarks.sample_files import PAGES

MOST_MEMORY = 500  # MB

HEAD = """\
# What the library takes

Written by `make bench ARGS=library`. Files are sent to the form of a new publication through Django’s test client,
the whole application with DEBUG off, and read by the task that the worker runs. Seconds run from the press of *Save
draft* until the text of the pages stands in the database. Memory is the peak of the process that holds the application,
with the whole upload in it; PDFs are opened in processes of their own.

{when}; {system}.
Load of the machine, over one minute: {load:.1f}, on {cores} cores.
"""


def limits(taken, pages, readers, queries):
    """Every limit with what was found."""
    peak = max(one.peak for one in taken)
    few, many = queries[FEW], queries[MANY]
    return [
        Limit(f"The text of all {PAGES} pages of the report stands", f"{pages}", pages == PAGES),
        Limit(f"The application: below {MOST_MEMORY} MB", f"{peak:.0f} MB", peak < MOST_MEMORY),
        Limit(f"Each process that opens a PDF: below {MOST_MEMORY} MB", f"{readers:.0f} MB", readers < MOST_MEMORY),
        *(
            Limit(f"The {name}: as many statements for {MANY} works as for {FEW}", f"{a} and {b}", a == b)
            for name, a, b in zip(("list", "record of one work"), few, many, strict=True)
        ),
    ]


def report(taken, found, *, postgres, load):
    """The whole page as Markdown."""
    head = HEAD.format(load=load, **circumstances(postgres))
    lines = [
        "| File | Seconds | MB | What the form says |",
        "|---|---|---|---|",
        *(
            f"| {one.words[0].upper()}{one.words[1:]} | {one.seconds:.1f} | {one.peak:.0f} | {one.said} |"
            for one in taken
        ),
        "",
        "| Must hold | Found | |",
        "|---|---|---|",
        *map(str, found),
    ]
    return "\n".join([head, *lines]) + "\n"
