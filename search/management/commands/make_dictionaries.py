import re
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand

from search.engine.dictionaries import FOLDER, path_of
from search.engine.spelling import can_be_corrected
from search.languages import folded, words

# Of the ways to bend a Spanish word those to its plural, its feminine, and the participles. With all forms of all verbs
# there would be four times as many words, most of which nobody searches for.
WAYS = "SGD"


class Command(BaseCommand):
    help = (
        "Make the lists of right words anew (search/dictionaries/README.md). On Debian: apt install wamerican "
        "hunspell-es; then give /usr/share/dict/american-english and /usr/share/hunspell/es_ES.dic."
    )

    def add_arguments(self, parser):
        parser.add_argument("english", type=Path, help="A list of words, one a line.")
        parser.add_argument("spanish", type=Path, help="A Hunspell dictionary, NAME.dic; NAME.aff lies beside it.")
        parser.add_argument("--out", type=Path, default=FOLDER, metavar="FOLDER", help="Where the lists are written.")

    def handle(self, *args, english, spanish, out, **options):
        for name, texts in (("english", _lines(english)), ("spanish", _forms(spanish))):
            found = sorted({word for text in texts for word in words(folded(text)) if _is_asked_for(word)})
            path = path_of(name, out)
            # A running site has the old file mapped; it goes on reading that one.
            new = path.with_suffix(".new")
            new.write_text("".join(f"{word}\n" for word in found), encoding="ascii")
            new.replace(path)
            self.stdout.write(f"{len(found)} words in {path}.")


def _is_asked_for(word):
    """Whether the search looks a word up at all; letters that no accent makes, such as ß, are of other languages."""
    return can_be_corrected(word) and word.isascii()


def _lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def _forms(path):
    """The words of a Hunspell dictionary without names, each also in the forms of our `WAYS`."""
    endings = _endings(path.with_suffix(".aff"))
    for line in _lines(path)[1:]:  # the first says how many follow
        word, _, ways = line.partition("/")
        if word == word.lower():
            yield word
            for old, new, fits in (ending for way in ways if way in WAYS for ending in endings[way]):
                if word.endswith(old) and fits.search(word):
                    yield word.removesuffix(old) + new


def _endings(path):
    """Way → tuples: the ending that it takes off, the one that it puts there, a pattern of the words that it is for.

    Its lines: “SFX S z ces z”, and “SFX S 0 es [^aeiou]” where nothing is taken off.
    """
    endings = defaultdict(list)
    for line in _lines(path):
        kind, *rest = line.split() or [""]
        if kind == "SFX" and len(rest) >= 4:
            way, old, new, fits = rest[:4]
            new = new.partition("/")[0]
            endings[way].append((*("" if text == "0" else text for text in (old, new)), re.compile(f"{fits}$")))
    return endings
