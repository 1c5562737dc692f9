"""What the staff put above the results: for which searches, of which items, and never one that is not public."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from search.best import best_results, best_results_with
from search.models import BestResult, Item


@pytest.fixture
def put_on_top(add):
    """A function that chooses an item, which it adds: put_on_top("mission", "Vision and mission", language="en")."""

    def put_on_top(queries, title="Chosen", *, language="en", position=1, last_day=None, **values):
        add(title, **values)
        best = BestResult(queries=queries, language=language, position=position, until=last_day)
        best.choose(Item.objects.latest("pk"))
        best.full_clean()
        best.save()
        return best

    return put_on_top


def on_top(text, language="en"):
    return [best.title for best in best_results(text, language)]


@pytest.mark.parametrize(
    "typed",
    [
        "full service schools",
        "School: full-service",
        "FULL SERVICE SCHOOL",
        '"full-service school"',
        "school full servicé",
    ],
)
def test_case_accents_order_and_the_s_of_a_plural_do_not_count(put_on_top, typed):
    put_on_top("mission\nFull-Service Schools", "What it is")
    assert on_top(typed) == ["What it is"]


@pytest.mark.parametrize(
    "typed", ["", "school", "full service schools today", "full service -school", "title:full service school",
              "full OR service school", "\0", "!!!", "x" * 100_000]
)  # fmt: skip
def test_another_search_gets_nothing(put_on_top, typed):
    put_on_top("full service school")
    assert on_top(typed) == []


def test_it_belongs_to_the_pages_of_its_language(put_on_top):
    put_on_top("mission", "English", language="en")
    put_on_top("misión", "Spanish", language="es")
    put_on_top("mission", "Both", language="", position=2)
    assert on_top("mission", "en") == ["English", "Both"]
    assert on_top("mision", "es") == ["Spanish"]
    assert on_top("mission", "es") == ["Both"]


def test_at_most_three_stand_there_by_their_positions_and_each_once(put_on_top):
    first = put_on_top("mission", "Fourth", position=4)
    for position, title in ((3, "Third"), (1, "First"), (2, "Second")):
        put_on_top("mission", title, position=position)
    assert on_top("mission") == ["First", "Second", "Third"]
    again = BestResult(queries="Missions", position=0, owner_label=first.owner_label, owner_key=first.owner_key)
    again.save()
    assert on_top("mission") == ["Fourth", "First", "Second"]


def test_what_is_shown_is_the_item_as_it_stands_now(put_on_top, add):
    put_on_top("mission", "Old title", key="m", address="/old/")
    add("New title", key="m", address="/new/", summary="What we are for.", kind="page")
    (best,) = best_results("mission", "en")
    assert (best.title, best.address, best.summary, best.kind, best.language, best.owner) == (
        "New title", "/new/", "What we are for.", "page", "en", ("tests.text", "m"),
    )  # fmt: skip


@pytest.mark.parametrize("window", [{"days": 1}, {"days": -2, "until": -1}], ids=["scheduled", "retired"])
def test_what_is_not_public_is_never_shown_and_costs_the_same_statements(put_on_top, window):
    put_on_top("zanzibarnik", "Secret", **window)
    with CaptureQueriesContext(connection) as captured:
        assert on_top("zanzibarnik") == []
    with CaptureQueriesContext(connection) as captured_without:
        assert on_top("zeppelin") == []
    assert len(captured) == len(captured_without) == 2


def test_an_item_that_leaves_the_index_is_shown_no_more(put_on_top):
    put_on_top("mission")
    Item.objects.all().delete()
    assert on_top("mission") == []


def test_a_scheduled_item_is_shown_from_its_moment_to_its_end(put_on_top, clock):
    put_on_top("mission", "Later", days=1, until=3)
    now = timezone.now()
    clock(now + timedelta(days=2))
    assert on_top("mission") == ["Later"]
    clock(now + timedelta(days=4))
    assert on_top("mission") == []


def test_it_is_shown_up_to_and_on_its_last_day(put_on_top, clock):
    put_on_top("mission", last_day=timezone.localdate() + timedelta(days=1))
    now = timezone.now()
    clock(now + timedelta(days=1))
    assert on_top("mission") == ["Chosen"]
    clock(now + timedelta(days=2))
    assert on_top("mission") == []


def test_it_costs_two_statements_however_many_there_are(put_on_top):
    for number in range(40):
        put_on_top("mission", f"Item {number}", position=number)
    with CaptureQueriesContext(connection) as captured:
        assert len(on_top("mission")) == 3
    assert len(captured) == 2


@pytest.mark.parametrize("queries", ["", "!!!\n?", "x" * 101, "\n".join(f"line {number}" for number in range(31))])
def test_searches_without_a_word_or_without_an_end_are_refused(add, queries):
    add("Partners")
    best = BestResult(queries=queries)
    best.choose(Item.objects.get())
    with pytest.raises(ValidationError):
        best.full_clean()


def test_a_trial_of_what_nobody_changed_shows_what_readers_see(put_on_top):
    rows = [
        put_on_top("mission", "A"),
        put_on_top("mission\nvision", "A", language=""),
        put_on_top("vision", "B", position=0),
        put_on_top("mission", "B"),
        put_on_top("mission", "Misión", language="es"),
        put_on_top("mission", "Over", position=0, last_day=timezone.localdate() - timedelta(days=1)),
        put_on_top("mission", "Hidden", position=0, days=1),
    ]
    for text, language in (("mission", "en"), ("visions", "en"), ("mission", "es"), ("", "en"), ("-mission", "en")):
        seen = best_results(text, language)
        assert all(best_results_with(row, text, language) == seen for row in rows), (text, language)


def test_a_trial_shows_what_would_be_seen_once_it_is_saved(put_on_top):
    put_on_top("mission", "B")
    row = put_on_top("vision", "A")
    row.queries = "Missions"
    tried = best_results_with(row, "mission", "en")
    row.save()
    assert [one.title for one in tried] == on_top("mission") == ["A", "B"]
