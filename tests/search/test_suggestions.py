"""Suggestions while somebody types: what is found, what is forgiven, and that nothing hidden is ever suggested."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from search.documents import SearchPage
from search.indexing import remove
from search.models import TitleStart
from search.suggestions import MOST, Suggestion, suggestions
from tests.search.test_hidden import HIDDEN, TYPO, WORD, add_hidden
from vocabulary.models import Topic


@pytest.mark.parametrize(
    "typed",
    [
        "s",
        "sc",
        "school n",
        "nurses",
        "SCHOOL NU",
        "  school  nur ",
        "nurses scho",
        "schöol núr",
        "school-nurs",
        "at s",
    ],
)
def test_a_title_is_found_by_its_words_the_last_one_unfinished(add, suggested, typed):
    add("School nurses at school")
    add("Attendance")
    assert suggested(typed) == ["School nurses at school"]


@pytest.mark.parametrize("typed", ["scho nurses", "chool", "school nurses at school today", "attendance school"])
def test_a_title_that_does_not_hold_all_words_is_not_suggested(add, suggested, typed):
    add("School nurses at school")
    add("Attendance")
    assert suggested(typed) == []


def test_a_long_title_is_held_to_all_that_was_typed(add, suggested):
    title = "Improving attendance in the elementary schools of a county"
    add(title)
    assert suggested("improving attendance in the elementary schools of a c") == [title]
    assert suggested("improving attendance in the elementary schools of a d") == []


def test_titles_that_begin_so_come_first_then_short_ones(add, suggested):
    for title in ("Our partners in health", "Partners", "Partners and parents", "All partners", "Parts"):
        add(title)
    assert suggested("partn") == ["Partners", "Partners and parents", "All partners", "Our partners in health"]


def test_very_many_titles_do_not_crowd_out_those_that_begin_so_or_are_in_the_language_of_the_page(add, suggested):
    for number in range(60):
        add(f"A school {number}")
    add("Schools first")
    add("La vida en Schooltown", language="es")
    assert suggested("schoo")[0] == "Schools first"
    assert suggested("schoo", "es")[0] == "La vida en Schooltown"
    assert len(suggested("schoo")) == MOST


def test_words_go_on_as_public_texts_have_them_the_most_common_first(add, count_words, suggested):
    add("Report", "attention and attendance")
    add("Paper", "attendance, attending, attended")
    count_words()
    assert suggested("att") == ["attendance", "attention"]
    assert suggested("attendance") == []


def test_an_unfinished_word_goes_on_with_the_words_before_it(add, count_words, suggested):
    add("One", "chronic absence of pupils")
    add("Two", "absolute truth and chronic truths")
    count_words()
    assert suggested("Chronic abs") == ["Chronic absence", "Chronic absolute"]
    assert suggested("pupils abs") == ["pupils absence"]


def test_words_make_room_for_titles_and_titles_for_words(add, count_words, suggested):
    words = ["alpine", "algebra", "alphabet", "allergy", "alumni", "almond", "altitude", "aluminum"]
    add("Words", " ".join(words))
    count_words()
    assert sorted(suggested("al")) == sorted(words)
    for number in range(9):
        add(f"Algebra {number}")
    assert [text in words for text in suggested("al")] == [True] * 3 + [False] * 5
    assert len(suggested("al", limit=2)) == 2


def test_words_of_pages_of_files_go_on_too(add, count_words, suggested):
    add("Report", pages=[SearchPage(3, "zeppelins")])
    count_words()
    assert suggested("zep") == ["zeppelins"]


def test_spanish_words_have_their_accents_and_come_first_on_spanish_pages(add, count_words, suggested):
    add("Escuelas", "La educación de los niños", language="es")
    add("Schools", "education, educators and an educational life")
    add("Schools again", "education")
    count_words()
    assert suggested("educ", "es")[0] == "educación"
    assert suggested("EDUCACIÓ", "es") == ["educación"]
    assert suggested("educ", "en")[0] == "education"
    assert {one.text: one.language for one in suggestions("educ", "en")}["educación"] == "es"


@pytest.mark.parametrize(
    "typed", ["atten", "atenda", "attendamc", "attendnace", "attemdance wor", "chronic atendanc", "Sttenda"]
)
def test_one_slip_in_a_longer_word_is_forgiven(add, count_words, suggested, typed):
    add("Attendance works", "chronic attendance")
    count_words()
    assert suggested(typed)


@pytest.mark.parametrize("typed", ["nusr", "attxxdance", "atenda nurzzz"])
def test_short_words_and_two_slips_are_not_guessed_at(add, count_words, suggested, typed):
    add("Attendance of a nurse", "nurses")
    count_words()
    assert suggested(typed) == []


def test_nothing_is_guessed_where_the_word_is_known(add, count_words, suggested):
    add("Horses", "horses")
    add("Houses", "houses")
    count_words()
    assert suggested("horses houses") == []
    assert "Houses" not in suggested("horse")


@pytest.mark.parametrize("window", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("counted", ["before", "while public"])
def test_a_hidden_item_leaves_no_trace(add, count_words, suggested, window, counted):
    add("Partners", "nurse")
    if counted == "while public":
        add_hidden(add, days=-1, key="secret")
        count_words()
        assert suggested(WORD[:6])
    else:
        count_words()
    add_hidden(add, key="secret", **window)

    for part in (WORD, WORD[:1], WORD[:3], WORD[:7], TYPO):
        for form in ("{}", "nurse {}", "{} nurs", "A {}"):
            assert suggested(form.format(part)) == []
            assert statements(form.format(part)) == statements(form.format("q" * len(part)))


def statements(typed):
    """How many are run."""
    with CaptureQueriesContext(connection) as captured:
        suggestions(typed, "en")
    return len(captured.captured_queries)


def test_a_scheduled_item_turns_up_by_the_clock(add, suggested, monkeypatch):
    now = timezone.now()
    add_hidden(add, days=1, until=3)
    assert suggested(WORD[:4]) == []
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=2))
    assert suggested(WORD[:4]) == [f"A {WORD}"]
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=4))
    assert suggested(WORD[:4]) == []


def test_a_changed_title_is_suggested_at_once_and_the_old_one_no_more(add, suggested):
    add("Zebras", key="1")
    add("Yaks and zebus", key="1")
    assert [suggested(typed) for typed in ("zebr", "zebu", "ya")] == [[], ["Yaks and zebus"], ["Yaks and zebus"]]
    remove("tests.text", ["1"])
    assert suggested("zebu") == []
    assert TitleStart.objects.count() == 0


def test_a_hundred_items_cost_no_more_statements_than_one(add, count_words):
    add("School nurses", "school nursing")
    count_words()
    few = {typed: statements(typed) for typed in ("s", "scho", "school nur", "schoool", "zzzzzzz")}
    for number in range(100):
        add(f"School nurses {number}", f"school nursing schooling{chr(97 + number % 26)}")
    count_words()
    assert {typed: statements(typed) for typed in few} == few
    assert few["school nur"] <= 8


@pytest.fixture
def topic(db):
    return Topic.objects.create(label="Family engagement", label_es="Participación de las familias", slug="families")


def test_a_topic_that_public_items_have_is_suggested_and_leads_to_them(add, topic):
    add("Partners", facets={"topic": [str(topic.pk)]})
    topics = [Suggestion("Family engagement", "Topic", "en", "/search/?topic=families")]
    assert suggestions("fam", "en") == suggestions("engagem", "en") == suggestions("Family E", "en") == topics
    assert suggestions("engagement fami", "en") == topics
    assert suggestions("milk", "en") == []
    with translation.override("es"):
        topics = [Suggestion("Participación de las familias", "Tema", "es", "/es/search/?topic=families")]
        assert suggestions("participacion de", "es") == topics


@pytest.mark.parametrize("window", [*HIDDEN.values(), None], ids=[*HIDDEN, "nothing"])
def test_a_topic_of_hidden_items_only_is_not_suggested(add, topic, suggested, window):
    before = statements("fam")
    if window:
        add("Partners", facets={"topic": [str(topic.pk)]}, **window)
    add("Others", facets={"topic": [f"{topic.pk}1"]})
    assert suggested("fam") == []
    assert statements("fam") == before


def test_more_topics_cost_no_more_statements(add, topic):
    add("Partners", facets={"topic": [str(topic.pk)]})
    few = statements("fam")
    for number in range(60):
        other = Topic.objects.create(label=f"Families {number}", slug=f"families-{number}")
        add(f"Partners {number}", facets={"topic": [str(other.pk)]})
    assert statements("fam") == few
    assert [one.kind for one in suggestions("fam", "en")] == ["Topic"] * 2
