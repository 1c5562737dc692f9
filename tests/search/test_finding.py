"""What is found, and in which order."""

from datetime import date

import pytest

from search.documents import SearchPage
from search.engine import Query, Sort, search


def test_any_of_the_words_is_enough_and_more_of_them_come_first(add, titles):
    add("Health", "A nurse at school")
    add("Partners", "A nurse and a dentist of the county")
    add("Sports", "A new gym")
    assert titles("county nurse") == ["Partners", "Health"]


def test_a_word_in_the_title_weighs_more_than_in_the_text(add, titles):
    add("Partners", "We speak of attendance here.")
    add("Attendance", "We speak of partners here.")
    assert titles("attendance") == ["Attendance", "Partners"]


def test_a_title_that_holds_all_words_comes_first(add, titles):
    add("Leading", "schools community schools community leading leading leading")
    add("Community schools", "What they are, with many other words that make this text long and thin.")
    assert titles("community schools")[0] == "Community schools"


def test_rare_words_weigh_more_than_common_ones(add, titles):
    for number in range(8):
        add(f"Common {number}", "school school school")
    add("Rare", "dentist")
    assert titles("school dentist")[0] == "Rare"


def test_of_equals_the_newest_comes_first(add, titles):
    add("Partners", "Nurses", days=-300)
    add("Partners", "Nurses", days=-10, key="newest")
    assert [hit.owner[1] for hit in search(Query("nurses")).hits] == ["newest", "1"]


def test_other_forms_of_a_word_are_found(add, titles):
    add("Partners", "organizing families")
    assert titles("organized family") == ["Partners"]


def test_accents_and_case_make_no_difference(add, titles):
    add("Café", "naïve")
    add("Educación", "Los niños", language="es")
    assert titles("CAFE") == titles("naive") == ["Café"]
    assert titles("ninos") == titles("NIÑOS") == ["Educación"]


@pytest.mark.parametrize("typed", ["educación", "educacion", "educaciones", "EDUCACIÓN"])
@pytest.mark.parametrize("written", ["educación", "educaciones"])
def test_spanish_nouns_are_found_in_both_numbers_with_and_without_accent(add, titles, typed, written):
    add("Texto", f"Sobre {written} y más", language="es")
    assert titles(typed, language="es") == titles(typed, language="en") == ["Texto"]


def test_each_text_is_stemmed_in_its_own_language(add, titles):
    add("Familias", "trabajando juntos", language="es")
    add("Andere", "Schulen", language="de")
    assert titles("trabajar", language="es") == ["Familias"]
    assert titles("schulen") == ["Andere"]
    assert titles("schule") == []


def test_small_words_find_nothing_unless_there_are_no_others(add, titles):
    add("Who we are", "The Coalition")
    add("Partners", "We are the partners who came")
    assert titles("who we are") == ["Who we are"]
    assert titles("the partners") == ["Partners"]


@pytest.mark.parametrize(
    "typed", ['"the" attendance', "title:the attendance", 'attendance "of the"', "attendance author:who OR author:the"]
)
def test_small_words_in_quotes_or_of_a_field_ask_for_nothing_beside_others(add, typed):
    add("Attendance", "Why pupils stay away")
    add("Partners", "The schools and their partners")
    answer = search(Query(typed))
    assert [hit.title for hit in answer.hits] == ["Attendance"]
    assert (answer.total, answer.total_with_all_words) == (1, 1)
    assert not search(Query(typed.replace("attendance", "qqqqqqq"))).hits


@pytest.mark.parametrize("typed", ['"who we are"', "title:who title:we title:are", 'who "we are"'])
def test_small_words_alone_find_the_title_made_of_them_in_quotes_and_of_a_field_too(add, titles, typed):
    add("Who we are", "The Coalition")
    add("Partners", "We are the partners who came")
    assert titles(typed) == ["Who we are"]
    assert not titles(f"{typed} -coalition")


@pytest.mark.parametrize("language", ["en", "es"])
def test_small_words_find_no_text_of_another_language_that_holds_them(add, titles, language):
    add("The Coalition", "The one and only", pages=_pages("The school and the community"))
    add("Guía: the whole child and the family", "Escrita por The Coalition and others", language="es")
    add("De la escuela", "Los niños y sus padres", language="es")
    add("Who we are", "De la Coalition")
    for typed in ("the", "AND", "the of and", '"the and"', "de la", "and the -child"):
        assert titles(typed, language=language) == [], typed
    assert titles("who are", language=language) == ["Who we are"]


@pytest.mark.parametrize("typed", ["teachers", "students", "US", "U.S.", "child", "full service", "full-service"])
def test_slashes_dots_apostrophes_and_hyphens_hide_no_word(add, titles, typed):
    add("Partners", "teachers/students in the U.S.: a child’s full-service school")
    assert titles(typed) == ["Partners"]


def test_a_phrase_in_quotes_is_a_condition(add, titles):
    add("Phrase", "A full service school")
    add("Words", "Service that is not full")
    assert titles('"full service"') == titles("“full service”") == ["Phrase"]
    assert set(titles("full service")) == {"Phrase", "Words"}


def test_an_open_quote_lasts_to_the_end(add, titles):
    add("Phrase", "A full service school")
    add("Words", "Service that is not full")
    assert titles('"full service') == ["Phrase"]


def test_a_word_with_a_minus_is_in_no_hit(add, titles):
    add("Charter", "A charter school")
    add("Public", "A public school")
    add("Report", "A school", pages=_pages("", "nothing but charter"))
    assert titles("school -charter") == ["Public"]
    assert set(titles('school -"public school"')) == {"Charter", "Report"}


def test_the_item_that_is_called_just_so_stands_first(add, titles):
    add("What is a community school?", "A long answer to a short question")
    for number in range(5):
        add(f"Community school {number}", "community school", summary="community school")
    assert titles("what is a community school")[0] == "What is a community school?"
    assert titles("Community school 3")[0] == "Community school 3"


@pytest.mark.parametrize(
    ("title", "language", "typed"),
    [
        ("The School Guide", "en", ["the school guide", "School Guide"]),
        ("La guía escolar", "es", ["la guia escolar", "guía escolar"]),
        ("Los School Guides’ Way", "en", ["los school guides way", "Los School Guides' Way"]),
    ],
)
def test_the_item_that_is_called_just_so_is_found_with_its_article_and_without(add, titles, title, language, typed):
    add(title, days=-9, language=language)
    for number in range(3):
        add(
            f"School guide escolar guía way los {number}",
            "school guide guía escolar way",
            summary="guides escolar guía",
        )
    assert [titles(text)[0] for text in typed] == [title] * len(typed)


def test_either_of_two_words_joined_by_or_holds_all_words(add):
    add("Health", "school health")
    add("Wellness", "school wellness")
    add("Sports", "school sports")
    answer = search(Query("school health OR wellness"))
    assert answer.total == 3
    assert answer.total_with_all_words == 2


def test_fields_are_conditions(add, titles):
    add("Attendance", "by somebody", authors=["Dryfoos, Joy G."])
    add("Partners", "attendance, says Dryfoos", authors=["Blank, Martin J."])
    assert titles("title:attendance") == titles("titulo:attendance") == ["Attendance"]
    assert titles("author:dryfoos") == titles("autora: Dryfoos") == ["Attendance"]
    assert titles('author:"martin j. blank"') == ["Partners"]
    assert titles("attendance author:blank") == ["Partners"]


@pytest.mark.parametrize(
    "typed",
    [
        "Joy Dryfoos",
        "Dryfoos, Joy",
        "dryfoos joy g",
        '"Joy G. Dryfoos"',
        '"Dryfoos, Joy"',
        '"Joy Dryfoos"',
        'author:"Joy Dryfoos"',
    ],
)
def test_a_name_is_found_in_either_order(add, titles, typed):
    add("Inquiry", "A report", authors=["Dryfoos, Joy G."])
    add("Other", "The joy of reading")
    assert titles(typed)[0] == "Inquiry"


def test_sorted_by_time_or_title(add, titles):
    add("The Beta", "nurse nurse nurse", dated_on=date(2003, 1, 1))
    add("Undated", "nurse")
    add("alpha", "nurse", dated_on=date(1998, 1, 1))
    add("Ñandú", "nurse", dated_on=date(2011, 1, 1))
    assert titles("nurse", sort=Sort.NEWEST) == ["Ñandú", "The Beta", "alpha", "Undated"]
    assert titles("nurse", sort=Sort.TITLE) == ["alpha", "The Beta", "Ñandú", "Undated"]


def test_page_by_page_every_hit_stands_once(add):
    for number in range(25):
        add(f"Nurse {number}")
    pages = [search(Query("nurse", page=page)) for page in (1, 2, 3, 4)]
    keys = [hit.owner[1] for answer in pages for hit in answer.hits]
    assert [len(answer.hits) for answer in pages] == [10, 10, 5, 0]
    assert len(set(keys)) == 25
    assert {answer.total for answer in pages} == {25}


def test_no_words_give_all_that_passes_the_filters(add, titles):
    add("Beta", facets={"topic": ["health"]}, days=-2)
    add("Alpha", facets={"topic": ["health"]}, days=-3)
    add("Gamma")
    assert titles("", filters={"topic": ["health"]}) == ["Beta", "Alpha"]
    assert len(titles("")) == 3


def test_signs_without_a_word_give_nothing(add):
    add("Partners")
    assert search(Query("!!! ???")).hits == []


def _pages(*texts):
    return [SearchPage(number, text) for number, text in enumerate(texts, start=1)]
