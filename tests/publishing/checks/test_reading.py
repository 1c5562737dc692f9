"""Syllables, sentences and grades."""

import pytest

from publishing.checks import check_content
from publishing.checks.reading import (
    Counts,
    count,
    flesch_kincaid,
    inflesz,
    long_sentences,
    reading_grade,
    sentences,
)
from publishing.checks.syllables import english_syllables, spanish_syllables
from tests.publishing.checks.items import page_of, text

ENGLISH = {
    1: "a cat school make through joined walks plans says team state friend",
    2: "table wanted people reaches quiet science patience safely statement player every classes parent going million",
    3: "family principal area idea partnership radio businesses already serious",
    4: "community education coalition initiative experience",
    5: "university opportunity coordinator superintendent",
}
SPANISH = {
    1: "y muy rey aun ley más que buey",
    2: "país río ciudad hacia aún niños mayo búho reír guerra leyes huésped construir",
    3: "escuela familia hacía ahora Uruguay guitarra pingüino alcohol cohete vergüenza ayuda",
    4: "comunidad educación aéreo vehículo averiguáis paraguayo oxígeno maestría",
    5: "aprendizaje organización",
}


@pytest.mark.parametrize(("word", "number"), [(w, n) for n, words in ENGLISH.items() for w in words.split()])
def test_syllables_of_english_words(word, number):
    assert english_syllables(word) == number


@pytest.mark.parametrize(("word", "number"), [(w, n) for n, words in SPANISH.items() for w in words.split()])
def test_syllables_of_spanish_words(word, number):
    assert spanish_syllables(word) == number


@pytest.mark.parametrize("word", ["", "x", "pssst", "数学", "é", "aeiouaeiou", "’s", "ÑÁÜ", "👩‍🏫"])
def test_every_word_has_a_syllable(word):
    assert english_syllables(word) >= 1
    assert spanish_syllables(word) >= 1


def test_a_sentence_that_is_often_quoted_has_its_known_numbers():
    """Wikipedia's example for the Flesch formulas: 13 words and 24 syllables, where “-ian” is spoken as one."""
    counts = count("The Australian platypus is seemingly a hybrid of a mammal and reptilian creature.", "en")
    assert (counts.words, counts.sentences) == (13, 1)
    assert 24 <= counts.syllables <= 26
    assert flesch_kincaid(Counts(words=13, sentences=1, syllables=24)) == pytest.approx(11.26, abs=0.01)


def test_the_easiest_english_sentence_lies_below_the_first_grade():
    assert flesch_kincaid(count("The cat sat on the mat.", "en")) == pytest.approx(-1.45)


def test_the_spanish_formula_by_hand():
    """“La escuela abre sus puertas a todas las familias.”: 9 words; la 1, es-cue-la 3, a-bre 2, sus 1, puer-tas 2, a 1,
    to-das 2, las 1, fa-mi-lias 3: 16 syllables."""
    counts = count("La escuela abre sus puertas a todas las familias.", "es")
    assert counts == Counts(words=9, sentences=1, syllables=16)
    assert inflesz(counts) == pytest.approx(206.835 - 62.3 * 16 / 9 - 9)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("One. Two! Three? Four… Five", 5),
        ("See Joy G. Dryfoos and Dr. Ruiz of the U.S. Department of Education.", 1),
        ("It costs 2.5 million. 40 schools joined.", 2),
        ("He said: “Come in.” They came.", 2),
        ("¿Quién decide? ¡Todos! ¿Y cuándo?", 3),
        ("health care\nfamily support\nhousing", 3),
        ("", 0),
        (" \n ", 0),
    ],
)
def test_where_sentences_end(words, number):
    assert len(sentences(words)) == number


EASY = {"en": "We meet at the school. Kids play and read there. ", "es": "El niño va a casa. La mamá lee con él. "}
HARD = {
    "en": "Organizational accountability necessitates comprehensive interdisciplinary collaboration between "
    "participating institutions, notwithstanding administrative considerations regarding responsibilities. ",
    "es": "La responsabilidad institucional necesita colaboración interdisciplinaria extraordinariamente comprometida "
    "entre organizaciones participantes, independientemente de consideraciones administrativas. ",
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_easy_and_hard_texts_are_told_apart(language):
    easy, hard = reading_grade(EASY[language] * 12, language), reading_grade(HARD[language] * 10, language)
    assert (easy.is_hard, hard.is_hard) == (False, True)
    assert (easy.words, hard.words) == {
        "en": ("about grade 1", "about college level"),
        "es": ("very easy", "very difficult"),
    }[language]


def test_a_hard_text_is_a_warning_and_an_easy_one_is_none():
    [finding] = check_content(page_of(text(f"<p>{HARD['en'] * 10}</p>")))
    assert (finding.level, "about college level" in finding.sentence) == ("warning", True)
    assert check_content(page_of(text(f"<p>{EASY['en'] * 12}</p>"))) == []


@pytest.mark.parametrize(
    "words", ["", "One long institutional consideration.", "1 2 3 " * 200, "🏫 " * 500, "... " * 99]
)
@pytest.mark.parametrize("language", ["en", "es", ""])
def test_too_little_text_has_no_grade(words, language):
    grade = reading_grade(words, language)
    assert (grade.score, grade.is_hard) == (None, False)


def test_the_longest_sentences_are_named_by_their_first_words():
    texts = [f"Number {chr(97 + n)} begins here " + "and goes on " * n + "to its end." for n in range(12)]
    found = long_sentences(" ".join(texts))
    assert [sentence.number_of_words for sentence in found] == [40, 37, 34, 31, 28]
    assert found[0].opening == "Number l begins here and goes…"
    assert long_sentences("word " * 25) == []
    assert len(long_sentences("word " * 26)) == 1
