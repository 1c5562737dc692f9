"""The passage that is shown of a hit."""

import pytest

from search.documents import SearchPage
from search.engine import Query, search, snippets
from search.engine.inside import pages_with
from search.models import Item

FILLER = "Nothing of interest is said in this sentence. " * 30


def snippet(text, **values):
    return search(Query(text, **values)).hits[0].snippet


def shown(pieces):
    return "".join(text for _, text in pieces)


def marked(pieces):
    return [text for is_marked, text in pieces if is_marked]


def test_the_best_passage_is_shown_with_its_words_marked(add):
    add("Partners", f"A nurse. {FILLER} Our nurses and dentists come on Mondays. {FILLER}")
    pieces = snippet("nurse dentist")
    assert marked(pieces) == ["nurses", "dentists"]
    assert shown(pieces).startswith("… ") and shown(pieces).endswith(" …")
    assert len(shown(pieces)) < 240


def test_the_summary_is_shown_where_it_says_as_much(add):
    add("Partners", f"{FILLER} nurse", summary="Who comes: a nurse.")
    assert snippet("nurse") == [(False, "Who comes: a "), (True, "nurse"), (False, ".")]


def test_without_a_word_in_the_texts_the_summary_is_shown_unmarked(add):
    add("Partners", FILLER, summary="Who comes.")
    assert snippet("partners") == [(False, "Who comes.")]


def test_accents_and_spanish_forms_are_marked_as_they_are_written(add):
    add("Texto", "Sobre las acciones y la educación de los niños.", language="es")
    assert marked(snippet("accion educaciones ninos", language="es")) == ["acciones", "educación", "niños"]


def test_markup_and_marks_in_a_text_stay_plain_characters(add):
    text = "if a < b then <script>alert(1)</script> nurse & \x02more\x03 &amp; <b>bold</b>"
    add("Partners", text)
    pieces = snippet("nurse")
    assert shown(pieces) == text.replace("\x02", "").replace("\x03", "")
    assert marked(pieces) == ["nurse"]


def test_a_text_of_one_endless_word_is_cut(add):
    add("Partners", "nurse " + "x" * 5000)
    assert len(shown(snippet("nurse"))) < 240


def test_what_is_not_asked_for_is_not_made(add):
    add("Partners", "nurse")
    answer = search(Query("nurse", with_snippets=False, with_facets=False))
    assert (answer.hits[0].snippet, answer.facets, answer.total) == ([], {}, 0)


@pytest.fixture
def meanwhile(monkeypatch):
    """A function that lets something happen after the hits were ranked, and before their passages are read."""

    def meanwhile(happen):
        read = snippets._marked_texts

        def happen_and_read(*arguments):
            happen()
            return read(*arguments)

        monkeypatch.setattr(snippets, "_marked_texts", happen_and_read)

    return meanwhile


def test_an_item_that_is_deleted_meanwhile_is_left_out(add, meanwhile, titles):
    add("Partners", "nurse")
    add("Dentists", "nurse")
    meanwhile(Item.objects.filter(title="Partners").delete)
    assert titles("nurse") == ["Dentists"]


def test_pages_of_a_file_that_is_replaced_meanwhile_are_left_out(add, count_words, meanwhile):
    def put():
        add("Report", "nurse", key="r", pages=[SearchPage(7, "A nurse comes")])

    put()
    count_words()
    assert [page.number for page in search(Query("nurse")).hits[0].pages] == [7]
    assert [page.number for page in pages_with(("tests.text", "r"), "nurse", "en", 9)] == [7]
    meanwhile(put)
    (hit,) = search(Query("nurse")).hits
    assert (hit.title, hit.snippet, hit.pages) == ("Report", [(True, "nurse")], [])
    assert pages_with(("tests.text", "r"), "nurse", "en", 9) == []
