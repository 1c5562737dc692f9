"""The address of the suggestions: JSON, whatever is typed or sent."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.documents import SearchDocument
from search.indexing import index
from search.models import Item
from search.suggestions import MOST, suggestions
from tests.search.test_any_text import DEEP, texts

ADDRESS = "/search/suggestions.json"


@settings(max_examples=1500 if DEEP else 60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, language=st.sampled_from(["en", "es", "es-MX", "xx", ""]))
@example(text="½ n", language="en")
@example(text="nurse " * 33, language="en")
def test_any_text_is_answered(add, count_words, text, language):
    if not Item.objects.exists():
        add("Nurses", "A nurse at school: ½ of a fish")
        add("Educación", "La escuela de los niños", language="es")
        count_words()
    assert len(suggestions(text, language)) <= MOST


@pytest.mark.parametrize("text", ["s" * 201, "s " * 101, "\0" * 9, "", "  ", "%", "_", "…", "\\"])
def test_endless_and_wordless_texts_get_no_suggestions(add, suggested, text):
    add("Schools %s _ \\")
    with CaptureQueriesContext(connection) as captured:
        assert suggested(text) == []
    assert len(captured) == 0


def test_the_address_answers_as_json(add, count_words, client):
    add("Attendance works", "attendance", address="/attendance/")
    count_words()
    response = client.get(ADDRESS, {"q": "atten"})
    assert response.json() == {
        "query": "atten",
        "suggestions": [
            {"text": "attendance", "kind": "Search", "language": "en", "address": ""},
            {"text": "Attendance works", "kind": "tests.text", "language": "en", "address": "/attendance/"},
        ],
    }
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "public, max-age=5"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies and "Cookie" not in response.get("Vary", "")


def test_kinds_are_said_in_the_language_of_the_page(add, count_words, client):
    document = SearchDocument(
        owner=("pages.page", "1"), kind="page", language="en", title="Attendance", address="/a/", body="attendance",
        published_at=timezone.now(),
    )  # fmt: skip
    index([document])
    count_words()
    kinds = {language: [one["kind"] for one in client.get(language + ADDRESS, {"q": "atten"}).json()["suggestions"]]
             for language in ("", "/es")}  # fmt: skip
    assert kinds == {"": ["Search", "Page"], "/es": ["Buscar", "Página"]}


@pytest.mark.parametrize("query", ["", "?q=", "?q=" + "x" * 201, "?x=1&q=%20", "?q=zzz&page=abc"])
def test_wrong_values_are_ignored(db, client, query):
    response = client.get(ADDRESS + query)
    assert (response.status_code, response.json()["suggestions"]) == (200, [])


@pytest.mark.parametrize("query", ["?q=%00", "?q=%ff", "?q=" + "x" * 5000])
def test_malformed_or_endless_bytes_are_refused(db, client, query):
    assert client.get(ADDRESS + query).status_code == 400


def test_the_address_is_for_reading_only(db, client):
    assert client.head(ADDRESS + "?q=a").status_code == 200
    assert client.post(ADDRESS, {"q": "a"}).status_code == 405
