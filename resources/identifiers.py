"""Identifiers of works: their normal form and their check digits. Where they lead, `Scheme.address_of` says.

The check digits follow the ISBN Users’ Manual (International ISBN Agency) and ISO 3297 (ISSN);
the form of a DOI follows the DOI Handbook: without regard to case, so kept in lower case.
"""

import re
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from stdnum import isbn as stdnum_isbn

from resources.kinds import Scheme
from resources.records import Identifier

REPORT_NUMBER_LENGTH = 100
DOI_LENGTH = 300
ADDRESS_LENGTH = 2000

ERIC = re.compile(r"E[DJ]\d{6,7}", re.A)
DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/[!-~]+", re.A)
ISSN = re.compile(r"\d{7}[\dX]", re.A)
ISBN_10 = re.compile(r"\d{9}[\dX]", re.A)
ISBN_13 = re.compile(r"97[89]\d{10}", re.A)

DOI_ADDRESS = re.compile(r"(?:https?://)?(?:dx\.|www\.)?doi\.org/(.+)", re.I)
ERIC_ADDRESS = re.compile(r"(?:https?://)?(?:www\.|files\.)?eric\.ed\.gov/.*?\b(E[DJ]\d{6,7})\b.*", re.I | re.A)

# What stands in front of an identifier in lists, in the order in which they are tried.
LABELS = {
    Scheme.REPORT_NUMBER: re.compile(r"report\s+(?:number|no\.?)[\s:]+(.+)", re.I),
    Scheme.URL: re.compile(r"web\s+address[\s:]+(.+)", re.I),
    Scheme.DOI: re.compile(r"doi[\s:]+(.+)", re.I),
    Scheme.ERIC: re.compile(r"eric(?:\s+(?:number|document|no\.?))?[\s:#]+(.+)", re.I),
    Scheme.ISBN: re.compile(r"isbn(?:(?:-?1[03])?[\s:]+|(?=\d))(.+)", re.I | re.A),
    Scheme.ISSN: re.compile(r"e?issn(?:-l)?[\s:]+(.+)", re.I),
}
WRITTEN = {
    Scheme.REPORT_NUMBER: "Report number",
    Scheme.URL: "Web address",
    Scheme.DOI: "DOI",
    Scheme.ERIC: "ERIC",
    Scheme.ISBN: "ISBN",
    Scheme.ISSN: "ISSN",
}


def parse(text):
    """The Identifier that a text names in any form, with or without a label; None if it names none.

    Raises ValidationError if the text says what it is and yet is wrong: “ISBN 0-937846-11-3”.
    """
    text = " ".join(text.split())
    for scheme, label in LABELS.items():
        if found := label.fullmatch(text):
            return Identifier(scheme, normal(scheme, found[1]))
    scheme = _recognized(text)
    return Identifier(scheme, normal(scheme, text)) if scheme else None


def normal(scheme, text):
    """The normal form of an identifier of a scheme; ValidationError with a sentence that says what to do."""
    return NORMAL_FORMS[scheme](" ".join(text.split()))


def written(identifier):
    """As files carry it, in English whatever the reader’s language; `parse` reads it back: “ERIC ED477535”."""
    return f"{WRITTEN[identifier.scheme]} {identifier.value}"


def display(identifier):
    """As readers see it: “ISBN 0-937846-11-2”; an address stands alone."""
    if identifier.scheme == Scheme.URL:
        return identifier.value
    value = hyphenated(identifier.value) if identifier.scheme == Scheme.ISBN else identifier.value
    return f"{Scheme(identifier.scheme).label} {value}"


def hyphenated(isbn):
    """An ISBN in normal form with hyphens between its parts; as it is where its publisher’s range is not known."""
    prefix, *parts = stdnum_isbn.split(isbn)
    return "-".join(filter(None, (prefix, *parts))) if all(parts) else isbn


def site_of(address):
    """The site on which a web address is, such as “eric.ed.gov”; the address itself where it is none."""
    try:
        host = urlsplit(address).hostname
    except ValueError:  # “http://[”, in a draft
        host = None
    return (host or address).removeprefix("www.")


def comparable(identifier):
    """Equal for two identifiers of the same thing: an ISBN of ten digits is the same as its thirteen."""
    value = identifier.value
    if identifier.scheme == Scheme.ISBN and len(value) == 10:
        value = isbn_13(value)
    if identifier.scheme == Scheme.REPORT_NUMBER:
        value = re.sub(r"\W", "", value).casefold()
    return Identifier(identifier.scheme, value)


def isbn_13(value):
    """The thirteen digits of an ISBN in normal form."""
    if len(value) == 13:
        return value
    digits = "978" + value[:9]
    return digits + _check_digit_13(digits)


def _recognized(text):
    """The scheme of a text without a label; None for ordinary words and numbers."""
    compact = _compact(text)
    if ERIC_ADDRESS.fullmatch(text) or ERIC.fullmatch(compact):
        return Scheme.ERIC
    if DOI_ADDRESS.fullmatch(text) or DOI.fullmatch(text):
        return Scheme.DOI
    if re.match(r"https?://", text, re.I):
        return Scheme.URL
    if ISBN_13.fullmatch(compact) or (ISBN_10.fullmatch(compact) and _check_digit_11(compact[:9]) == compact[9]):
        return Scheme.ISBN
    if re.fullmatch(r"\d{4}-\d{3}[\dXx]", text, re.A) and _check_digit_11(compact[:7]) == compact[7]:
        return Scheme.ISSN
    return None


def _eric(text):
    found = ERIC_ADDRESS.fullmatch(text)
    value = found[1].upper() if found else _compact(text)
    if not ERIC.fullmatch(value):
        raise ValidationError(
            _("“%(text)s” is not an ERIC number. Write ED or EJ and six or seven digits, like ED477535.") % _shown(text)
        )
    return value


def _doi(text):
    found = DOI_ADDRESS.fullmatch(text)
    value = unquote(found[1]) if found else re.sub(r"^doi:\s*", "", text, flags=re.I)
    value = value.lower()
    if not DOI.fullmatch(value) or len(value) > DOI_LENGTH:
        raise ValidationError(
            _("“%(text)s” is not a DOI. It begins with “10.” and has a slash, like 10.33682/3csj-b8r7.") % _shown(text)
        )
    return value


def _isbn(text):
    value = _compact(text)
    if not (ISBN_10.fullmatch(value) or ISBN_13.fullmatch(value)):
        raise ValidationError(
            _("“%(text)s” is not an ISBN. It has 10 digits, or 13 that begin with 978 or 979.") % _shown(text)
        )
    right = _check_digit_11(value[:9]) if len(value) == 10 else _check_digit_13(value[:12])
    if value[-1] != right:
        raise ValidationError(
            _("The ISBN %(text)s has a wrong check digit: it should end in %(right)s. Compare it with the book.")
            % (_shown(text) | {"right": right})
        )
    return value


def _issn(text):
    value = _compact(text)
    if not ISSN.fullmatch(value):
        raise ValidationError(_("“%(text)s” is not an ISSN. It has eight digits, like 0148-432X.") % _shown(text))
    if value[-1] != (right := _check_digit_11(value[:7])):
        raise ValidationError(
            _("The ISSN %(text)s has a wrong check digit: it should end in %(right)s. Compare it with the journal.")
            % (_shown(text) | {"right": right})
        )
    return f"{value[:4]}-{value[4:]}"


def _report_number(text):
    text = text.lstrip(": ")
    if not any(character.isalnum() for character in text):
        raise ValidationError(
            _("“%(text)s” is not a report number. Write it as it stands on the report.") % _shown(text)
        )
    if len(text) > REPORT_NUMBER_LENGTH:
        raise ValidationError(
            _("The report number has %(length)s characters. At most %(most)s fit.")
            % {"length": len(text), "most": REPORT_NUMBER_LENGTH}
        )
    return text


def _url(text):
    refusal = ValidationError(
        _("“%(text)s” is not a web address. Write it in full, beginning with https:// or http://.") % _shown(text)
    )
    if len(text) > ADDRESS_LENGTH:
        raise ValidationError(_("The web address is longer than %(most)s characters.") % {"most": ADDRESS_LENGTH})
    try:
        URLValidator(schemes=["http", "https"])(text)
        named = urlsplit(text).username
    except (ValidationError, ValueError):
        raise refusal from None
    if named is not None:
        raise ValidationError(_("The web address holds a user name. Write it without what stands before the “@”."))
    return text


NORMAL_FORMS = {
    Scheme.DOI: _doi,
    Scheme.ERIC: _eric,
    Scheme.ISBN: _isbn,
    Scheme.ISSN: _issn,
    Scheme.REPORT_NUMBER: _report_number,
    Scheme.URL: _url,
}


def _compact(text):
    """Without spaces and the hyphens and dashes that people put between the groups."""
    return re.sub(r"[\s\-‐‑‒–]", "", text).upper()


def _check_digit_11(digits):
    """The last character of an ISBN-10 or an ISSN: weights fall to 2, the sum is a multiple of 11, X stands for 10."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, range(len(digits) + 1, 1, -1), strict=True))
    return "0123456789X"[-total % 11]


def _check_digit_13(digits):
    """The last digit of an ISBN-13: weights 1 and 3 in turn, the sum is a multiple of 10."""
    return str(-sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(digits)) % 10)


def _shown(text):
    return {"text": text[:80]}
