"""`python -m tests.faults`: bring the faults about, print what happened, write docs/benchmarks/faults.md.

`make faults` calls it. With names of faults it brings about those alone; `fuzz` is the bad input alone; neither writes
the page. FUZZ=2000 in the environment: so many requests of bad input, in place of 50,000; FUZZ=0: none.

Exit status 1: something that was expected did not hold.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path

import django

from tests.faults.machine import Machine, wait_until

SMALL_DISK = "size=700m"
CALM = 4  # seconds after which a fault is judged
FUZZ = [sys.executable, "-m", "tests.faults.fuzz"]  # a process of its own, for it has settings of its own


def main(names):
    with small_disk() as folder:
        machine = Machine(folder)
        os.environ |= machine.environment
        try:
            if names == ["fuzz"]:
                return subprocess.run(FUZZ).returncode
            # Before the load: it would slow readers down.
            bad_input = None if names else send_bad_input()
            django.setup()
            from tests.faults import report

            found = bring_about(machine, names)
            text = report.report(*found, bad_input.stdout if bad_input else "")
            print(text)
            if not names:
                (Path("docs") / "benchmarks" / "faults.md").write_text(text, encoding="utf-8")
            holds = report.holds(*found) and not (bad_input and bad_input.returncode)
            return 0 if holds else 1
        finally:
            machine.stop()


def send_bad_input():
    """What the process of bad input says, and how it ended."""
    if os.environ.get("FUZZ") == "0":
        return subprocess.CompletedProcess(FUZZ, 0, stdout="Requests made up by Hypothesis: left out (FUZZ=0).")
    return subprocess.run(FUZZ, stdout=subprocess.PIPE, text=True)


def bring_about(machine, names):
    """Prepare the site, bring about each fault under load, look at what is left; gives outcomes and checks."""
    from tests.faults import causes, rough
    from tests.faults.checks import checks
    from tests.faults.load import KNOWN, Load

    machine.manage("migrate", "--no-input", "-v", "0")
    machine.manage("load_starting_content")
    page, machine.cookie = prepare()
    machine.start()
    load = Load(machine, page, machine.cookie, (*KNOWN, *some_addresses()))
    load.start()
    try:
        time.sleep(CALM)
        outcomes = []
        for fault in causes.FAULTS:
            if names and fault.__name__ not in names:
                continue
            print(f"{fault.__doc__} …", flush=True)
            outcomes.append(one(machine, load, fault))
            print(outcomes[-1], flush=True)
        rough_answers = rough.send_all(machine)
    finally:
        load.end()
    from resources.models import StoredFile

    with suppress(AssertionError):  # the checks tell
        wait_until(lambda: not StoredFile.objects.unread().exists(), 120)
    return outcomes, rough_answers, checks(load)


def one(machine, load, fault):
    from django.db import connection

    from tests.faults.outcome import Outcome

    with suppress(AssertionError):  # a busy machine: the log shows it
        wait_until(load.is_warm)
    ended, is_done = [], True
    began, first = time.monotonic(), len(load.asked)
    try:
        note = fault(machine, lambda: ended.append(time.monotonic()))
    except AssertionError as error:
        note, is_done = str(error), False
    time.sleep(CALM)
    connection.close()  # this process asks too, and its connection may have died of the fault
    return Outcome(fault, note, began, ended[-1] if ended else time.monotonic(), load.asked[first:], is_done)


def prepare():
    """A page to edit, and the cookie of somebody who may."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    from publishing.publish import ensured_revision
    from tests.conftest import fill_with_blocks, save_page

    page = save_page("Written on every second")
    fill_with_blocks(page)
    ensured_revision(page)
    browser = Client()
    browser.force_login(get_user_model().objects.create_superuser("editor"))
    return page, f"sessionid={browser.cookies['sessionid'].value}; csrftoken={'t' * 32}"


def some_addresses():
    """Of an entry, a record and a question."""
    from blog.models import Entry
    from faq.models import Question
    from resources.models import Publication

    return [model.objects.public().first().get_absolute_url() for model in (Entry, Publication, Question)]


@contextmanager
def small_disk():
    """A folder on a small disk of its own, where this machine lets us mount one."""
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"{SMALL_DISK},mode=755", "tmpfs", name], capture_output=True
        )
        try:
            yield folder
        finally:
            if not mounted.returncode:
                subprocess.run(["umount", "--lazy", name], check=True)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that all it has started is stopped
    sys.exit(main(sys.argv[1:]))
