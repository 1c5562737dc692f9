"""From the cells of one row to a Record, each fault a sentence."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import override

from resources import dates, identifiers
from resources.formats import lists, names
from resources.formats.columns import (
    COLUMNS,
    LIST_MAX,
    MOSTLY_ORGANIZATIONS,
    NAME_COLUMNS,
    label,
    too_long,
)
from resources.formats.reading import Fault, Row
from resources.formats.text import lines, one_line, strange_character
from resources.kinds import Access, ContributorRole, Kind, Level, License, LinkKind, Scheme
from resources.page_ranges import whole_page
from resources.records import Contributor, Identifier, Link, Record

PAGES_MAX = 100_000
LANGUAGES = {"english": "en", "eng": "en", "spanish": "es", "spa": "es", "español": "es"}
LABELED_ADDRESS = re.compile(r"(?:([^:/]+?)[:\s]+)?(https?://.*)", re.I | re.S)
LINE_FIELDS = ("title", "subtitle", "edition", "container", "series", "volume", "number", "rights", "key", "source")
LIST_FIELDS = ("topics", "roles", "results", "places", "tags")


def row(number, texts):
    """A Row of the cells of one record, a dictionary from column key to text."""
    texts = {key: lines(text) if COLUMNS[key].is_long else one_line(text) for key, text in texts.items()}
    faults = dict(_unfit(texts))
    fit = {key: "" if key in faults else text for key, text in texts.items()}
    values = {}
    for field, (keys, read) in FIELDS.items():
        try:
            values[field] = read(*(fit.get(key, "") for key in keys))
        except ValidationError as refusal:
            faults.setdefault(getattr(refusal, "column", keys[0]), " ".join(refusal.messages))
    if "title" not in faults and not values["title"]:
        faults["title"] = _("The title is missing. Every record needs one.")
    told = tuple(Fault(sentence, number, label(key)) for key, sentence in faults.items())
    return Row(number, None if told else Record(**values), told)


def _unfit(texts):
    """Columns whose text cannot be taken at all, each with the sentence that says why."""
    for key, text in texts.items():
        column = COLUMNS[key]
        if len(text) > column.longest * (LIST_MAX if column.is_list else 1):
            yield key, too_long(column, len(text))
        elif character := strange_character(text):
            yield (
                key,
                _("The field “%(field)s” holds a character that cannot be shown (%(character)s). Delete it.")
                % {"field": column.label, "character": character},
            )


def _words(key):
    """A reader of the list in a column."""

    def read(text):
        column = COLUMNS[key]
        words = lists.split(text)
        if len(words) > LIST_MAX:
            raise ValidationError(
                _("The field “%(field)s” lists %(count)s entries; at most %(most)s fit.")
                % {"field": column.label, "count": len(words), "most": LIST_MAX}
            )
        for word in words:
            if len(word) > column.longest:
                raise ValidationError(too_long(column, len(word)))
        return words

    return read


def _choice(choices):
    """A reader of one of some choices, by its value or its label in English or the reader’s language."""

    def read(text):
        wanted = text.casefold().replace("_", " ")
        by_value = {choice.value.casefold().replace("_", " "): choice for choice in choices}
        if not wanted or wanted in by_value:
            return by_value.get(wanted, "")
        with override("en"):
            by_label = {str(choice.label).casefold(): choice for choice in choices}
        by_label |= {choice.label.casefold(): choice for choice in choices}
        if wanted in by_label:
            return by_label[wanted]
        raise ValidationError(
            _("“%(text)s” is not one of the words for this field. They are: %(words)s.")
            % {"text": text[:60], "words": ", ".join(choice.value.replace("_", " ") for choice in choices)}
        )

    return read


def _kind(text):
    return _choice(Kind)(text) or None


def _value(choices):
    def read(text):
        return getattr(_choice(choices)(text), "value", "")

    return read


def _levels(text):
    return tuple(_value(Level)(word) for word in _words("levels")(text))


def _contributors(*texts):
    """All names, from one text for each role and the order in which they stand."""
    *by_role, order = texts
    people = [one for role, text in zip(ContributorRole, by_role, strict=True) for one in _of_role(role, text)]
    if not order:
        return tuple(people)
    roles = [_choice(ContributorRole)(word) for word in _words("contributor_order")(order)]
    if sorted(roles) != sorted(one.role for one in people):
        refusal = ValidationError(
            _("The order of contributors does not fit their names. Empty this field, or name one role for each name.")
        )
        refusal.column = "contributor_order"
        raise refusal
    return tuple(_next(people, role) for role in roles)


def _next(people, role):
    return people.pop(next(place for place, one in enumerate(people) if one.role == role))


def _of_role(role, text):
    try:
        return [Contributor(names.read(word, role in MOSTLY_ORGANIZATIONS), role) for word in _words(role.value)(text)]
    except ValidationError as refusal:
        refusal.column = role.value
        raise


def _issued(year, month, day):
    if not year:
        if month or day:
            raise ValidationError(_("There is a month or a day but no year. Add the year or take them away."))
        return None
    return dates.of(year, month, day) if month or day or year.isdigit() else dates.parse(year)


def _language(text):
    code = LANGUAGES.get(text.casefold(), re.sub(r"[-_][A-Za-z]{2}$", "", text).lower())
    if code and not re.fullmatch("[a-z]{2}", code):
        raise ValidationError(
            _("The language “%(text)s” is not known. Write its code of two letters, like en or es.")
            % {"text": text[:40]}
        )
    return code


def _page_count(text):
    if not text:
        return None
    digits = re.fullmatch(r"(\d{1,6})(?:\.0|\s*(?:pages|pp?\.?))?", text, re.A | re.I)
    if not digits or not 1 <= int(digits[1]) <= PAGES_MAX:
        raise ValidationError(
            _("“%(text)s” is not a number of pages. Write it in digits, like 36.") % {"text": text[:40]}
        )
    return int(digits[1])


def _page_range(text):
    if len(text) > COLUMNS["page_range"].longest:
        raise ValidationError(too_long(COLUMNS["page_range"], len(text)))
    for first, last in re.findall(r"(?<![\w.])(\d{1,9})\s*[-–—]\s*(\d{1,9})(?![\w.])", text, re.A):
        if int(whole_page(first, last)) < int(first):
            raise ValidationError(
                _("The page range %(first)s-%(last)s ends before it begins. Correct it.")
                % {"first": first, "last": last}
            )
    return text


def _identifiers(text):
    return tuple(_identifier(word) for word in _words("identifiers")(text))


def _identifier(text):
    """Without a label and in no known form it is the number that the publisher gave: “RAND RR-2100”."""
    if found := identifiers.parse(text):
        return found
    if not re.search(r"\d", text):
        raise ValidationError(
            _("“%(text)s” is no identifier. Write which one it is, like ERIC ED477535 or ISBN 0-937846-11-2.")
            % {"text": text[:60]}
        )
    return Identifier(Scheme.REPORT_NUMBER, identifiers.normal(Scheme.REPORT_NUMBER, text))


def _links(text):
    return tuple(_link(word) for word in _words("links")(text))


def _link(text):
    """“listing: https://www.example.org/”; an address alone leads to a page about the work."""
    found = LABELED_ADDRESS.fullmatch(text)
    words, address = found.groups() if found else ("", text)
    return Link(identifiers.normal(Scheme.URL, address), _choice(LinkKind)(words or "") or LinkKind.RECORD)


def _url(text):
    return identifiers.normal(Scheme.URL, text) if text else ""


# Each field of a record: the columns that it is read from, and how.
FIELDS = (
    {field: ((field,), str) for field in LINE_FIELDS}
    | {field: ((field,), _words(field)) for field in LIST_FIELDS}
    | {
        "kind": (("kind",), _kind),
        "contributors": ((*(column.key for column in NAME_COLUMNS.values()), "contributor_order"), _contributors),
        "issued": (("year", "month", "day"), _issued),
        "language": (("language",), _language),
        "page_count": (("page_count",), _page_count),
        "page_range": (("page_range",), _page_range),
        "identifiers": (("identifiers",), _identifiers),
        "links": (("links",), _links),
        "summary": (("summary",), str),
        "abstract": (("abstract",), str),
        "levels": (("levels",), _levels),
        "license": (("license",), _value(License)),
        "access": (("access",), _value(Access)),
        "url": (("url",), _url),
    }
)
