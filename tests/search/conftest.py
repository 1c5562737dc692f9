"""A small index of made-up texts, in which no content app takes part; and a few pages and publications."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.publish import publish
from search import statistics
from search.documents import SearchDocument, SearchFile
from search.engine import Query, search
from search.indexing import index
from search.models import BestResult, Item
from search.suggestions import suggestions
from tests.conftest import save_page
from tests.drafts import save_draft
from tests.library import draft_work, organization, person, publish_work, topic


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


@pytest.fixture
def suggested():
    """A function that gives the texts suggested for what was typed."""

    def suggested(typed, language="en", **values):
        return [suggestion.text for suggestion in suggestions(typed, language, **values)]

    return suggested


@pytest.fixture
def partners(add):
    """A public item at /partners/."""
    add("Our partners", "Who works with schools", address="/partners/", key="p")
    return Item.objects.get(owner_key="p")


@pytest.fixture
def best(partners):
    """A best result: that item, for its own name."""
    row = BestResult(queries="partners", language="en")
    row.choose(partners)
    row.save()
    return row


@pytest.fixture(scope="module")
def content(kept_for_the_module):
    """A front page, another page, and three works, of which one is a draft."""
    save_page("Coalition for Community Schools", slug="home")
    publish(save_draft(save_page("Attendance"), summary="Why pupils stay away."))
    attendance, evaluation = topic("Attendance", label_es="Asistencia"), topic("Evaluation", label_es="Evaluación")
    blank = person("Blank", "Martin J.")
    coalition = organization("Coalition for Community Schools", is_ours=True)
    publish_work(
        "Every Day Counts",
        summary="On attendance in large districts.",
        issued_year=2009,
        work_kind="report",
        levels=["local"],
        topics=[attendance, evaluation],
        authors=[blank],
        publishers=[coalition],
    )
    publish_work("Counting Attendance", issued_year=1998, work_kind="guide", work_language="es", topics=[attendance])
    draft_work("Attendance unheard of", topics=[evaluation], work_kind="brief", issued_year=2021)
    statistics.refresh()
