"""What is written in the language of the page stands before what is as good in another."""

import pytest

from search.engine import Query, search
from search.models import Synonym


@pytest.fixture
def programs(add, count_words):
    """The same word in two languages, the English text a little better and newer."""
    add("Los programas de la escuela", "Qué programas hay en ella, y para quién", language="es", days=-9)
    add("The programs of a school", "Which programs there are", language="en")
    for number in range(9):
        add(f"Other {number}", "text")
    count_words()


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("es", "Los programas de la escuela"),
        ("es-MX", "Los programas de la escuela"),
        ("en", "The programs of a school"),
    ],
)
def test_what_is_in_the_language_of_the_page_comes_first(programs, titles, language, first):
    assert titles("programas", language=language)[0] == first


def test_a_title_in_english_with_all_words_still_comes_first(add, count_words, titles):
    Synonym.objects.create(words="community school", words_es="escuela comunitaria")
    add("Las escuelas", "La escuela comunitaria: una escuela comunitaria es comunitaria", language="es")
    add("Financing community schools: a review")
    for number in range(9):
        add(f"Other {number}", "text")
    count_words()
    assert titles("financing community schools", language="es")[0] == "Financing community schools: a review"


def test_other_orders_know_no_preference(programs):
    hits = search(Query("programas", language="es", sort="published")).hits
    assert [hit.language for hit in hits] == ["en", "es"]
