"""From the characters of a page, as PDFium gives them, to words that search finds. Imports nothing of Django."""

import re
import unicodedata

# Only these are replaced by their letters. All of NFKC would also turn “10²” into “102” and “½” into “1⁄2”.
LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
LINE_END_HYPHEN = "\ufffe"  # PDFium's own mark for a hyphen that it met at the end of a line
# A letter run or a digit before, a word after; bounded, so that a page of one endless word costs no more than another.
BROKEN = re.compile(rf"(-?[^\W\d_]{{1,40}}|(?<=\d))(?:{LINE_END_HYPHEN}|-[ \t]*\r?\n)[ \t\r\n]*(?=(\w{{1,40}}))")
SPACES = re.compile(r"\s+")
DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn"}  # control, invisible, private and broken characters

# A compound that was broken at its own hyphen keeps it: “school-based”. In these lists stand only words that are no
# syllable of a longer one (“part-” could be “part-ners”, “-aged” could be “man-aged”).
FIRST_PARTS = {"cross", "self"}
SECOND_PARTS = {
    *("based", "being", "building", "centered", "driven", "focused", "free", "funded", "income", "level", "linked"),
    *("making", "needs", "oriented", "performing", "poverty", "quality", "related", "risk", "scale", "school"),
    *("sector", "service", "solving", "term", "up", "year"),
}


def clean_text(text):
    """One line of words: ligatures as letters, words joined over line ends, single spaces, nothing invisible."""
    text = BROKEN.sub(_join, text)
    text = unicodedata.normalize("NFC", text.translate(LIGATURES))
    text = "".join(one for one in SPACES.sub(" ", text) if unicodedata.category(one) not in DROPPED)
    return SPACES.sub(" ", text).strip()


def _join(match):
    first, second = match.groups()
    return first if is_one_word(first, second) else f"{first}-"


def is_one_word(first, second):
    """Whether a hyphen between these was only there because the line ended: “commu-nity”, not “school-based”."""
    if not first or not second[0].islower():
        return False  # 2010-2012, Cross-Sector
    if first.startswith("-"):
        return False  # the middle of a chain: school-to-work
    return first.lower() not in FIRST_PARTS and second.lower() not in SECOND_PARTS
