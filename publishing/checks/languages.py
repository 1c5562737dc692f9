"""Paragraphs in another language than their text. A missed one is better than a false alarm."""

import re

from django.utils.translation import gettext as _

from publishing.checks.findings import Level, Topic, of_block, of_item

MIN_WORDS = 12
MIN_DIFFERENT = 4  # stop words of one language, and
MIN_SHARE = 0.25  # of all words of the paragraph, and
TIMES_MORE = 5  # than those of the other language

# The words that hold sentences together. None stands in both lists, and none is a common word of the other language.
STOP_WORDS = {
    "en": frozenset({
        "the", "and", "of", "to", "that", "is", "with", "for", "are", "this", "from", "they", "their",
        "have", "was", "were", "which", "you", "your", "what", "by", "not", "or", "an", "it", "be", "as",
        "at", "on", "in", "who", "can", "will", "how", "our", "we", "about", "when", "these", "than",
        "there", "into", "its", "also", "but", "if", "more", "do", "does",
    }),
    "es": frozenset({
        "el", "la", "los", "las", "de", "del", "que", "y", "en", "un", "una", "por", "con", "para", "es",
        "se", "su", "sus", "al", "lo", "como", "más", "pero", "este", "esta", "estos", "estas", "está",
        "están", "ser", "cada", "cuando", "donde", "también", "muy", "nos", "qué", "ha", "han", "entre",
        "sobre", "desde", "hasta", "porque", "ese", "esa", "les", "todos", "todas", "puede", "pueden",
    }),
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text):
    """The language of a paragraph, None where that is not certain.

    Only words in small letters count: “Los Angeles” and “El Paso” are names.
    """
    words = _WORD.findall(text)
    if len(words) < MIN_WORDS:
        return None
    found = {code: [word for word in words if word in known] for code, known in STOP_WORDS.items()}
    code, other = sorted(found, key=lambda code: -len(found[code]))[:2]
    hits = found[code]
    is_certain = (
        len(set(hits)) >= MIN_DIFFERENT
        and len(hits) >= MIN_SHARE * len(words)
        and len(hits) >= TIMES_MORE * len(found[other])
    )
    return code if is_certain else None


def check_languages(content, language):
    """One warning for each foreign paragraph; one for the item where most of it is foreign."""
    judged = [(language_of(text), block) for text, block in content.passages]
    foreign = [(code, block) for code, block in judged if code and code != language]
    names = {"en": _("English"), "es": _("Spanish")}
    if language not in names or not foreign:
        return []
    if len(foreign) > 1 and 2 * len(foreign) > len([code for code, _block in judged if code]):
        sentence = _(
            "This text seems to be in %(other)s, but its language is set to %(own)s. Choose the right language, so "
            "that it is found, and read aloud as it is written."
        ) % {"other": names[foreign[0][0]], "own": names[language]}
        return [of_item(Level.WARNING, Topic.LANGUAGE, sentence, "language")]
    sentence = _(
        "A paragraph seems to be in %(other)s, in a text in %(own)s. A screen reader would pronounce it wrongly. "
        "Move it to a text in its own language and link to that, or translate it."
    )
    return [
        of_block(Level.WARNING, Topic.LANGUAGE, sentence % {"other": names[code], "own": names[language]}, block)
        for code, block in foreign
    ]
