"""A search that would keep the server busy for minutes is given up."""

import pytest
from django.db import connection

from search import engine


@pytest.fixture
def endless_counting(monkeypatch):
    def count(answer, plan, query):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(30)")

    monkeypatch.setattr(engine, "SECONDS", 0.05)
    monkeypatch.setattr(engine, "count_facets", count)


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
