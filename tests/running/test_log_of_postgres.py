"""The log of Postgres, as docs/install.md sets it up and on a developer's machine: no word of a reader."""

import re
from contextlib import closing

import psycopg2
import pytest
from django.conf import settings

from local.postgres import PROJECT

LOG = PROJECT / ".local" / "test-postgres.log"
PLACE = settings.DATABASES["default"]
PAGE = (settings.BASE_DIR / "docs" / "install.md").read_text()
FAULTS = {
    "a search that takes too long": "SET statement_timeout = 20; SELECT pg_sleep(5), '{words}'",
    "a form that is sent twice": "SELECT '{words}' AS mail INTO TEMP forms; CREATE UNIQUE INDEX ON forms (mail); "
    "INSERT INTO forms SELECT mail FROM forms",
    "words in place of a number": "SELECT '{words}'::integer",
    "a restart of Postgres": "SELECT '{words}', pg_terminate_backend(pg_backend_pid()), pg_sleep(5)",
}


pytestmark = pytest.mark.skipif(
    not str(PLACE["HOST"]).startswith("/") or not LOG.exists(), reason="The log of this Postgres is not here."
)


def run(role, statement):
    with closing(psycopg2.connect(host=PLACE["HOST"], port=PLACE["PORT"], user=role, dbname="postgres")) as own:
        own.autocommit = True
        own.cursor().execute(statement)


def said(role, words):
    """What the log says while `role` runs into all faults with some words."""
    before = LOG.stat().st_size
    for fault in FAULTS.values():
        with pytest.raises(psycopg2.Error):
            run(role, fault.format(words=words))
    return LOG.read_bytes()[before:].decode()


@pytest.fixture
def role():
    """A role that has everything as Postgres has it."""
    run(PLACE["USER"], "DROP ROLE IF EXISTS of_a_test")  # a run may have been killed
    run(PLACE["USER"], "CREATE ROLE of_a_test LOGIN")
    yield "of_a_test"
    run(PLACE["USER"], "DROP ROLE of_a_test")


def test_the_page_of_instructions_keeps_the_words_of_readers_out_of_it(role):
    assert said(role, "typed-before").count("typed-before") > len(FAULTS), "else there is nothing to keep out"
    lines = re.findall(r"ALTER ROLE coalition SET [^\"]+", PAGE)
    for line in lines:
        run(PLACE["USER"], line.replace("coalition", role))
    found = said(role, "typed-after")
    assert len(lines) == 2 and "typed-after" not in found
    assert "terminating connection" in found, "what has to do with the server is told as before"


def test_it_is_the_same_on_a_developers_machine():
    assert "typed-at-home" not in said(PLACE["USER"], "typed-at-home")
