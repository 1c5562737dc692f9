"""What people searched for and did not find: words and numbers, nothing about anybody, and an end to all of it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from publishing import daily
from search import misses
from search.misses import Miss, note, words_to_keep


def counted():
    return list(Miss.objects.order_by("pk").values_list("language", "words", "times", "times_corrected"))


def test_words_are_counted_by_month_and_language(db, clock):
    clock(timezone.make_aware(timezone.datetime(2026, 11, 3)))
    for text in ("Zeppelin!", "  zéppelin ", "ZEPPELIN"):
        note(text, "en")
    note("zeppelin", "es-MX")
    note("zepelin", "en", total=7)
    clock(timezone.make_aware(timezone.datetime(2026, 12, 3)))
    note("zeppelin", "en")
    assert counted() == [
        ("en", "zeppelin", 3, 0), ("es", "zeppelin", 1, 0), ("en", "zepelin", 1, 1), ("en", "zeppelin", 1, 0),
    ]  # fmt: skip
    assert set(Miss.objects.values_list("month", flat=True)) == {date(2026, 11, 1), date(2026, 12, 1)}


def test_a_search_is_counted_with_one_statement(db):
    note("zeppelin", "en")
    for text in ("zeppelin", "another"):
        with CaptureQueriesContext(connection) as captured:
            note(text, "en")
        assert [query["sql"].split()[0] for query in captured if "SAVEPOINT" not in query["sql"]] == ["WITH"]


@pytest.mark.parametrize(
    "text",
    ["maria@example.org", "write to maria@", "202 822 8405", "(202) 822-8405 extension", "123-45-6789", "١٢٣٤٥٦٧٨",
     "", "   ", "!!! ???", "\0", "😀"],
)  # fmt: skip
def test_what_may_speak_of_a_person_or_holds_no_word_is_not_kept(db, text):
    note(text, "en")
    assert counted() == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ED477535", "ed477535"),
        ("Grants 2026", "grants 2026"),
        ("<b>Robert'); DROP TABLE search_miss;--", "b robert drop table search miss"),
        ("word " * 1000, " ".join(["word"] * 12)),
        ("x" * 100_000, "x" * 60),
        ("a \ud800 b", "a b"),
    ],
)
def test_of_a_text_its_words_are_kept_without_capitals_up_to_sixty_characters(db, text, kept):
    assert words_to_keep(text) == kept
    note(text, "en")
    assert counted() == [("en", kept, 1, 0)]


def test_a_row_holds_nothing_else(db):
    assert {field.name for field in Miss._meta.get_fields()} == {
        "id", "month", "language", "words", "times", "times_corrected",
    }  # fmt: skip


def test_a_full_month_takes_no_new_words_and_counts_on_those_it_has(db, monkeypatch):
    monkeypatch.setattr(misses, "MOST_OF_A_MONTH", 2)
    for text in ("one", "two", "three", "one", "four"):
        note(text, "en")
    assert counted() == [("en", "one", 2, 0), ("en", "two", 1, 0)]


@pytest.mark.django_db(transaction=True)
def test_a_database_that_takes_no_writes_fails_no_page(caplog):
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        try:
            note("zeppelin", "en")
            cursor.execute("SELECT 1")
        finally:
            cursor.execute("SET default_transaction_read_only = off")
    assert counted() == []
    assert "could not be counted" in caplog.text


def test_a_failure_inside_a_transaction_leaves_it_usable(db, monkeypatch):
    monkeypatch.setattr(misses, "NOTE", "SELECT 1 / 0")
    note("zeppelin", "en")
    assert counted() == []


def test_the_daily_work_deletes_what_is_older_than_thirteen_months(db, clock):
    month = timezone.localdate().replace(day=1)
    Miss.objects.create(month=month, language="en", words="zeppelin", times=9, times_corrected=0)
    start = timezone.make_aware(timezone.datetime.combine(month, timezone.datetime.min.time()))
    clock(start + timedelta(days=390))
    daily.run()
    assert Miss.objects.count() == 1
    clock(start + timedelta(days=398))
    daily.run()
    assert Miss.objects.count() == 0
