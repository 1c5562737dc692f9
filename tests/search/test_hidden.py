"""What is not public gives no hit, no count and no spelling word, and costs the very same statements."""

import re

import pytest
from django.db import connection

from search.documents import SearchPage
from search.engine import Query, search

NAME_OF_SAVEPOINT = re.compile(r'(?<=SAVEPOINT )".*?"')
WORD, TYPO = "zanzibarnik", "zanzibarnkk"
HIDDEN = {"to come": {"days": 1}, "gone": {"days": -2, "until": -1}}


def add_hidden(add, **window):
    add(
        f"A {WORD}",
        WORD,
        summary=WORD,
        authors=[f"{WORD.title()}, Ana"],
        identifiers=[WORD],
        facets={"topic": [WORD]},
        pages=[SearchPage(1, WORD)],
        **window,
    )


def statements(text):
    """What is run for a query, without its words and other values, and the answer."""
    run = []

    def note(execute, sql, values, many, context):
        run.append(NAME_OF_SAVEPOINT.sub("", sql))
        return execute(sql, values, many, context)

    with connection.execute_wrapper(note):
        answer = search(Query(text))
    return run, answer


@pytest.mark.parametrize("window", HIDDEN.values(), ids=HIDDEN)
@pytest.mark.parametrize("counted", ["before", "after", "while public"])
def test_a_hidden_item_leaves_no_trace(add, count_words, window, counted):
    add("Partners", "nurse")
    if counted == "while public":
        add_hidden(add, days=-1, key="secret")
    if counted != "after":
        count_words()
    add_hidden(add, key="secret", **window)
    if counted == "after":
        count_words()

    for form in ("{}", "{}s", '"{}"', "title:{}", "author:{}", "{0} OR {0}x", "-{}x {}"):
        for typed in (form.format(WORD, WORD), form.format(TYPO, TYPO)):
            run, answer = statements(typed)
            assert run == statements(form.format("qqqqqqqqqqq", "qqqqqqqqqqq"))[0]
            assert (answer.hits, answer.total, answer.total_with_all_words, answer.facets) == ([], 0, 0, {})
            assert answer.corrections == []
    for typed in (f"nurse {WORD}", f"nurse {TYPO}", f"nurse -{WORD}"):
        answer = search(Query(typed))
        assert [hit.title for hit in answer.hits] == ["Partners"]
        assert answer.total == 1
        assert WORD not in str(answer.facets) + str(answer.corrections)
    assert WORD not in str(search(Query()).facets)
    assert search(Query(filters={"topic": [WORD]})).total == 0


def test_a_scheduled_item_turns_up_by_the_clock(add, count_words, titles, monkeypatch):
    from datetime import timedelta

    from django.utils import timezone

    add("Partners", "nurse")
    add_hidden(add, days=1, until=3)
    count_words()
    now = timezone.now()
    assert titles(WORD) == []
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=2))
    assert titles(WORD) == [f"A {WORD}"]
    assert search(Query(WORD)).corrections == []
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=4))
    assert titles(WORD) == []


def test_a_word_that_was_published_a_second_ago_is_known(add, count_words, titles):
    add("Partners", "nurses")
    count_words()
    add("New", "nursery")
    add("Newer", "nurqes")
    assert titles("nurqes") == ["Newer"]


def test_a_word_that_is_public_elsewhere_is_offered_although_a_hidden_item_holds_it_too(add, count_words):
    add("Partners", "dentist")
    add("Secret", "dentist", days=1)
    count_words()
    answer = search(Query("dentits"))
    assert [(one.typed, one.corrected) for one in answer.corrections] == [("dentits", "dentist")]
    assert answer.total == 1
