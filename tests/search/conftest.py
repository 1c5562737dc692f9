"""A small index of made-up texts; no content app takes part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from search import statistics
from search.documents import SearchDocument, SearchFile
from search.engine import Query, search
from search.indexing import index


@pytest.fixture
def add(db):
    """A function that indexes a public text: add("Attendance", "Why pupils stay away", language="en")."""
    keys = []

    def add(title, body="", *, days=-1, until=None, **values):
        key = values.pop("key", str(len(keys) + 1))
        keys.append(key)
        now = timezone.now()
        if pages := values.pop("pages", None):
            values["files"] = [SearchFile(lambda: pages)]
        defaults = {"kind": "page", "language": "en", "address": f"/{key}/"}
        document = SearchDocument(
            owner=("tests.text", key),
            title=title,
            body=body,
            published_at=now + timedelta(days=days),
            retired_at=None if until is None else now + timedelta(days=until),
            **(defaults | values),
        )
        index([document])

    return add


@pytest.fixture
def count_words(db):
    """What the worker does after publishing."""
    return statistics.refresh


@pytest.fixture
def titles(db):
    """A function that searches and gives the titles found, the best first."""

    def titles(text="", **values):
        return [hit.title for hit in search(Query(text, **values)).hits]

    return titles
