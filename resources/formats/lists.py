"""Several words in one cell: “research; evaluation”. A word that holds the separator stands in quotation marks."""

import re

SPACE = " \t\r\n"  # others belong to the words
QUOTED = r'[ \t\r\n]*"((?:[^"]|"")*+)"[ \t\r\n]*(?={separator}|$)'
PLAIN = r"([^{separator}]*)"


def join(words, separator=";"):
    """`split` reads it back, also words with separators and quotation marks."""
    return f"{separator} ".join(_quoted(word, separator) for word in words)


def split(text, separator=";", keep_empty=False):
    """The words of a cell, in their order."""
    form = re.compile(f"(?:{QUOTED}|{PLAIN})(?:{separator}|$)".format(separator=separator))
    words, place = [], 0
    while place < len(text):
        found = form.match(text, place)
        words.append(found[2].strip(SPACE) if found[1] is None else found[1].replace('""', '"'))
        place = found.end()
    if text.rstrip(SPACE).endswith(separator) and keep_empty:
        words.append("")
    return tuple(word for word in words if word or keep_empty)


def _quoted(word, separator):
    if separator in word or word.startswith('"'):
        return '"' + word.replace('"', '""') + '"'
    return word
