"""What all styles ask of a record: how it appeared, who stands first, edition, series and number, publishers."""

import re
from enum import Enum, auto

from resources.kinds import ContributorRole, Kind, Scheme

POSTED = {Kind.PAGE, Kind.VIDEO, Kind.AUDIO, Kind.WEBINAR, Kind.PRESENTATION}
BOOKS = {Kind.BOOK, Kind.HANDBOOK, Kind.CHAPTER}
MEDIA = {
    Kind.DATA: "Data set",
    Kind.VIDEO: "Video",
    Kind.AUDIO: "Audio",
    Kind.WEBINAR: "Webinar",
    Kind.PRESENTATION: "Presentation",
}
ORDINALS = dict(
    zip(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        ["1st", "2nd", "3rd", "4th", "5th", "6th", "7th", "8th", "9th", "10th"],
        strict=True,
    )
)


class Form(Enum):
    """How a work appeared, which decides the pattern of its citation."""

    WHOLE = auto()
    ARTICLE = auto()
    CHAPTER = auto()
    POSTED = auto()


def form_of(record):
    """An article or chapter without a known journal or book stands alone, like a report."""
    if record.kind in POSTED:
        return Form.POSTED
    if not record.container:
        return Form.WHOLE
    if record.kind == Kind.CHAPTER:
        return Form.CHAPTER
    return Form.ARTICLE if record.kind == Kind.ARTICLE or record.volume or record.number else Form.CHAPTER


def leading_names(record):
    """Who stands first, and whether they are editors: the authors, else the editors of a whole work."""
    if record.authors or form_of(record) is Form.CHAPTER:
        return record.authors, False
    return record.editors, bool(record.editors)


def editors_inside(record):
    """Editors who are not the ones standing first."""
    return () if leading_names(record)[1] else record.editors


def translators(record):
    return record.names(ContributorRole.TRANSLATOR)


def preparers(record):
    return record.names(ContributorRole.PREPARER)


def other_publishers(record):
    """The publishers who are not named as authors already."""
    return [name.direct for name in record.publishers if name not in record.authors]


def edition(record, revised="revised"):
    """“Second edition” as “2nd ed.”, “Revised edition” as “revised ed.”; other words (“Version 2”) as they are."""
    text = re.sub(r"\beditions?\b", "ed.", record.edition, flags=re.IGNORECASE).replace("ed..", "ed.")
    text = re.sub(r"\b(revised\b|rev\.)", revised, text, flags=re.IGNORECASE)
    text = re.sub(r"^\w+(?= ed\.)", lambda word: ORDINALS.get(word[0].lower(), word[0]), text)
    if text.isdecimal():
        return f"{text}{_ordinal_end(int(text))} ed."
    return re.sub(r"\bed$", "ed.", text)


def _ordinal_end(number):
    if number % 100 in {11, 12, 13}:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def bare_number(record):
    """“No. 6” as “6”: each style says “number” in its own way."""
    return re.sub(r"^(no\.|number|#)\s*", "", record.number, flags=re.IGNORECASE)


def series_and_number(record, between=" "):
    """“Occasional Paper 2”; a number without a series as “No. 2”."""
    number = bare_number(record)
    if record.series and number:
        return f"{record.series}{between}{number}"
    return record.series or (f"No. {number}" if number else "")


def report_number(record):
    """“Report No. RR-2100”; or as it is (“NIH Publication No. 18-2059”); not if the series has it."""
    number = " ".join(record.identifier(Scheme.REPORT_NUMBER).split())
    in_series = bare_number(record)
    if not number or (in_series and in_series in number):
        return ""
    return number if " " in number else f"Report No. {number}"


def is_undated(record):
    return record.issued is None
