"""nginx of this machine. Where there is none, what needs it is left out and that is said, as for the browser."""

import os
import shutil

import pytest

from benchmarks import servers
from tests.processes import say_at_the_end

NEEDED = ("nginx", "openssl")
FOLDERS = "/usr/sbin:/usr/local/sbin:/opt/homebrew/bin"  # not on everybody's path
LEFT_OUT = "The tests behind nginx were left out: there is no nginx here (apt install nginx-light openssl)."


def program(name):
    """The path of a program; None where there is none."""
    return shutil.which(name) or shutil.which(name, path=FOLDERS)


def pytest_collection_modifyitems(config, items):
    here = [item for item in items if item.path.name.startswith("test_nginx")]
    if not here or all(map(program, NEEDED)):
        return
    if os.environ.get("NGINX") == "required":
        raise pytest.UsageError("NGINX=required, but nginx or openssl is not here.")
    items[:] = [item for item in items if item not in here]
    config.hook.pytest_deselected(items=here)
    say_at_the_end(config, LEFT_OUT)


@pytest.fixture
def free_port():
    """A function that gives a port on which nobody listens."""
    return servers.free_port
