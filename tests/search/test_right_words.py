"""Words that are spelled right though no text of ours holds them: searched for as they are, with an offer."""

from itertools import pairwise

import pytest
from django.core.management import call_command

from search.engine import Query, search
from search.engine.dictionaries import NAMES, is_right, path_of
from tests.search.results import LIBRARY, SEARCH, said, titles

OFFER = "No text here holds “police”. Did you mean <a"


def answered(typed, language="en", **values):
    """What is corrected and what is offered, in pairs, and what is searched for."""
    answer = search(Query(typed, language=language, **values))
    corrections = [(one.typed, one.corrected) for one in answer.corrections]
    return corrections, [(one.typed, one.offered) for one in answer.offers], answer.text


@pytest.fixture
def texts(add, count_words):
    add("School policy", "Mental health in the community: costs, attendance, Mario")
    add("La visión", "Las bocas de todos", language="es")
    count_words()


@pytest.mark.parametrize(
    ("typed", "language", "near"),
    [
        ("police", "en", "policy"),
        ("Police", "en", "policy"),
        ("dental", "en", "mental"),
        ("Maria", "en", "mario"),
        ("becas", "es", "bocas"),
        ("misión", "es", "vision"),
        ("mision", "es", "vision"),
    ],
)
def test_a_right_word_is_searched_for_and_a_near_one_offered(texts, typed, language, near):
    assert answered(typed, language) == ([], [(typed, near)], typed)
    answer = search(Query(typed, language=language))
    assert (answer.hits, answer.offered_text) == ([], near)


@pytest.mark.parametrize("typed", ["atendance", "comunity", "ploicy", "mentl"])
def test_a_word_that_no_dictionary_holds_is_corrected(texts, typed):
    corrections, offers, _text = answered(typed)
    assert (len(corrections), offers) == (1, [])


def test_beside_other_words_these_are_found_and_the_offer_holds_them_all(texts):
    answer = search(Query("police comunity -dental"))
    assert [(one.typed, one.corrected) for one in answer.corrections] == [("comunity", "community")]
    assert (answer.text, answer.offered_text) == ("police community -dental", "policy community -dental")
    assert [hit.title for hit in answer.hits] == ["School policy"]
    assert answer.total_with_all_words == 0


@pytest.mark.parametrize(
    "typed", ["school -comunity", 'school -"mentl health"', "school -title:comunity", "comunity -comunity", "-police"]
)
def test_a_word_that_is_left_out_is_neither_corrected_nor_offered_another(texts, typed):
    assert answered(typed) == ([], [], typed)


def test_nothing_is_offered_to_whoever_insists_on_what_was_typed(texts):
    assert answered("police", corrects=False) == ([], [], "police")


def test_a_right_word_that_shares_its_stem_with_one_of_another_language_finds_that_and_is_no_slip(texts):
    assert answered("costo", "en") == ([], [("costo", "costs")], "costo")
    assert answered("costo", "es") == ([], [], "costo")


def test_what_no_text_is_like_gets_no_offer(texts):
    assert answered("zeppelin") == ([], [], "zeppelin")


@pytest.mark.parametrize(
    "word", ["police", "dental", "schools", "maria", "oakland", "policia", "escuelas", "ninos", "vacunadas", "costo"]
)
def test_right_words_of_both_languages_are_known(word):
    assert is_right(word)


@pytest.mark.parametrize(
    "word",
    ["comunity", "atendance", "goverment", "recieve", "definately", "schol", "studnet", "polices" * 3, "polic", "olice",
     "comunidda", "esculea", "asistensia", "familiaa", "zzzz", "aaaa", "", "a\nb", "niño", "школа"],
)  # fmt: skip
def test_slips_and_what_is_no_word_are_not(word):
    assert not is_right(word)


@pytest.mark.parametrize("name", NAMES)
def test_a_list_is_sorted_as_it_is_searched(name):
    lines = path_of(name).read_bytes().splitlines(keepends=True)
    assert all(before < after for before, after in pairwise(line.rstrip(b"\n") for line in lines))
    assert all(line.endswith(b"\n") and line[:-1].isalpha() and line.islower() for line in lines)
    assert all(is_right(line.decode().rstrip("\n")) for line in (lines[0], lines[1], lines[-1], *lines[::5000]))


def test_the_lists_are_made_from_a_list_and_a_hunspell_dictionary(tmp_path):
    (tmp_path / "words").write_text("Zoë\nzoo\ndoesn't\nwell-being\ncafé's\nstraßen\n")
    (tmp_path / "es.dic").write_text("5\nvoz/S\nniño/GS\nÁvila/S\natar/RD\nreloj\n")
    (tmp_path / "es.aff").write_text(
        "SET UTF-8\n\nSFX S Y 2\nSFX S z ces z\nSFX S 0 s [aeo]\nSFX G Y 1\nSFX G o a o\n"
        "SFX D Y 1\nSFX D r do/S [ai]r\nSFX R Y 1\nSFX R ar amos ar\nPFX a Y 1\nPFX a 0 an .\n"
    )
    call_command("make_dictionaries", tmp_path / "words", tmp_path / "es.dic", out=tmp_path, verbosity=0)
    assert (tmp_path / "english.txt").read_text().split() == ["being", "cafe", "doesn", "well"]
    assert (tmp_path / "spanish.txt").read_text().split() == [
        "atado", "atar", "nina", "nino", "ninos", "reloj", "voces",
    ]  # fmt: skip


@pytest.fixture
def policy(content, count_words):
    from tests.library import publish_work

    work = publish_work("Policy in brief", summary="What states can do.", issued_year=2010)
    count_words()
    return work


@pytest.mark.parametrize("place", [SEARCH, LIBRARY])
def test_a_reader_is_told_and_can_follow_the_offer(client, policy, place):
    response = client.get(place, {"q": "police", "order": "title"})
    page = response.content.decode()
    assert f'{OFFER} href="?q=policy&amp;order=title">policy</a>?' in page
    assert said(response).startswith(("0 results for police", "0 publications for police"))
    assert "Showing results for" not in page
    assert page.count(">policy</a>") == 1, "it is not among the words near these a second time"
    assert titles(client.get(place + response.context["results"].offer.url)) == ["Policy in brief"]


def test_the_offer_stands_above_what_the_other_words_find(client, policy):
    response = client.get(SEARCH, {"q": "police districts"})
    assert titles(response) == ["Every Day Counts"]
    assert f'{OFFER} href="?q=policy+districts">policy districts</a>?' in response.content.decode()


def test_an_offer_that_would_be_too_long_to_search_for_is_not_made(client, content, add, count_words):
    add("Costs")
    count_words()
    assert "Did you mean" in client.get(SEARCH, {"q": "cots"}).content.decode()
    response = client.get(SEARCH, {"q": "cots " * 39 + "cots"})
    assert "Did you mean" not in response.content.decode()
    assert response.context["results"].answer.offers


def test_a_spanish_page_offers_a_spanish_word(client, policy, add, count_words):
    add("Las bocas", language="es")
    count_words()
    response = client.get(f"/es{SEARCH}", {"q": "becas"})
    assert '<a href="?q=bocas">bocas</a>?' in response.content.decode()


def test_the_staff_are_told_that_a_right_word_found_nothing(client, policy):
    from search.misses import Miss

    client.get(SEARCH, {"q": "police"})
    assert list(Miss.objects.values_list("words", "times_corrected")) == [("police", 0)]
