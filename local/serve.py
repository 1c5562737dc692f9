"""The site on this machine: its database, its web server, until Ctrl-C."""

import http.client
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from local import LocalError
from local.environment import port, setting, write_env_file
from local.locks import locked
from local.postgres import PROJECT, Cluster, find_binaries
from local.processes import Children, Stopped, stop_signals
from local.static import fingerprint, is_collected, note_collected

HOST = "127.0.0.1"
MIGRATE = ("migrate", "--no-input", "-v", "0")
LOAD = ("load_starting_content",)
COLLECT = ("collectstatic", "--no-input", "-v", "0")


def run() -> int:
    """Serve the site as in production, with gunicorn; gives the exit status."""
    web = ("-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--workers", "2", "--bind", f"{HOST}:{port()}")
    quiet = ("--log-level", "warning", "--graceful-timeout", "5")
    return _serve(web + quiet, {}, collect=True)


def dev() -> int:
    """Serve the site with Django's own server, which reloads changed code; gives the exit status."""
    server = ("manage.py", "runserver", f"{HOST}:{port()}")
    # In the foreground, so that a breakpoint() can read the terminal.
    return _serve(server, {"DEBUG": setting("DEBUG") or "1"}, foreground=True)


@contextmanager
def database(durable: bool = True) -> Iterator[str]:
    """A database to use inside the block, as a DATABASE_URL: the one that is set, else the project's own."""
    if given := setting("DATABASE_URL"):
        yield given
        return
    with Cluster(PROJECT / ".local", find_binaries(), durable=durable).in_use() as cluster:
        yield cluster.url()


def _serve(
    web: tuple[str, ...],
    environment: dict[str, str],
    collect: bool = False,
    foreground: bool = False,
) -> int:
    """Prepare the database, then run the web server, whose arguments of python are `web`, and the worker beside it."""
    number = port()
    _refuse_taken_port(number)
    if write_env_file():
        print("Wrote .env, the settings of this copy of the site.", flush=True)
    try:
        with stop_signals():
            print("Starting the database and the site …", flush=True)
            given = {"PORT": str(number)} | environment
            with database() as url, Children(given | {"DATABASE_URL": url}) as children:
                _prepare(children, collect)
                children.start(*web, foreground=foreground)
                children.start("manage.py", "work")
                ended = children.first_ended(meanwhile=_announcement(number))
                raise LocalError(f"{' '.join(ended.args[1:3])} ended by itself; its reason is above.")
    except Stopped:
        return 0


def _prepare(children: Children, collect: bool) -> None:
    # Two at once, `make run` beside `make dev`, would both make the tables.
    with locked(PROJECT / ".local" / "prepare"):
        _manage(children, MIGRATE)
        _manage(children, LOAD)
        if collect:
            collect_static(children)


def collect_static(children: Children) -> None:
    """Collect and compress the static files, unless those collected last are the same."""
    if not is_collected(now := fingerprint()):
        _manage(children, COLLECT)
        note_collected(now)


def _manage(children: Children, step: tuple[str, ...]) -> None:
    if children.run("manage.py", *step):
        raise LocalError(f"manage.py {step[0]} failed; its reason is above.")


def _refuse_taken_port(number: int) -> None:
    with closing(socket.socket()) as probe:
        # As the web server does it: the remains of closed connections do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, number))
        except OSError as error:
            raise LocalError(
                f"Port {number} cannot be used ({error.strerror}): stop what uses it, or choose another, "
                f"as in PORT={number % 65535 + 1} make run."
            ) from None


def _announcement(number: int) -> Callable[[], None]:
    """A function that says once, as soon as the site answers, where it is."""
    said = False

    def announce() -> None:
        nonlocal said
        if not said and _answers(number):
            said = True
            print(f"\n  The site:            http://localhost:{number}/", flush=True)
            print("  A staff account:     make staff   (in another terminal)")
            print("  To stop:             Ctrl-C\n", flush=True)

    return announce


def _answers(number: int) -> bool:
    with closing(http.client.HTTPConnection(HOST, number, timeout=30)) as connection:
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            return False
    return True
