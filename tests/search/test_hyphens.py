"""Words with a hyphen are found as one word too, and the other way round; “Title I” in quotes is not “title”."""

import pytest

from search import files
from search.documents import SearchFile, SearchPage
from search.engine import Query, search
from search.engine.inside import pages_with
from search.languages import joined, plain


@pytest.mark.parametrize(
    ("text", "as_one"),
    [
        ("Pre-K, COVID\u201119 and RR-3245", ["PreK", "COVID19", "RR3245"]),
        ("out-of-school time", ["outofschool"]),
        ("1998-2003, 212-555-0199", []),
        ("funded by Title I. Under Plan A, as I said; Part IV", ["TitleI", "PlanA"]),
        ("a state-administered – and - spaced - text-", []),
    ],
)
def test_short_words_with_a_hyphen_are_joined_and_numbers_are_not(text, as_one):
    assert joined(text) == as_one


@pytest.mark.parametrize("place", ["title", "body", "keywords", "pages"])
@pytest.mark.parametrize(
    ("with_hyphen", "as_one"),
    [("Pre-K", "prek"), ("wrap-around", "wraparound"), ("COVID-19", "covid19"), ("RR-3245", "RR3245")],
)
def test_a_word_is_found_with_its_hyphen_and_without(add, with_hyphen, as_one, place):
    add("Another", "Other services")
    for written in (with_hyphen, as_one):
        text = f"The {written} services"
        its_texts = {place: [SearchPage(1, text)] if place == "pages" else text}
        add(its_texts.pop("title", "A text"), key="it", **its_texts)
        for typed in (with_hyphen, as_one):
            answer = search(Query(typed))
            assert [hit.owner[1] for hit in answer.hits] == ["it"], (written, typed)
            assert not answer.corrections


def test_what_is_left_out_or_quoted_asks_for_no_other_form(add, titles):
    add("Services", "wraparound services")
    assert titles("services -wrap-around") == ["Services"]
    assert titles('"wrap-around"') == []


def test_a_joined_word_parts_no_phrase_and_is_not_corrected(add, titles, count_words):
    add("Schools", "A full-service school, and what prevents it")
    add("Prevention", "prevent absence")
    count_words()
    assert titles('"full service school and what"') == ["Schools"]
    assert not search(Query("pre-vents full-service")).corrections


def test_the_pages_of_a_file_are_read_anew_where_its_words_are_taken_apart_in_another_way(add, titles, monkeypatch):
    file = SearchFile(lambda: [SearchPage(1, "Pre-K")], "/report.pdf", version="1")
    with monkeypatch.context() as before:
        before.setattr(files, "typed_words", plain)
        before.setattr(files, "WORDS_VERSION", 1)
        add("A report", key="it", files=[file])
    assert titles("prek") == []
    add("A report", key="it", files=[file])
    assert titles("prek") == ["A report"]


@pytest.mark.parametrize("place", ["title", "body", "pages"])
@pytest.mark.parametrize("typed", ['"Title I"', '"title i"', '"under Title I"', "title:attendance OR “Title I”"])
def test_a_phrase_keeps_the_letter_at_its_end(add, titles, typed, place):
    add("Another", "A title under which I write, and Title IV", pages=[SearchPage(1, "Title page, under title")])
    text = "Funded under Title I."
    its_texts = {place: [SearchPage(1, text)] if place == "pages" else text}
    add(its_texts.pop("title", "A text"), key="it", **its_texts)
    assert [hit.owner[1] for hit in search(Query(typed)).hits] == ["it"]


def test_a_letter_in_a_field_and_inside_of_a_work(add, titles):
    add("Title I schools", "A title", pages=[SearchPage(1, "A title"), SearchPage(2, "Title I")], key="it")
    add("The title", "Title I")
    assert titles('title:"title i"') == ["Title I schools"]
    assert [page.number for page in pages_with(("tests.text", "it"), '"Title I"', "en", 9)] == [2]
