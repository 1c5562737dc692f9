"""The commands besides `run` and `dev`."""

import itertools
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from local import LocalError
from local.environment import new_secret, setting, write_env_file
from local.locks import locked
from local.postgres import PROJECT, Cluster, find_binaries
from local.processes import Children, Stopped, stop_signals
from local.serve import collect_static, database


def manage(arguments: list[str]) -> int:
    """Run a manage.py command with the database in use; gives its exit status."""
    write_env_file()
    return _run_with_database(["manage.py", *arguments], {})


def test(arguments: list[str]) -> int:
    """Run pytest on a database server for tests; gives its exit status.

    The second of two runs at once gets TEST_DATABASE_NAME in its environment, the name of the database
    its tests make and drop; the first gets none and uses Django's own choice, `test_site`.
    """
    with _test_database_name() as name:
        environment = {"SITE_ENV": "local", "SECRET_KEY": new_secret()} | name
        return _run_with_database(["-m", "pytest", *arguments], environment, durable=False)


def bench(arguments: list[str]) -> int:
    """Run the benchmarks, or those named, on a database that they make and drop; gives the exit status.

    1: a limit is missed.
    """
    environment = {"SITE_ENV": "local", "SECRET_KEY": new_secret(), "LOG_LEVEL": "ERROR"}
    try:
        with (
            stop_signals(ctrl_c=False),
            database() as url,
            Children(environment | {"DATABASE_URL": url}) as children,
        ):
            with locked(PROJECT / ".local" / "prepare"):
                collect_static(children)
            return children.run("-m", "benchmarks", *arguments, foreground=True)
    except Stopped:
        return 143  # as after SIGTERM


def faults(arguments: list[str]) -> int:
    """Bring faults about on a site of its own, with a database of its own; gives the exit status.

    1: something that was expected did not hold.
    """
    environment = {"SITE_ENV": "local", "SECRET_KEY": new_secret()}
    try:
        with stop_signals(ctrl_c=False), Children(environment) as children:
            with locked(PROJECT / ".local" / "prepare"):
                collect_static(children)
            return children.run("-m", "tests.faults", *arguments, foreground=True)
    except Stopped:
        return 143  # as after SIGTERM


def reset() -> int:
    """Delete the local database and the uploaded files after asking; gives the exit status."""
    if setting("DATABASE_URL"):
        raise LocalError("DATABASE_URL is set: `reset` deletes only the database this project made itself.")
    cluster = Cluster(PROJECT / ".local", find_binaries())
    media = PROJECT / "media"
    if cluster.is_used():
        raise LocalError("The database is in use: stop `make run`, or what else uses it, first.")
    print(f"This deletes all content and accounts in {cluster.data} and all files in {media}.")
    if not _says_yes():
        print("Nothing was deleted.")
        return 1
    cluster.delete()
    if media.exists():
        shutil.rmtree(media)
    print("Deleted. `make run` begins anew.")
    return 0


def _says_yes() -> bool:
    try:
        return input("Type yes to go on: ").strip() == "yes"
    except (EOFError, KeyboardInterrupt):
        print()
        return False


def _run_with_database(command: list[str], environment: dict[str, str], durable: bool = True) -> int:
    try:
        with (
            stop_signals(ctrl_c=False),
            database(durable) as url,
            Children(environment | {"DATABASE_URL": url}) as children,
        ):
            return children.run(*command, foreground=True)
    except Stopped:
        return 143  # as after SIGTERM


@contextmanager
def _test_database_name() -> Iterator[dict[str, str]]:
    if "TEST_DATABASE_NAME" in os.environ:
        yield {}
        return
    for number in itertools.count(1):
        with locked(PROJECT / ".local" / f"test-run-{number}", wait=False) as mine:
            if mine:
                yield {} if number == 1 else {"TEST_DATABASE_NAME": f"test_site_{number}"}
                return
