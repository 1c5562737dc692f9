"""Texts for sample works: the words of our own pages, as often as words stand in real texts.

The n-th most common word of a language is about a n-th as common as the first (Zipf's law, with Mandelbrot's shift),
a few words are a text's own and stand in it again and again, and new ones turn up however much was read. These
last, of which any pages of ours would hold too few, are made of two words each.
"""

import tomllib
from collections import Counter
from itertools import accumulate, islice
from random import Random

from publishing.markup import plain_text
from search.languages import words

DIFFERENT = 60_000  # words
SHIFT = 2.7
OWN_WORDS, OWN_SHARE = 40, 0.15  # of one text
WORDS_A_PAGE = (180, 420)
WORDS_A_SENTENCE = (6, 28)
TITLE_WORDS = (3, 9)
LONGEST_PART = 12  # letters of the words that others are made of


def read_words(folder):
    """The words of the pages of a folder of starting content, but for names, the most common first."""
    counts = Counter()
    for file in sorted(folder.glob("pages/**/*.toml")):
        for text in _sentences_in(tomllib.loads(file.read_text())):
            counts.update(word for word in words(plain_text(text)) if word.isalpha() and word.islower())
    return sorted(counts, key=lambda word: (-counts[word], word))


def _sentences_in(value):
    """All texts of more than one word, however deep they lie."""
    if isinstance(value, str):
        return [value] if " " in value else []
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for one in inside for text in _sentences_in(one)]


class Vocabulary:
    """The words that texts are made of, by rank, with the weights that lie before each."""

    def __init__(self, known):
        made = (first + second for first, second in _pairs([word for word in known if 3 < len(word) <= LONGEST_PART]))
        self.words = list(dict.fromkeys([*known, *islice(made, DIFFERENT)]))[:DIFFERENT]
        self.weights = list(accumulate(1 / (rank + SHIFT) for rank in range(len(self.words))))
        self.telling = self.words[len(known) // 20 : len(known)]  # neither “the” nor a word that nobody knows


def _pairs(parts):
    """Each word with each other one, neighbours last, so that the first pairs are of the most different words."""
    for step in range(len(parts) // 2, 0, -1):
        for place, word in enumerate(parts):
            yield word, parts[(place + step) % len(parts)]


class Text:
    """What one sample work says. The same seed and number give the same words, whatever else is made."""

    def __init__(self, vocabulary, seed, number):
        self.random = Random(f"{seed}/{number}")  # noqa: S311  sample words need no secrecy
        self.own = self.random.sample(vocabulary.telling, OWN_WORDS)
        all_weight = vocabulary.weights[-1]
        own_weights = accumulate(1 / (rank + 1) for rank in range(OWN_WORDS))
        scale = all_weight * OWN_SHARE / (1 - OWN_SHARE) / sum(1 / (rank + 1) for rank in range(OWN_WORDS))
        self._words = vocabulary.words + self.own
        self._weights = vocabulary.weights + [all_weight + scale * weight for weight in own_weights]

    def title(self):
        """A few of its own words, with a number of words between."""
        return " ".join(self.random.sample(self.own[:20], self.random.randint(*TITLE_WORDS))).capitalize()

    def sentences(self, number):
        """About as many words, in sentences."""
        chosen = self.random.choices(self._words, cum_weights=self._weights, k=number)
        text, start = [], 0
        while start < number:
            end = start + self.random.randint(*WORDS_A_SENTENCE)
            text.append(" ".join(chosen[start:end]).capitalize())
            start = end
        return ". ".join(text) + "."

    def page(self):
        return self.sentences(self.random.randint(*WORDS_A_PAGE))
