"""Texts made ready for the index, within the bounds of Postgres.

A tsvector holds one megabyte at most: of abnormally long texts the beginning is kept, and of very many different words
the first ones.
"""

from search.languages import folded, joined, plain

# One more whenever `typed_words` gives other words: a rebuild then reads the pages of all files anew.
WORDS_VERSION = 3
LONGEST_TEXT = 300_000  # characters
LONGEST_TITLE = 200  # characters; a longer one is suggested by its beginning
ROOM = 700_000  # bytes, for all words of an item with its files
ROOM_OF_A_WORD = 8  # bytes that Postgres needs beside its letters, generously


def typed_words(text):
    """The words of a text with single spaces between, as `to_tsvector` gets them.

    Behind them, where they part no phrase, stand once more as one those with a hyphen, and a capital letter with the
    word before it: so “prek” finds “Pre-K”.
    """
    text = text[:LONGEST_TEXT]
    return " ".join([plain(text), *joined(text)])


def folded_title(title):
    """The words of a title without capitals and accents, with single spaces between."""
    return folded(plain(title))[:LONGEST_TITLE]


def fitting(words, room):
    """The first of some words that fit into so many bytes of a tsvector."""
    fit = []
    for word in words:
        room -= size_of([word])
        if room < 0:
            break
        fit.append(word)
    return fit


def size_of(words):
    """The bytes that some words take in a tsvector, at most."""
    return sum(len(word.encode()) + ROOM_OF_A_WORD for word in words)


def clean(text):
    """Without what a text column refuses: NUL, and halves of characters."""
    return text.replace("\0", "").encode(errors="ignore").decode()
