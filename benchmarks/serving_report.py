"""The figures of serving in words: on the terminal, and in docs/benchmarks/latest.md with date and machine load."""

import statistics

from benchmarks.report import Limit, circumstances
from benchmarks.servers import THREADS, WORKERS
from benchmarks.serving import CONNECTIONS, ONE, PUBLICATIONS, PUBLISHES, ROUNDS, ROUNDS_BY_CHANCE, SECONDS, SOME

HEAD = """\
# What readers wait for

Written by `make bench` (`QUICK=1` for one round). The site runs as production does, gunicorn with {workers} processes
of {threads} threads, on {publications:,} made-up publications and the starting content. Beside it a WSGI application
that does nothing answers with the same number of bytes, in the same minute and in turns; {rounds} rounds of {seconds} s
each, {by_chance} where {some} connections ask for pages that are kept: by chance a process has few or many of them;
medians. Load by wrk, which takes its part of the same machine. CPU: that of the bare application over ours, all
processes and the database counted. Rate: ours over the bare one's. Times: ms. Statements: those of a process that has
answered the same before and remembers what many pages show; of its transactions, beginning and end count too.

{when}; {system}.
Load of the machine, over one minute: {before:.1f} at the start, {after:.1f} at the end, on {cores} cores.
"""
KEPT = ("home", "entry", "record", "list", "results", "home, gzip", "home, plain")
CPU_OF_FRESH = {"home": 0.03, "entry": 0.04, "record": 0.03, "list": 0.03, "results": 0.015}
QUERIES = {"home": 10, "entry": 8, "record": 10, "list": 10, "results": 6}
BYTES = {"home": 8_000, "entry": 6_000}


def limits(found):
    """Every limit with what was found."""
    targets = {target.name: target for target in found.targets}
    rows = []
    for name in KEPT:
        target = targets[name]
        rows.append(_least(f"{name}, kept: CPU", target.ratio(SOME, "cpu"), 0.8))
        rows.append(_least(f"{name}, kept: rate", target.ratio(SOME, "rate"), 0.8))
        rows.append(_most(f"{name}, kept: time at one connection", target.ratio(ONE, "p50"), 1.3, " ×"))
    rows.append(_least("home, unchanged: CPU", targets["home, unchanged (304)"].ratio(SOME, "cpu"), 0.95))
    for name, least in CPU_OF_FRESH.items():
        rows.append(_least(f"{name}, not kept: CPU", targets[f"{name}, not kept"].ratio(SOME, "cpu"), least))
        asked = found.queries[f"{name}, not kept"]
        rows.append(Limit(f"{name}, not kept: at most {QUERIES[name]} statements", str(asked), asked <= QUERIES[name]))
    for name, most in BYTES.items():
        size = targets[name].bytes
        rows.append(Limit(f"{name}: at most {most:,} bytes of HTML", f"{size:,}", size <= most))
    view = found.first_view
    rows += [
        Limit("First view of an entry without fonts: at most 30 kB", _kilobytes(view.bytes), view.bytes <= 30_000),
        Limit(
            "The same with fonts: at most 90 kB",
            _kilobytes(view.bytes + view.fonts),
            view.bytes + view.fonts <= 90_000,
        ),
        Limit("Its requests: at most 10", str(view.requests), view.requests <= 10),
        Limit("Its requests to other hosts: none", str(view.elsewhere), view.elsewhere == 0),
        _most("Memory of all processes over a minimal Django's", _ratio(found.memory), 2.0, " ×"),
        _most("Cold start to the first 200 over a minimal Django's", _ratio(found.start), 2.5, " ×"),
        _most(
            f"{PUBLISHES} publishes: the last older answer after so many ms",
            1000 * max(found.seen_after),
            50,
        ),
    ]
    errors = sum(target.errors for target in found.targets if target.status == 200)
    return [*rows, Limit("Failed requests", str(errors), errors == 0)]


def _least(words, value, least):
    return Limit(f"{words}: at least {least}", f"{value:.3f}", value >= least)


def _most(words, value, most, unit=""):
    return Limit(f"{words}: at most {most}{unit}", f"{value:.2f}{unit}", value <= most)


def _ratio(sides):
    return sides["ours"] / sides["minimal"]


def report(found, rows, *, postgres, load):
    """The whole page as Markdown. `load` is the machine's before the run."""
    head = HEAD.format(
        workers=WORKERS, threads=THREADS, publications=PUBLICATIONS, rounds=ROUNDS, by_chance=ROUNDS_BY_CHANCE,
        some=SOME, seconds=SECONDS, before=load, **circumstances(postgres),
    )  # fmt: skip
    lines = [
        head,
        "| | Connections | Requests/s | Rate | p50 | p95 | p99 | × of bare's p50 | CPU | Bytes | Statements |",
        "|---" * 11 + "|",
        *(_line(target, connections, found) for target in found.targets for connections in CONNECTIONS),
        "",
        "| Must hold | Found | |",
        "|---|---|---|",
        *map(str, rows),
        "",
        f"Memory (PSS) of {WORKERS} processes and their parent after the load, without pages in memory: "
        f"{_megabytes(found.memory['ours'])}; of a minimal Django {_megabytes(found.memory['minimal'])}. "
        f"Cold start: {found.start['ours']:.2f} s; {found.start['minimal']:.2f} s. "
        f"After a publish the last older answer came {1000 * statistics.median(found.seen_after):.1f} ms later "
        f"(median), {1000 * max(found.seen_after):.1f} ms at most.",
    ]
    return "\n".join(lines) + "\n"


def _line(target, connections, found):
    times = " | ".join(f"{target.median(connections, name):.2f}" for name in ("p50", "p95", "p99"))
    ratios = f"{target.ratio(connections, 'p50'):.2f} | {target.ratio(connections, 'cpu'):.3f}"
    rate = f"{target.median(connections, 'rate'):,.0f} | {target.ratio(connections, 'rate'):.3f}"
    asked = found.queries.get(target.name, "0" if target.server == "cached" else "–")
    return f"| {target.name} | {connections} | {rate} | {times} | {ratios} | {target.bytes:,} | {asked} |"


def _kilobytes(number):
    return f"{number / 1000:.1f} kB"


def _megabytes(number):
    return f"{number / 1024 / 1024:.0f} MiB"
