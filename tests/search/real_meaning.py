"""The language model itself, where its packages are installed: `make test-meaning`."""

import pytest

from search import meaning
from search.meaning.vectors import encode_missing


def cosine(first, second):
    encoder = meaning.encoder()
    return sum(a * b for a, b in zip(encoder.encode(first), encoder.encode(second), strict=True))


def test_texts_that_mean_the_same_are_near_each_other():
    same = cosine("Children who often miss school", "Chronic absence of pupils")
    other = cosine("Children who often miss school", "How to pay for an after-hours dental clinic")
    assert same > other + 0.2


def test_vectors_are_those_of_the_published_model():
    """Similarities as its makers print them, for sentences of their documentation."""
    first, second, third = (
        "The weather is lovely today.",
        "It's so sunny outside!",
        "He drove to the stadium.",
    )
    assert cosine(first, second) == pytest.approx(0.6660, abs=1e-3)
    assert cosine(first, third) == pytest.approx(0.1046, abs=1e-3)
    assert cosine(second, third) == pytest.approx(0.1411, abs=1e-3)


@pytest.mark.parametrize("text", ["", " ", "\0", "漢字 🙂", "word " * 5000, "x" * 5000])
def test_any_text_has_a_vector(text):
    vector = meaning.encoder().encode(text)
    assert len(vector) == 384
    assert sum(number * number for number in vector) == pytest.approx(1, abs=1e-4)


def test_results_are_ordered_by_it(add, count_words, titles, settings):
    add("Attendance of pupils at the clinic", "The clinic keeps a list of pupils.")
    add("Why pupils miss school", "Chronic absence and what brings children back to class.")
    count_words()
    by_words = titles("pupils often staying away from lessons")
    settings.SEARCH_BY_MEANING = True
    encode_missing()
    assert titles("pupils often staying away from lessons")[0] == "Why pupils miss school"
    assert set(by_words) == set(titles("pupils often staying away from lessons"))


def test_the_weights_are_mapped_and_not_copied():
    """So that all processes of a machine share them."""
    assert not any(tensor.flags.owndata for tensor in meaning.encoder().weights.values())
