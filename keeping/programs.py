"""pg_dump and pg_restore: where they are, whether they are new enough, how they are called."""

import os
import re
import shutil
import subprocess
from operator import itemgetter
from pathlib import Path

from django.db import connection

from keeping.errors import Refused
from keeping.program_folders import candidate_folders

# What Django gives to the driver → what the programs read. Never on a command line, which every user of a machine sees.
VARIABLES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "service": "PGSERVICE",
    "passfile": "PGPASSFILE",
    "options": "PGOPTIONS",
    "connect_timeout": "PGCONNECT_TIMEOUT",
}


def server_major():
    """The major version of the server, such as 18."""
    return connection.pg_version // 10_000


def find(name, at_least):
    """Pair (path, major version) of a program of Postgres, of this version or newer. Raises Refused.

    The oldest that will do: what newer ones write, an older server may not understand.
    """
    on_path = shutil.which(name)
    folders = [*candidate_folders(), *([Path(on_path).parent] if on_path else [])]
    found = [(folder / name, major) for folder in folders if (major := _major(folder / name))]
    good = [(program, major) for program, major in found if major >= at_least]
    if good:
        return min(good, key=itemgetter(1))
    advice = f"Install it, on Debian by: apt install postgresql-client-{at_least}"
    if found:
        old = "; ".join(f"{program} is of version {major}" for program, major in found)
        raise Refused(f"{name} {at_least} or newer is needed, as the server has; {old}. {advice}")
    raise Refused(f"{name} was not found on this machine; {at_least} or newer is needed, as the server has. {advice}")


def _major(program):
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True)
    except OSError:
        return None
    version = re.search(r"\) (\d+)", done.stdout)
    return int(version[1]) if version else None


def environment():
    """The environment in which a program finds the database of the site's own connection."""
    given = connection.get_connection_params()
    named = {VARIABLES[name]: str(value) for name, value in given.items() if name in VARIABLES and value}
    return os.environ | named | {"LC_ALL": "C"}


def reason(errors):
    """Why a program failed, as the first line says in its file of errors."""
    errors.seek(0)
    lines = errors.read().decode(errors="replace").strip().splitlines()
    return next((line for line in lines if "error:" in line), lines[-1] if lines else "it gave no reason.")
