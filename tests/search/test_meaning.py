"""Results ordered by meaning, with an encoder that knows three words. The real one: tests/search/real_meaning.py."""

import pytest
from django.test import override_settings

from search import meaning
from search.engine import Query, Sort, search
from search.meaning.vectors import encode_missing, packed, unpacked
from search.models import Item, Meaning
from search.tasks import encode_meaning

MEANINGS = {"absent": (1, 0, 0), "truant": (1, 0, 0), "dentist": (0, 1, 0)}


class Encoder:
    def encode(self, text):
        known = [MEANINGS[word] for word in text.lower().split() if word in MEANINGS] or [(0, 0, 1)]
        total = [sum(numbers) for numbers in zip(*known, strict=True)]
        return [number / sum(one * one for one in total) ** 0.5 for number in total]


@pytest.fixture
def by_meaning(settings, monkeypatch):
    settings.SEARCH_BY_MEANING = True
    monkeypatch.setattr(meaning, "encoder", Encoder)


@pytest.fixture
def two_texts(add, count_words):
    """By its words the first is the better one for “absent pupils”, by its meaning the second."""
    add("Pupils pupils", "dentist dentist dentist")
    add("A truant", "truant truant and his pupils elsewhere in town")
    count_words()


def test_what_means_the_same_comes_first(two_texts, by_meaning, titles):
    assert titles("absent pupils") == ["Pupils pupils", "A truant"]
    encode_missing()
    assert titles("absent pupils") == ["A truant", "Pupils pupils"]


def test_what_is_called_just_so_stays_first(add, count_words, by_meaning, titles):
    add("Absent pupils", "dentist " * 20)
    add("A truant", "truant truant and his pupils elsewhere in town")
    count_words()
    encode_missing()
    assert titles("absent pupils") == ["Absent pupils", "A truant"]
    assert titles("absent pupils here") == ["A truant", "Absent pupils"]


def test_switched_off_nothing_changes(two_texts, by_meaning, titles):
    encode_missing()
    with override_settings(SEARCH_BY_MEANING=False):
        assert titles("absent pupils") == ["Pupils pupils", "A truant"]
        assert encode_missing() is False


@pytest.mark.parametrize("asked", [{"sort": Sort.TITLE}, {"language": "es"}])
def test_only_relevance_in_the_language_of_the_model_is_ordered(two_texts, by_meaning, asked, monkeypatch):
    encode_missing()
    monkeypatch.setattr(meaning, "encoder", None)  # would fail where it is asked
    assert len(search(Query("absent pupils", **asked)).hits) == 2


def test_an_item_without_a_vector_is_neither_lifted_nor_sunk(add, count_words, by_meaning, titles):
    add("One pupil", "who was here")
    add("Two pupils", "a truant here")
    add("Three pupils", "dentist here")
    count_words()
    encode_missing()
    Meaning.objects.filter(item__title="One pupil").delete()
    assert titles("absent pupils") == ["Two pupils", "One pupil", "Three pupils"]


def test_pages_hold_each_item_once(add, count_words, by_meaning):
    for number in range(130):
        add(f"Pupils {number}", "truant" if number % 3 else "dentist")
    count_words()
    while encode_missing():
        pass
    pages = [search(Query("absent pupils", page=page, size=40)).hits for page in range(1, 6)]
    assert [len(page) for page in pages] == [40, 40, 40, 10, 0]
    keys = [hit.owner for page in pages for hit in page]
    assert len(set(keys)) == 130
    best = {item.owner_key for item in Item.objects.filter(body="truant")}
    assert {key for _, key in keys[:60]} <= best


def test_a_changed_text_is_read_again(add, count_words, by_meaning, titles):
    add("Pupils one", "dentist", key="a")
    add("Pupils two", "truant", key="b")
    count_words()
    encode_missing()
    assert titles("absent pupils") == ["Pupils two", "Pupils one"]
    add("Pupils one", "dentist", key="a")
    assert Meaning.objects.count() == 2
    add("Pupils one", "truant", key="a")
    add("Pupils two", "dentist", key="b")
    assert Meaning.objects.count() == 0
    encode_meaning.enqueue()
    assert titles("absent pupils") == ["Pupils one", "Pupils two"]


def test_the_worker_goes_on_until_all_is_read(add, by_meaning, monkeypatch):
    monkeypatch.setattr(encode_missing, "__defaults__", (2,))
    for number in range(5):
        add(f"Pupils {number}")
    add("Alumnos", language="es")
    encode_meaning.enqueue()
    assert Meaning.objects.count() == 5


def test_a_text_that_changes_while_it_is_read_is_left_for_the_next_time(add, by_meaning, monkeypatch):
    add("Pupils", "truant", key="a")

    class Slow(Encoder):
        def encode(self, text):
            add("Pupils", "dentist", key="a")
            return super().encode(text)

    monkeypatch.setattr(meaning, "encoder", Slow)
    encode_missing()
    assert Meaning.objects.count() == 0


def test_numbers_are_kept_as_halves():
    assert unpacked(packed([0.5, -0.25, 1 / 3])) == pytest.approx([0.5, -0.25, 1 / 3], abs=1e-3)
