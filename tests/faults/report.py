"""The log in words: on the terminal, and in docs/benchmarks/faults.md with date and machine load."""

import os
import platform

import django
from django.db import connection
from django.utils import timezone

from tests.faults.load import BESIDE, KNOWN, READERS

HEAD = """\
# Faults on purpose

Written by `make faults`. The whole site as on a server, with threads in place of systemd: Postgres, gunicorn (two
processes) behind a socket that stays open, the worker{nginx}.
All the time {readers} readers ask for {known} pages and feeds, one more searches for words that nobody has searched
for, and an editor saves a draft once a second through the form of the admin and publishes every fifth. {beside} further
readers ask at the site's own socket, without nginx: they lose what a killed process had in its hands.

A failure is any answer but the page: another status, a connection cut off, another page. Recovery: seconds after the
cause has ended at which the last request began that failed, whoever sent it. Slowest: of the readers.

{when}; Python {python}, Django {django}, PostgreSQL {postgres}.
Load of the machine, over one minute: {load:.1f} at the end, on {cores} cores.

The clock is not set back here, for others use this machine: what the site does then is in
`tests/coalition_site/page_cache/`.

"""
COLUMNS = (
    "Fault", "Requests", "Readers: failed", "New pages: failed", "At the socket: failed", "Saves answered", "Not",
    "Recovery", "Slowest", "",
)  # fmt: skip


def report(outcomes, rough, checks, bad_input):
    head = HEAD.format(
        nginx=" and nginx with the file of `deploy/`" if any("nginx" in words for words, *_rest in rough) else "",
        readers=READERS, known=len(KNOWN) + 3, beside=BESIDE,
        when=timezone.localtime().strftime("%B %-d, %Y, %H:%M %Z"),
        python=platform.python_version(), django=django.__version__, postgres=_version(), load=os.getloadavg()[0],
        cores=os.cpu_count(),
    )  # fmt: skip
    lines = [head, f"| {' | '.join(COLUMNS)} |", "|---" * len(COLUMNS) + "|", *map(_row, outcomes), ""]
    lines += [f"- {outcome.fault.__doc__}: {outcome.note}" for outcome in outcomes if outcome.note]
    lines += ["", "| In the end | Found | |", "|---|---|---|"]
    lines += [f"| {check.words} | {check.found} | {_holds(check.holds)} |" for check in checks]
    wrong = [f"{words} ({status})" for words, status, is_well in rough if not is_well]
    lines += ["", "## Bad input", "", bad_input.strip(), ""]
    lines.append(
        f"Below HTTP's own rules, at gunicorn's socket and through nginx: {len(rough)} requests, {len(wrong)} "
        f"answered in another way than refused or ignored{': ' if wrong else ''}{'; '.join(wrong)}. Statuses: "
        + "; ".join(f"{words}: {status or 'hung up'}" for words, status, _is_well in rough)
        + "."
    )
    return "\n".join(lines) + "\n"


def holds(outcomes, rough, checks):
    return (
        not any(outcome.faults for outcome in outcomes)
        and all(check.holds for check in checks)
        and all(is_well for _words, _status, is_well in rough)
    )


def _row(outcome):
    verdict = _holds(not outcome.faults, "; ".join(outcome.faults))
    saves = [not one.fault for one in outcome.of("editor")]
    failed = " | ".join(_failures(outcome.failures(who)) for who in ("reader", "newcomer", "socket"))
    return (
        f"| {outcome.fault.__doc__} | {len(outcome.asked):,} | {failed} | {sum(saves)} | {len(saves) - sum(saves)} | "
        f"{outcome.recovery:.1f} s | {outcome.slowest:.1f} s | {verdict} |"
    )


def _failures(kinds):
    return ", ".join(f"{times} × {kind}" for kind, times in kinds.items()) or "0"


def _holds(holds, why=""):
    return "holds" if holds else f"**missed**{': ' if why else ''}{why}"


def _version():
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return cursor.fetchone()[0].split()[0]
