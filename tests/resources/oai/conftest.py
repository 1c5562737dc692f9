"""Asking the provider, at moments of a test's own."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.resources.oai.replies import Reply

ID = "oai:www.example.org:publications/"
FIRST = datetime(2026, 3, 1, 12, 0, 0, 500_000, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _mail(settings):
    settings.DEFAULT_FROM_EMAIL = "The Coalition <office@example.org>"


@pytest.fixture
def ask(client, db):
    """A function that asks the provider and judges the form of what comes back: ask("GetRecord", identifier=…)."""

    def get(verb, **arguments):
        from_ = {"from": arguments.pop("since")} if "since" in arguments else {}
        return Reply(client.get("/oai", {"verb": verb} | from_ | arguments))

    return get


@pytest.fixture
def keys(ask):
    """A function that gives the keys of a whole list, through all its parts; those of deleted works are negative."""

    def collect(**arguments):
        reply = ask("ListIdentifiers", metadataPrefix="oai_dc", **arguments)
        found = reply.keys
        while reply.token:
            reply = ask("ListIdentifiers", resumptionToken=reply.token)
            found += reply.keys
        return found

    return collect


@pytest.fixture
def at(clock):
    """A function that sets the clock some days and seconds after the first moment."""

    def set_to(days=0, seconds=0):
        clock(FIRST + timedelta(days=days, seconds=seconds))

    return set_to
