"""Search inside a work: words and pages of its files."""

import pytest

from resources import inside
from resources.tasks import read_file
from search import statistics
from tests.library import publish_work
from tests.resources.conftest import take
from tests.resources.pdfs import pdf

ADDRESS = "/resources/publications/evaluation-toolkit/files/evaluation-toolkit.pdf"


@pytest.fixture
def work(kept_work):
    return kept_work


def test_words_are_found_inside_the_file(client, work):
    html = client.get(work.get_absolute_url(), {"in": "attendance"}).content.decode()
    assert "2 pages with attendance" in html
    assert f'href="{ADDRESS}#page=3"' in html
    assert "<mark>Attendance</mark>" in html
    assert "page 2" not in html


@pytest.mark.parametrize(
    ("asked", "pages"),
    [
        ("attending", [1, 3]),
        ("atténdance fell", [3]),
        ('"first year"', [1]),
        ('"year first"', []),
        ("attendance -nowhere", [1]),
        ("families OR nowhere", [2, 3]),
        ("attendance families", []),
        ("unheard", []),
    ],
)
def test_words_inside_are_understood_as_everywhere(work, asked, pages):
    assert [hit.number for hit in inside.search(work, asked).hits] == pages


def test_a_long_file_asks_as_little_as_a_short_one(work, django_assert_num_queries):
    stored = take(pdf([f"Attendance, page {number}" for number in range(60)]), "long.pdf")
    read_file.func(stored.pk)
    long = publish_work("Long", files=[stored], work_language="en")
    with django_assert_num_queries(9):
        assert inside.search(work, "attendance").strip == {"count": 3, "numbers": [1, 3]}
    with django_assert_num_queries(9):
        found = inside.search(long, "attendance")
    assert (len(found.hits), found.is_cut) == (50, True)


def test_a_passage_says_the_language_of_its_file(client, db):
    stored = take(pdf(["La asistencia de las familias"]))
    read_file.func(stored.pk)
    work = publish_work("Every Family", files=[stored], work_language="es")
    statistics.refresh()
    passage = '<span lang="es">La asistencia de las <mark>familias</mark></span>'
    for address, asked in ((work.get_absolute_url(), "in"), ("/search/", "q")):
        assert passage in client.get(address, {asked: "familias"}).content.decode()


@pytest.mark.parametrize("asked", ["", "!!!", "a" * 300, '"', "((", "<script>", "-", "\u202e", "%%", "a & | !b:*"])
def test_any_words_can_be_asked_inside(client, work, asked):
    response = client.get(work.get_absolute_url(), {"in": asked})
    assert response.status_code == 200
    assert "<script>" not in response.content.decode().replace('<script type="application/ld+json">', "")


def test_the_text_of_a_page_is_shown_as_text(client, db):
    stored = take(pdf(["Bold <script>alert(1)</script> attendance"]))
    read_file.func(stored.pk)
    work = publish_work("Odd", files=[stored], work_language="en")
    html = client.get(work.get_absolute_url(), {"in": "attendance"}).content.decode()
    assert "<script>alert" not in html
