"""Identifiers: read in any form, checked, and shown where they lead."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from stdnum import isbn

from resources import identifiers
from resources.kinds import Scheme
from resources.records import Identifier


@pytest.mark.parametrize(
    ("text", "scheme", "value"),
    [
        ("ED477535", Scheme.ERIC, "ED477535"),
        ("ERIC ED477535", Scheme.ERIC, "ED477535"),
        ("eric number: ej1076382", Scheme.ERIC, "EJ1076382"),
        ("https://eric.ed.gov/?id=ED477535", Scheme.ERIC, "ED477535"),
        ("https://files.eric.ed.gov/fulltext/ED477535.pdf", Scheme.ERIC, "ED477535"),
        ("ISBN 0-937846-11-2", Scheme.ISBN, "0937846112"),
        ("isbn: 1-933493-04-6", Scheme.ISBN, "1933493046"),
        ("ISBN1933493046", Scheme.ISBN, "1933493046"),
        ("ISBN13: 9780937846117", Scheme.ISBN, "9780937846117"),
        ("ISBN: 0 937846 11 2", Scheme.ISBN, "0937846112"),
        ("978-0-937846-11-7", Scheme.ISBN, "9780937846117"),
        ("ISBN-13 978 0 937846 11 7", Scheme.ISBN, "9780937846117"),
        ("ISSN 0148-432x", Scheme.ISSN, "0148-432X"),
        ("0148-432X", Scheme.ISSN, "0148-432X"),
        ("10.33682/3CSJ-b8r7", Scheme.DOI, "10.33682/3csj-b8r7"),
        ("doi:10.33682/3csj-b8r7", Scheme.DOI, "10.33682/3csj-b8r7"),
        ("DOI https://doi.org/10.33682/3csj-b8r7", Scheme.DOI, "10.33682/3csj-b8r7"),
        ("http://dx.doi.org/10.33682%2F3csj-b8r7", Scheme.DOI, "10.33682/3csj-b8r7"),
        ("Report number RAND RR-2100", Scheme.REPORT_NUMBER, "RAND RR-2100"),
        ("Report No. 5", Scheme.REPORT_NUMBER, "5"),
        ("https://www.rand.org/t/RR2100", Scheme.URL, "https://www.rand.org/t/RR2100"),
    ],
)
def test_an_identifier_is_recognized_in_the_forms_people_write(text, scheme, value):
    assert identifiers.parse(text) == Identifier(scheme, value)


@pytest.mark.parametrize(
    "text", ["", "community schools", "2017", "1998-1999", "RAND RR-2100", "1234567890", "education 10.5", "isbns"]
)
def test_ordinary_words_and_numbers_are_no_identifier(text):
    assert identifiers.parse(text) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("ISBN 0-937846-11-3", "The ISBN 0-937846-11-3 has a wrong check digit: it should end in 2."),
        ("978-0-937846-11-8", "The ISBN 978-0-937846-11-8 has a wrong check digit: it should end in 7."),
        ("ISBN 12345", "“12345” is not an ISBN. It has 10 digits, or 13 that begin with 978 or 979."),
        ("ISSN 0148-4321", "The ISSN 0148-4321 has a wrong check digit: it should end in X."),
        ("ISSN 12", "“12” is not an ISSN."),
        ("ERIC 477535", "“477535” is not an ERIC number. Write ED or EJ and six or seven digits, like ED477535."),
        ("DOI 11.5/x", "“11.5/x” is not a DOI."),
        ("http://", "“http://” is not a web address."),
        ("https://name:secret@example.org/", "The web address holds a user name."),
        ("Web address javascript:alert(1)", "“javascript:alert(1)” is not a web address."),
        ("Report number …", "“…” is not a report number."),
        ("Report number " + "9" * 101, "The report number has 101 characters. At most 100 fit."),
        ("https://example.org/" + "a" * 2000, "The web address is longer than 2000 characters."),
    ],
)
def test_a_wrong_identifier_is_refused_with_what_to_do(text, sentence):
    with pytest.raises(ValidationError) as refusal:
        identifiers.parse(text)
    assert refusal.value.messages[0].startswith(sentence)


def test_an_isbn_of_ten_digits_is_the_same_as_its_thirteen():
    ten, thirteen = (Identifier(Scheme.ISBN, value) for value in ("0937846112", "9780937846117"))
    assert identifiers.comparable(ten) == identifiers.comparable(thirteen)


@given(st.integers(0, 999_999_999), st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_in_an_isbn_is_always_found(number, place, by):
    digits = f"{number:09}"
    value = next(f"{digits}{last}" for last in "0123456789X" if isbn.is_valid(f"{digits}{last}"))
    assert identifiers.normal(Scheme.ISBN, value) == value
    wrong = value[:place] + str((int(value[place]) + by) % 10) + value[place + 1 :]
    with pytest.raises(ValidationError):
        identifiers.normal(Scheme.ISBN, wrong)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ED477535", "https://eric.ed.gov/?id=ED477535"),
        ("10.1234/a<b>", "https://doi.org/10.1234/a%3Cb%3E"),
        ("ISSN 0148-432X", "https://portal.issn.org/resource/ISSN/0148-432X"),
        ("https://www.rand.org/t/RR2100", "https://www.rand.org/t/RR2100"),
        ("ISBN 0937846112", ""),
        ("Report number RR-2100", ""),
    ],
)
def test_an_identifier_leads_where_its_agency_says(text, address):
    identifier = identifiers.parse(text)
    assert identifier.scheme.address_of(identifier.value) == address


def test_readers_see_what_kind_of_identifier_it_is():
    assert identifiers.display(identifiers.parse("ED477535")) == "ERIC number ED477535"
    assert identifiers.display(identifiers.parse("https://example.org/a")) == "https://example.org/a"
    assert identifiers.display(identifiers.parse("ISBN 9780937846117")) == "ISBN 978-0-937846-11-7"


@pytest.mark.parametrize(
    ("isbn", "shown"),
    [
        ("0937846112", "0-937846-11-2"),  # each as its book prints it
        ("1933493046", "1-933493-04-6"),
        ("9780226823362", "978-0-226-82336-2"),
        ("9798986240107", "979-8-9862401-0-7"),
        ("9799999999990", "9799999999990"),  # nobody has been given these numbers
    ],
)
def test_the_hyphens_of_an_isbn_stand_where_its_agency_puts_them(isbn, shown):
    assert identifiers.hyphenated(isbn) == shown
