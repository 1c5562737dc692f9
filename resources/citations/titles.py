"""Titles: quotation marks, and sentence case for APA."""

import re

from resources.citations.proper_words import PROPER
from resources.citations.runs import upright
from resources.citations.works import Form, form_of

# “Children’s” and “U.S.” are words; “School-Based” is two.
WORD = re.compile(r"[^\W_]+(?:[.’][^\W_]+)*")
# Words with a period that does not end the sentence.
ABBREVIATIONS = {"co", "dept", "dr", "ed", "eds", "etc", "inc", "jr", "ltd", "mr", "ms", "no", "sr", "st", "vol", "vs"}
# What stands between two words when the second begins a new sentence or a subtitle.
NEW_START = re.compile(r"[:?!—]\W*$")
QUOTATION_MARK = re.compile("[“”]")
AFTER_A_PERIOD = re.compile(r"\.\W*\s\W*$")


def curled(text):
    """Typographic quotation marks. A mark without a partner stays (or becomes) straight: inches, or a slip."""
    text = re.sub(r'"([^"“”]+)"', r"“\1”", text)
    text = re.sub(r"(^|[\s(\[“])'(?=[^\W\d])", r"\1‘", text).replace("'", "’")
    alone = _without_partner(text)
    return "".join('"' if place in alone else mark for place, mark in enumerate(text)) if alone else text


def _without_partner(text):
    """Where in a text the quotation marks stand that open or close nothing."""
    opened, alone = [], set()
    for mark in QUOTATION_MARK.finditer(text):
        if mark[0] == "“":
            opened.append(mark.start())
        elif opened:
            opened.pop()
        else:
            alone.add(mark.start())
    return alone.union(opened)


def quoted(title, mark=""):
    """In quotation marks, those inside made single; the mark that follows goes inside, as Americans set it.

    A period is left out after a mark that ends a sentence; a comma stays (“Where Next?,”).
    """
    if not title:
        return ()
    inside = title.replace("“", "‘").replace("”", "’")
    if mark == "." and inside.rstrip("’")[-1:] in tuple(".?!…"):
        mark = ""
    if mark and inside.endswith("’") and title.endswith("”"):
        inside, mark = inside[:-1], f"{mark}’"
    return upright(f"“{inside}{mark}”")


def in_sentence_case(title, record):
    """A title of the record as APA writes it: capitals at the start, after a colon, “?”, “!” or dash, and in names.

    Which words are proper names cannot be known from a title alone. Capitals are kept in
    - words with a capital or a digit inside, and acronyms (“StriveTogether”, “STEM”, “COVID-19”);
    - phrases that the record itself names (organizations, the journal or book around it, places);
    - phrases of `proper_words`.
    Anything else is put in lower case, so a name that nobody told us of loses its capitals. Titles that are in sentence
    case already, and titles in other languages than English, stay as printed.
    """
    if record.language not in {"", "en"} or _is_in_sentence_case(title):
        return title
    shouts = title.isupper()
    kept = _protected(title, (*PROPER, *_names_of(record)))
    pieces, end, before = [], 0, ""
    for word in WORD.finditer(title):
        between = title[end : word.start()]
        pieces.append(between)
        if word.start() in kept:
            pieces.append(word[0].capitalize() if shouts else word[0])
        elif not end or NEW_START.search(between):
            pieces.append(_lowered(word[0], shouts, is_start=True))
        elif AFTER_A_PERIOD.search(between) and not is_abbreviation(before):
            pieces.append(word[0])
        else:
            pieces.append(_lowered(word[0], shouts))
        end, before = word.end(), word[0]
    return "".join((*pieces, title[end:]))


def is_abbreviation(word):
    """“U.S”, “J”, “St”: the period behind it ends no sentence."""
    return "." in word or len(word) == 1 or word.lower() in ABBREVIATIONS


def _lowered(word, shouts, is_start=False):
    is_letter = len(word) == 1 and word != "A"  # “K-12”, “Plan B”, “I”
    if not shouts and (is_letter or word[1:] != word[1:].lower() or any(map(str.isdigit, word))):
        return word
    lowered = word.lower()
    return lowered[:1].upper() + lowered[1:] if is_start else lowered


def _is_in_sentence_case(title):
    """Whether most of the longer words after the first are in lower case already."""
    later = [word for word in WORD.findall(title)[1:] if len(word) > 3]
    return sum(word[0].islower() for word in later) * 2 > len(later)


def _names_of(record):
    """Phrases that are names because the record says so.

    Not the book around a chapter, whose own title is put in sentence case, nor a journal of one word (“Education”),
    which would protect too much.
    """
    organizations = [one.name.literal for one in record.contributors if one.name.is_organization]
    places = [part.strip() for place in record.places for part in place.split(",")]
    is_name = " " in record.container and form_of(record) is not Form.CHAPTER
    return [*organizations, *places, *([record.container] if is_name else [])]


def _protected(title, phrases):
    """Where the words of a title begin that belong to one of the phrases, in whatever case."""
    kept = set()
    for phrase in filter(None, phrases):
        for found in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", title, re.IGNORECASE):
            kept.update(word.start() for word in WORD.finditer(title, found.start(), found.end()) if word[0] != "v")
    return kept
