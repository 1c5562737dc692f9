"""Slips of the finger, other words for the same, and identifiers in any form."""

import pytest
from django.core.exceptions import ValidationError

from search import registry
from search.documents import SearchFile, SearchPage
from search.engine import Query, search
from search.engine.spelling import one_slip_away, slips
from search.models import Synonym, Word


@pytest.mark.parametrize(
    "typed", ["attendamce", "atendance", "attendnace", "attendancee", "sttendance", "attndnce", "ATTNDANCE"]
)
def test_a_misspelled_word_is_corrected_and_the_reader_told(add, count_words, typed):
    add("Attendance", "why pupils stay away")
    count_words()
    answer = search(Query(f"{typed} pupils"))
    assert [hit.title for hit in answer.hits] == ["Attendance"]
    assert [(one.typed, one.corrected) for one in answer.corrections] == [(typed, "attendance")]
    assert answer.text == "attendance pupils"
    assert answer.total_with_all_words == 1


def test_search_instead_for_what_i_typed(add, count_words):
    add("Attendance")
    count_words()
    answer = search(Query("atendance", corrects=False))
    assert (answer.hits, answer.corrections, answer.text) == ([], [], "atendance")


def test_a_word_that_is_known_in_another_form_is_not_corrected(add, count_words):
    add("Nurse", "nurses")
    add("Norse", "sagas")
    count_words()
    assert search(Query("nursing")).corrections == []


@pytest.fixture
def two_languages(add, count_words):
    """English and Spanish texts of which the words share stems by the rules of English: comun, atend."""
    add("Community", "Attendance of all communities")
    add("La comunidad", "Atender a las comunidades con atención", language="es")
    count_words()


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize(("typed", "meant"), [("comunity", "community"), ("atendance", "attendance")])
def test_a_slip_that_shares_its_stem_with_a_spanish_word_is_corrected(two_languages, typed, meant, language):
    answer = search(Query(typed, language=language))
    assert [(one.typed, one.corrected) for one in answer.corrections] == [(typed, meant)]
    assert [hit.title for hit in answer.hits] == ["Community"]


@pytest.mark.parametrize("typed", ["comunidad", "Comunidades", "atencion", "atención", "atenciones", "atendemos"])
def test_spanish_words_are_found_on_english_pages_as_they_are(two_languages, typed):
    answer = search(Query(typed, language="en"))
    assert answer.corrections == []
    assert [hit.title for hit in answer.hits] == ["La comunidad"]


def test_a_word_is_counted_by_the_language_of_its_file(add, count_words):
    add("Notes", "Attention", files=[SearchFile(lambda: [SearchPage(1, "atendida por todos")], language="es")])
    count_words()
    assert Word.objects.get(word="atendida").configuration == "search_spanish"
    answer = search(Query("atendido"))
    assert (answer.corrections, [hit.title for hit in answer.hits]) == ([], ["Notes"])


def test_a_word_beside_a_stroke_is_found_as_it_is(add, count_words):
    add("Clubs", "math/robotics")
    add("La robótica", language="es")
    count_words()
    answer = search(Query("robotics"))
    assert answer.corrections == [] and "Clubs" in [hit.title for hit in answer.hits]


def test_a_word_is_known_before_it_is_counted(two_languages, add):
    add("Attendants", "of new commutity")
    for typed in ("attendant", "commutity"):
        answer = search(Query(typed))
        assert (answer.corrections, answer.hits[0].title) == ([], "Attendants")


@pytest.mark.parametrize(
    ("typed", "language", "corrected"),
    [
        ("aparta", "es", []),
        ("aparta", "en", ["apart"]),
        ("indicater", "es", ["indicator"]),
        ("comunidda", "en", ["comunidad"]),
    ],
)
def test_a_word_of_another_language_than_that_of_the_page_has_to_be_nearer(
    add, count_words, typed, language, corrected
):
    add("Apart", "an indicator")
    add("La comunidad", language="es")
    count_words()
    assert [one.corrected for one in search(Query(typed, language=language)).corrections] == corrected


def test_the_more_common_of_two_near_words_is_offered(add, count_words):
    for number in range(3):
        add(f"Health {number}", "school")
    add("Heath", "moor")
    count_words()
    assert search(Query("helth")).corrections[0].corrected == "health"


@pytest.mark.parametrize("typed", ["ED477535", "xx", "qqqqqqqq", "12345", "ñ"])
def test_what_resembles_nothing_is_left_alone(add, count_words, typed):
    add("Attendance", "ED477534 and others, 12346")
    count_words()
    assert search(Query(typed)).corrections == []


def test_words_without_accents_are_corrected_too(add, count_words):
    add("Niñez", "participación", language="es")
    count_words()
    assert [hit.title for hit in search(Query("particpación", language="es")).hits] == ["Niñez"]


def test_slips_are_counted_with_swaps():
    assert [slips("shape", other) for other in ("shape", "sahpe", "shpe", "shapes", "ape", "")] == [0, 1, 1, 1, 2, 5]
    assert {"sahpe", "shpe", "shapes", "shaqe"} <= one_slip_away("shape")


def test_synonyms_are_searched_for_too_and_named(add, count_words, titles):
    Synonym.objects.create(words="community school\nfull-service school\nBeacon")
    add("Typed", "community schools are many")
    add("Other", "A full-service school")
    add("Third", "Beacons in the city")
    add("Apart", "service of the full moon")
    count_words()
    answer = search(Query("Community Schools"))
    assert answer.synonyms[0].typed == "community school"
    assert answer.synonyms[0].others == ("full-service school", "Beacon")
    assert answer.hits[0].title == "Typed"
    assert {"Other", "Third"} <= {hit.title for hit in answer.hits}
    assert set(titles("beacon")) >= {"Third", "Typed", "Other"}


def test_a_synonym_that_no_text_holds_is_not_corrected(add, count_words):
    Synonym.objects.create(words="beacon\nlighthousse")
    add("Beacon", "lighthouses")
    count_words()
    answer = search(Query("beacon"))
    assert (answer.corrections, answer.synonyms) == ([], [])


def test_a_synonym_of_another_language_or_in_quotes_is_not_used(add):
    Synonym.objects.create(words_es="beacon\nlighthouse")
    add("Lighthouse")
    assert search(Query("beacon", language="en")).hits == []
    assert [hit.title for hit in search(Query("beacon", language="es")).hits] == ["Lighthouse"]
    assert search(Query('"beacon"', language="es")).hits == []


def test_a_group_of_synonyms_holds_two_at_least():
    with pytest.raises(ValidationError):
        Synonym(words="beacon\n  \n").full_clean()


@pytest.fixture
def reads_isbn(monkeypatch):
    monkeypatch.setattr(registry, "_identifier_readers", [])
    registry.register_identifier_reader(
        lambda text: ["isbn:" + "".join(filter(str.isdigit, text))] if text.startswith("ISBN") else []
    )


@pytest.mark.parametrize("typed", ["ISBN 0-937846-11-2", "ISBN: 0937846112"])
def test_an_identifier_is_found_in_any_form_and_first(add, reads_isbn, titles, typed):
    add("ISBN numbers", "ISBN ISBN 11 0")
    add("Inquiry", identifiers=["isbn:0937846112"])
    answer = search(Query(typed))
    assert answer.hits[0].title == "Inquiry"
    assert answer.total >= 1
    assert answer.corrections == []
