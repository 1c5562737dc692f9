"""In how many processes the tests run: a whole run in one for each core, a few files in this one alone.

Every process has a database, a folder for uploads and a browser of its own, so no test knows of the others.
"""

import gc
import os
from pathlib import Path

import pytest

ENOUGH = 12  # files with tests; for fewer, starting another process takes longer than it saves

# Django makes so many objects that looking for garbage at Python's own pace takes a tenth of a run.
gc.set_threshold(50_000, 20, 50)

last_words = pytest.StashKey[set[str]]()


def pytest_xdist_auto_num_workers(config):
    """What `-n auto` of pyproject.toml means here. `make test ARGS=-n0` has one process all the same."""
    if config.option.keyword or sum(map(files_with_tests, config.args)) < ENOUGH:
        return 0
    return None  # as many as pytest-xdist would take


def pytest_collection_modifyitems(config, items):
    """Leave what takes long to `make test-deep`, and say so."""
    long = [item for item in items if item.get_closest_marker("deep")]
    if os.environ.get("TESTS") == "deep" or not long:
        return
    items[:] = [item for item in items if not item.get_closest_marker("deep")]
    config.hook.pytest_deselected(items=long)
    say_at_the_end(config, f"{len(long)} tests that take long were left to make test-deep.")


def pytest_collection_finish():
    """The modules and the tests stay to the end: nobody needs to look for garbage among them."""
    gc.collect()
    gc.freeze()


def files_with_tests(argument):
    """How many files an argument of pytest names: a folder, a file or a test of one."""
    path = Path(argument.partition("::")[0])
    return len(list(path.rglob("test_*.py"))) if path.is_dir() else 1


def say_at_the_end(config, line):
    """Print a line below the summary of the run, once, whatever the number of processes that say it."""
    if hasattr(config, "workeroutput"):
        config.workeroutput.setdefault("last_words", []).append(line)
    else:
        config.stash.setdefault(last_words, set()).add(line)


def pytest_testnodedown(node):
    for line in getattr(node, "workeroutput", {}).get("last_words", []):
        say_at_the_end(node.config, line)


def pytest_terminal_summary(terminalreporter, config):
    for line in config.stash.get(last_words, ()):
        terminalreporter.write_line(line)
