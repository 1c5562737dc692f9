"""A search that would keep the server busy for minutes is given up."""

import pytest
from django.db import OperationalError, connection
from psycopg2.errors import QueryCanceled

from search import engine, suggestions
from tests.pages_as_sent import StrictClient


def sleep(*arguments):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(30)")


@pytest.fixture
def endless_counting(monkeypatch):
    monkeypatch.setattr(engine, "SECONDS", 0.05)
    monkeypatch.setattr(engine, "count_facets", sleep)


@pytest.mark.parametrize(
    "address", ["/search/?q=partners", "/es/search/?q=partners", "/resources/publications/?q=partners"]
)
def test_it_says_so_in_both_languages_and_what_to_do(client, make_page, count_words, endless_counting, address):
    make_page("Partners")
    count_words()
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 422
    assert "Add a rarer word" in html
    assert "Añada una palabra menos común" in html


def test_the_next_search_is_answered(client, make_page, count_words, endless_counting, monkeypatch):
    make_page("Partners")
    count_words()
    assert client.get("/search/?q=partners").status_code == 422
    monkeypatch.undo()
    assert client.get("/search/?q=partners").status_code == 200


def test_an_address_of_no_page_stays_404_where_the_search_for_its_words_takes_too_long(client, db, monkeypatch):
    monkeypatch.setattr(engine, "SECONDS", 0.05)
    monkeypatch.setattr(engine, "understand", sleep)
    assert client.get("/no-such-page/").status_code == 404


def test_nobody_waits_for_suggestions(db, monkeypatch):
    monkeypatch.setattr(suggestions, "SECONDS", 0.05)
    monkeypatch.setattr(suggestions, "_found", sleep)
    assert suggestions.suggestions("partners", "en") == []


def test_a_statement_that_is_ended_outside_of_the_search_is_no_search(db, monkeypatch):
    def ended(language):
        raise OperationalError("canceling statement due to user request") from QueryCanceled()

    monkeypatch.setattr("coalition_site.views.FrontPage.in_language", ended)
    assert StrictClient(raise_request_exception=False).get("/").status_code == 503
