"""The figures of a large library in words, for docs/benchmarks/large.md."""

from benchmarks.large import COPIES, DIFFERENT, PAGES_EACH
from benchmarks.report import Limit, circumstances

MOST_SECONDS = {"readers": 1, "the staff": 3}
MOST_MEMORY = 100  # MB that the process may need more while it sends works

HEAD = """\
# What a large library takes

Written by `make bench ARGS=large`: {works:,} made-up works with a file of {pages_each} pages each, {pages:,} pages in
all, in one table of works and one index. The texts of {different:,} works are made anew, those of the others are copies
with other topics; each has a version and a line in the log, as if it had been published. The requests go through
Django’s test client, the whole application with DEBUG off, the database on the same machine. A page is asked for twice,
and the second time counts: what many pages show is remembered by then, the page itself is not. Statements include those
that begin and end transactions of their own. Memory is what the process held at its peak more than before.

{when}; {system}.
Load of the machine, over one minute: {before:.1f} at the start, {after:.1f} at the end, on {cores} cores.
"""


def limits(readers, staff, exports):
    """Every limit with what was found."""
    return [
        *(
            _slowest(f"The slowest page of {whose}: at most {most} s", visits, most)
            for (whose, most), visits in zip(MOST_SECONDS.items(), (readers, staff), strict=True)
        ),
        *(
            Limit(
                f"{export.name[0].upper()}{export.name[1:]}: at most {MOST_MEMORY} MB of memory more",
                f"{export.memory:.0f} MB for a file of {export.bytes / 1e6:.0f} MB",
                export.memory <= MOST_MEMORY,
            )
            for export in exports
        ),
    ]


def _slowest(words, visits, most):
    slowest = max(visits, key=lambda visit: visit.seconds)
    return Limit(words, f"{slowest.seconds:.2f} s ({slowest.name})", slowest.seconds <= most)


def report(measured, found, seconds, *, postgres, load):
    """The whole page as Markdown. `seconds`: what making the works took; `load` is the machine's before the run."""
    works = DIFFERENT * (1 + COPIES)
    sizes = {"works": works, "pages": works * PAGES_EACH, "pages_each": PAGES_EACH, "different": DIFFERENT}
    lines = [
        HEAD.format(before=load, **sizes, **circumstances(postgres)),
        "| Must hold | Found | |",
        "|---|---|---|",
        *map(str, found),
        "",
        f"Made in {seconds / 60:.0f} minutes.",
    ]
    titles = ("What readers ask for", "What the staff ask for", "Works as one file")
    for title, visits in zip(titles, measured, strict=True):
        lines += ["", f"## {title}", "", "| Page | ms | Statements | Slowest, ms | kB | Memory, MB |", "|---" * 6 + "|"]
        lines += map(_line, visits)
    return "\n".join(lines) + "\n"


def _line(visit):
    figures = (
        f"{1000 * visit.seconds:.0f}",
        str(len(visit.statements)),
        f"{1000 * visit.slowest:.0f}",
        f"{visit.bytes / 1000:.0f}",
        f"{visit.memory:.0f}",
    )
    return f"| {visit.name[0].upper()}{visit.name[1:]} | {' | '.join(figures)} |"
