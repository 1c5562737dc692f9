"""The figures of the search in words, for docs/benchmarks/search.md."""

from benchmarks.report import Limit, circumstances
from benchmarks.searching import QUERIES, ROUNDS, WHAT
from search.benchmark import A_PAGE, RANKED, percentile

SEARCH_TO_REFERENCE, PAGE_TO_SEARCH = 5, 3
WRITE_MS = 5

HEAD = """\
# What the search takes

Written by `make bench ARGS=search`. Made-up texts of our own words, as common as words are in real texts
(`coalition_site/sample_texts.py`). Each of {queries} queries of a kind is asked in turns of the search (the best
{ranked}, with all that happens before: reading the query, looking up its words, correcting them), of a plain table with
the same words by `ts_rank` where any word matches, and of the search with what its page shows: {page} hits, counts of
all filters over all matches, marked passages. Milliseconds in the application, the database on the same machine. Times
say little on another machine; ratios do. `manage.py search_benchmark` measures any collection in the same way, and
[search-quality.md](search-quality.md) says how good the ranking is.

{when}; {system}.
Load of the machine, over one minute: {before:.1f} at the start, {after:.1f} at the end, on {cores} cores.
"""


def limits(libraries, costs, is_found):
    """Every limit with what was found."""
    found = []
    for library in libraries:
        search, reference, page = (_all(library, what) for what in WHAT)
        to_reference = percentile(search, 0.95) / percentile(reference, 0.5)
        to_search = percentile(page, 0.5) / percentile(search, 0.5)
        found += [
            Limit(
                f"{library.name}: p95 of the search at most {SEARCH_TO_REFERENCE} × p50 of the plain table",
                f"{to_reference:.2f} ×",
                to_reference <= SEARCH_TO_REFERENCE,
            ),
            Limit(
                f"{library.name}: p50 of the page at most {PAGE_TO_SEARCH} × that of the search",
                f"{to_search:.2f} ×",
                to_search <= PAGE_TO_SEARCH,
            ),
        ]
    with_search, without = costs
    more = with_search - without
    return [
        *found,
        Limit(
            f"To publish a work, median of {ROUNDS}: at most {WRITE_MS} ms more than without the search",
            f"{with_search:.1f} ms and {without:.1f} ms: {more:.1f} ms more",
            more <= WRITE_MS,
        ),
        Limit("What was published is found by the next request, and what it replaced is not",
              "yes" if is_found else "no", is_found),
    ]  # fmt: skip


def report(libraries, found, *, postgres, load):
    """The whole page as Markdown. `load` is the machine's before the run."""
    lines = [
        HEAD.format(queries=QUERIES, ranked=RANKED, page=A_PAGE, before=load, **circumstances(postgres)),
        "| Texts | Queries | Search: p50 | p95 | Plain table: p50 | p95 | Page: p50 | p95 |",
        "|---" * 8 + "|",
        *(line for library in libraries for line in _lines(library)),
        "",
        "| Must hold | Found | |",
        "|---|---|---|",
        *map(str, found),
        "",
        *(f"Made and indexed in {library.seconds / 60:.0f} minutes: {library.name}.  " for library in libraries),
    ]
    for library in libraries:
        title = f"## The plan of the statement that ranks, {library.name}, four words"
        lines += ["", title, "", "```", *library.plan, "```"]
    return "\n".join(lines) + "\n"


def _lines(library):
    for kind, times in library.times.items():
        figures = (f"{percentile(times[what], share):.0f}" for what in WHAT for share in (0.5, 0.95))
        yield f"| {library.name} | {kind} | {' | '.join(figures)} |"


def _all(library, what):
    return [one for times in library.times.values() for one in times[what]]
