"""How hard a text is to read, by the formulas of its language, and which sentences make it so.

A formula counts; it does not understand. It is a reason to look again, never a reason to refuse a text.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing.checks.syllables import syllables

MIN_WORDS = 100  # the size of the samples that these formulas were made for; below it one long name decides
HARD_GRADE = 10  # English: above it
HARD_SCORE = 55  # Spanish: below it, “algo difícil” and “muy difícil” of the INFLESZ scale
LONG_SENTENCE = 25  # words

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CLOSING = "\"'”’»)]"
_OPENING = "\"'“‘«¿¡(["
_ABBREVIATIONS = frozenset({"dr", "mr", "mrs", "ms", "st", "jr", "sr", "sra", "srta", "dra", "no", "vs", "ed", "etc"})


@dataclass(frozen=True)
class ReadingGrade:
    """`score`: a school grade for English, 0 to 100 for Spanish (more is easier), None where there is too little text.

    `words`: what the score means, in plain language.
    """

    score: float | None
    words: str
    is_hard: bool = False


@dataclass(frozen=True)
class LongSentence:
    opening: str
    number_of_words: int


@dataclass(frozen=True)
class Counts:
    words: int
    sentences: int
    syllables: int


def reading_grade(text, language):
    """The grade of a text whose paragraphs stand one a line."""
    counts = count(text, language)
    if counts.words < MIN_WORDS:
        return ReadingGrade(None, _("too short to tell how hard it is to read"))
    if language == "es":
        score = inflesz(counts)
        return ReadingGrade(round(score, 1), _inflesz_words(score), score < HARD_SCORE)
    score = flesch_kincaid(counts)
    return ReadingGrade(round(score, 1), _grade_words(score), score > HARD_GRADE)


def flesch_kincaid(counts):
    """The school grade in the United States whose pupils can read an English text.

    Kincaid, Fishburne, Rogers and Chissom (1975), Derivation of New Readability Formulas for Navy Enlisted
    Personnel, Research Branch Report 8-75, Naval Air Station Memphis.
    """
    return 0.39 * counts.words / counts.sentences + 11.8 * counts.syllables / counts.words - 15.59


def inflesz(counts):
    """Szigriszt-Pazos' score of a Spanish text, from 0 to about 100; more is easier.

    Szigriszt Pazos (1993), Sistemas predictivos de legibilidad del mensaje escrito: fórmula de perspicuidad,
    Universidad Complutense de Madrid. Its scale, INFLESZ: Barrio-Cantalejo and others (2008), Validación de la
    Escala INFLESZ, Anales del Sistema Sanitario de Navarra 31 (2).
    """
    return 206.835 - 62.3 * counts.syllables / counts.words - counts.words / counts.sentences


def count(text, language):
    """Words, sentences and syllables. Numbers are no words: how they are spoken is not in their letters."""
    in_sentences = [_WORD.findall(sentence) for sentence in sentences(text)]
    in_sentences = [words for words in in_sentences if words]
    return Counts(
        sum(map(len, in_sentences)),
        len(in_sentences),
        sum(syllables(word, language) for words in in_sentences for word in words),
    )


def sentences(text):
    """The sentences of a text. A line ends one, and so does a full stop that a capital follows.

    An abbreviation or an initial ends none: “Dr. Ruiz”, “Joy G. Dryfoos”, “the U.S. Department”.
    """
    found = []
    for line in text.splitlines():
        tokens, start = line.split(), 0
        for number, token in enumerate(tokens, start=1):
            if number == len(tokens) or _ends_a_sentence(token, tokens[number]):
                found.append(" ".join(tokens[start:number]))
                start = number
    return found


def _ends_a_sentence(token, following):
    bare = token.rstrip(_CLOSING)
    if not bare.endswith((".", "!", "?", "…")):
        return False
    if bare.endswith("."):
        last = re.split(r"[.\-–]", bare[:-1].lstrip(_OPENING))[-1]
        if (len(last) == 1 and last.isalpha()) or last.lower() in _ABBREVIATIONS:
            return False
    first = following.lstrip(_OPENING)[:1]
    return first.isupper() or first.isdigit() or following[:1] in "¿¡"


def long_sentences(text, at_most=5):
    """The longest sentences that have more than 25 words, the longest first."""
    counted = [(len(_WORD.findall(sentence)), sentence) for sentence in sentences(text)]
    longest = sorted((pair for pair in counted if pair[0] > LONG_SENTENCE), key=lambda pair: -pair[0])
    return [LongSentence(_opening(sentence), number) for number, sentence in longest[:at_most]]


def _opening(sentence, words=6):
    return " ".join(sentence.split()[:words])[:80].rstrip(" ,;:") + "…"


def _grade_words(score):
    if score > 12.5:
        return _("about college level")
    return _("about grade %(grade)s") % {"grade": max(1, round(score))}


def _inflesz_words(score):
    """The five degrees of the INFLESZ scale."""
    if score < 40:
        return _("very difficult")
    if score < HARD_SCORE:
        return _("somewhat difficult")
    if score <= 65:
        return _("normal, as in a newspaper")
    return _("fairly easy") if score <= 80 else _("very easy")
