#!/usr/bin/env python3
"""Install a release and change over to it without a failed request; go back when it does not work.

    sudo python3 /srv/coalition/current/deploy/update.py FOLDER_OR_TAG
    sudo python3 /srv/coalition/current/deploy/update.py --back

FOLDER_OR_TAG: a folder with the code of the release, or a git tag of /srv/coalition/repository. It needs Python 3.11
and nothing else.

In /srv/coalition stand `releases/`, a folder for each with its own .venv; `current`, a link to the one that serves;
`site.env`, the settings. Readers notice nothing until the new release has been installed, checked, has migrated the
database, and has said of itself, beside the old one, that it is ready. Then `current` changes, and the site is started
anew: the socket of systemd lets readers wait for that moment. A release whose /readyz does not turn green, or whose
worker does not look for work, is left again. Where /readyz was red before, because of the worker or the disk, only the
web process is judged: the release may be the cure.

Going back leaves the database as it is: a migration must let the release before it go on working (docs/install.md).
"""

import argparse
import fcntl
import json
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from probe import READY, WEB_IS_READY, ask, is_ready, since

KEPT_RELEASES = 3
PATIENCE = 60  # seconds until /readyz has to be green


class Failed(Exception):
    """The update stops here; the text says what the office should know."""


@dataclass
class Place:
    """Where the site lives on this machine, and how it is started anew."""

    home: Path = Path("/srv/coalition")
    socket: Path = Path("/run/coalition/web.sock")
    account: str = "coalition"  # everything of a release is done and owned by it, not by root
    services: tuple[str, ...] = ("coalition-web.service", "coalition-worker.service")
    python: str = sys.executable
    patience: float = PATIENCE

    @property
    def current(self):
        return self.home / "current"

    @property
    def releases(self):
        return self.home / "releases"

    def run(self, *command, cwd, **files):
        """Run a step as the site's account; its output is shown, where `files` say nothing else. Raises Failed."""
        options = {"stdin": subprocess.DEVNULL} | files | self.as_account()
        done = subprocess.run([str(word) for word in command], cwd=cwd, **options)
        if done.returncode:
            raise Failed(f"This step failed; its reason is above: {' '.join(map(str, command[:6]))}")

    def as_account(self):
        """What subprocess needs to run something as the site's account; nothing where this is no root's process."""
        if os.geteuid() != 0:
            return {}
        try:
            found = pwd.getpwnam(self.account)
        except KeyError:
            raise Failed(f"There is no account “{self.account}” on this machine; docs/install.md makes it.") from None
        home = {"HOME": str(self.home)}  # where git and pip look for settings and keep copies
        owner = {"user": found.pw_uid, "group": found.pw_gid, "extra_groups": [], "umask": 0o022}
        return owner | {"env": os.environ | home}

    def start_anew(self):
        """Start web and worker anew with the code of `current`; waits until the worker before has ended.

        Gives a moment (Unix time) after which only the new worker looks for work. Raises Failed.
        """
        for service in self.services:
            if subprocess.run(["systemctl", "restart", service]).returncode:
                raise Failed(f"The site could not be started anew: journalctl -u {service} says why.")
        return time.time()


def say(text):
    print(text, flush=True)


def install(place, source, folder):
    """Put the code of `source`, a folder or a tag, into `folder`, with its packages and the settings. Raises Failed."""
    say(f"Installing {source} in {folder} …")
    place.run("mkdir", "-p", folder, cwd=place.home)
    if Path(source).is_dir():
        packed = ["tar", "-C", source, "--exclude=./.git", "--exclude=./.venv", "--exclude=./.local", "-cf", "-", "."]
        owner = {}  # it may lie where the site's account cannot look
    else:
        packed = ["git", "-C", place.home / "repository", "archive", "--format=tar", f"refs/tags/{source}"]
        owner = place.as_account()  # git reads no repository of another's
    with tempfile.TemporaryFile() as archive:
        if subprocess.run(packed, stdout=archive, **owner).returncode:
            raise Failed(f"{source} is neither a folder nor a tag of {place.home / 'repository'}.")
        archive.seek(0)
        place.run("tar", "-xf", "-", "--no-same-owner", cwd=folder, stdin=archive)
    install_packages(place, folder)
    place.run("ln", "-sfn", place.home / "site.env", folder / ".env", cwd=folder)


def install_packages(place, folder):
    """A virtual environment of its own, with exactly the packages that the release names, by their hashes."""
    place.run(place.python, "-m", "venv", folder / ".venv", cwd=folder)
    pip = [folder / ".venv/bin/python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    place.run(*pip, "--require-hashes", "--only-binary", ":all:", "-r", "requirements.txt", cwd=folder)


def prepare(place, folder):
    """Check settings and code, collect static files: what can go wrong before anything that readers see is touched."""
    manage = [folder / ".venv/bin/python", "manage.py"]
    say("Checking …")
    place.run(*manage, "check", "--deploy", "--fail-level", "WARNING", cwd=folder)
    place.run(*manage, "work", "--help", cwd=folder, stdout=subprocess.DEVNULL)  # loads what the worker loads
    keep_static_files_of_before(place, folder)
    place.run(*manage, "collectstatic", "--no-input", "-v", "0", cwd=folder)


def migrate(place, folder):
    say("Migrating the database …")
    place.run(folder / ".venv/bin/python", "manage.py", "migrate", "--no-input", cwd=folder)


def keep_static_files_of_before(place, folder):
    """Pages that readers and caches hold name the style sheets and scripts of the release before, by their hashes."""
    before = place.current / "static_collected"
    manifest = before / "staticfiles.json"
    if not manifest.exists():
        return
    names = json.loads(manifest.read_text())["paths"].values()
    there = [f"{name}{end}" for name in names for end in ("", ".gz", ".br") if (before / f"{name}{end}").is_file()]
    place.run("mkdir", "-p", folder / "static_collected", cwd=folder)
    place.run("cp", "--parents", "-t", folder / "static_collected", *there, cwd=before)


@contextmanager
def started_beside(place, folder):
    """The release, serving on a socket that nobody knows; gives the socket's path and the process."""
    with tempfile.TemporaryDirectory(prefix="coalition-") as given:
        if options := place.as_account():
            os.chown(given, options["user"], options["group"])
        path = Path(given) / "web.sock"
        command = [folder / ".venv/bin/python", "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        command += ["--workers", "1", "--bind", f"unix:{path}"]
        server = subprocess.Popen(command, cwd=folder, **place.as_account())
        try:
            yield path, server
        finally:
            server.terminate()
            server.wait()


def wait_until_ready(place, path, address=READY, server=None):
    """Ask at a socket until `address`, one of deploy/probe.py, is green.

    Raises Failed with its last answer when that takes too long, and at once when the process `server` has ended.
    """
    deadline = time.monotonic() + place.patience
    answer = "nothing"
    while time.monotonic() < deadline:
        if server and server.poll() is not None:
            raise Failed("It ended by itself; its reason is above.")
        try:
            status, answer = ask(path, address)
            if status == 200:
                return
        except OSError as error:
            answer = str(error)
        time.sleep(0.2)
    raise Failed(
        f"{address} did not turn green within {place.patience:g} seconds; it said: {answer.strip()}\n"
        "journalctl -u coalition-web -u coalition-worker says more."
    )


def change_to(place, folder):
    """Let `current` lead to a release, in one step, and start the site anew; gives the moment of `start_anew`."""
    link = place.home / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(folder)
    link.replace(place.current)
    return place.start_anew()


def change_and_wait(place, folder, address):
    """Change to a release and wait until it is ready, its worker too where that is asked for. Raises Failed."""
    moment = change_to(place, folder)
    # It looks for work as soon as it is loaded, and only then begins a task that may take long.
    wait_until_ready(place, place.socket, since(moment) if address == READY else address)


def change_or_go_back(place, folder):
    """Change to a release; where it does not turn green, to the one before. Raises Failed then."""
    before = place.current.resolve() if place.current.is_symlink() else None
    address = READY
    if before and not is_ready(place.socket):
        say("The site was not ready before, so only the web process is judged. Health says what else is wrong.")
        address = WEB_IS_READY
    say("Changing over …")
    try:
        change_and_wait(place, folder, address)
    except Failed as error:
        if not before:
            raise
        say(f"{error}\nGoing back to {before.name} …")
        change_and_wait(place, before, address)
        raise Failed(f"{folder.name} was left again; {before.name} serves as before.") from None


def update(place, source):
    """Install, check and change to the release `source`. Raises Failed where the one before serves on."""
    folder = place.releases / f"{time.strftime('%Y-%m-%d-%H%M%S')}-{Path(source).name}"
    left = "Nothing was changed."
    try:
        install(place, source, folder)
        prepare(place, folder)
        left = "What served before serves on; the tables of the database may be those of the new release already."
        migrate(place, folder)
        say("Starting it where nobody sees it …")
        with started_beside(place, folder) as (path, server):
            wait_until_ready(place, path, WEB_IS_READY, server)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        say(left)
        raise
    try:
        change_or_go_back(place, folder)
    except Failed:
        if folder != place.current.resolve():  # or --back would lead to it one day
            shutil.rmtree(folder, ignore_errors=True)
        raise
    delete_old_releases(place)
    say(f"{folder.name} serves.")


def go_back(place):
    """Change to the release before the current one."""
    current = place.current.resolve()
    earlier = [folder for folder in sorted(place.releases.iterdir()) if folder.name < current.name]
    if not earlier:
        raise Failed("There is no earlier release on this machine.")
    change_or_go_back(place, earlier[-1])
    say(f"{earlier[-1].name} serves.")


def delete_old_releases(place):
    for folder in sorted(place.releases.iterdir())[:-KEPT_RELEASES]:
        if folder != place.current.resolve():
            shutil.rmtree(folder)


@contextmanager
def alone(place):
    """One update at a time. Raises Failed while another runs."""
    with (place.home / "update.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Failed("Another update runs at the moment.") from None
        yield


def main(arguments, place=None):
    """The exit status: 0, the release serves; 1, the one before does, and what was printed says why."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    wanted = parser.add_mutually_exclusive_group(required=True)
    wanted.add_argument("release", nargs="?", help="a folder, or a tag of the repository")
    wanted.add_argument("--back", action="store_true", help="change to the release before")
    options = parser.parse_args(arguments)
    place = place or Place()
    try:
        with alone(place):
            go_back(place) if options.back else update(place, options.release)
    except (Failed, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
