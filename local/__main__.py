"""`python -m local COMMAND`: what the Makefile calls."""

import sys

from local import LocalError, audit, commands, serve

USAGE = """\
python -m local COMMAND

  run               the site as in production, on http://localhost:8000 (or PORT)
  dev               the same with Django's server, which reloads changed code
  test [ARGS…]      pytest, on a database server for tests
  bench [NAME…]     the benchmarks, on a database that they make and drop
  faults [NAME…]    faults on purpose, on a site of its own
  manage ARGS…      a manage.py command, with the database running
  audit             look up known holes in the packages
  reset             delete the local database and uploaded files, after asking
"""


def main(arguments: list[str]) -> int:
    """Run the command that `arguments` names; gives the exit status (2: no such command)."""
    name, rest = (arguments or [""])[0], arguments[1:]
    alone = {"run": serve.run, "dev": serve.dev, "reset": commands.reset, "audit": audit.audit}
    passing_on = {
        "test": commands.test,
        "bench": commands.bench,
        "faults": commands.faults,
        "manage": commands.manage,
    }
    try:
        if name in passing_on:
            return passing_on[name](rest)
        if name in alone and not rest:
            return alone[name]()
    except LocalError as error:
        print(error, file=sys.stderr)
        return 1
    print(USAGE, end="", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
