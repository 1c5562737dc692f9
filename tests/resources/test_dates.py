"""Dates of works, as people and formats write them."""

import pytest
from django.core.exceptions import ValidationError

from resources import dates


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2011", "2011"),
        ("2011-09", "2011-09"),
        ("2011/9", "2011-09"),
        ("September 2011", "2011-09"),
        ("Sept 2011", "2011-09"),
        ("2011 Sep", "2011-09"),
        ("2011-09-05", "2011-09-05"),
        ("2011/09/05", "2011-09-05"),
        ("2011/09/05/", "2011-09-05"),
        ("2011///", "2011"),
        ("2011-09-05T10:00:00Z", "2011-09-05"),
        ("Sept. 5, 2011", "2011-09-05"),
        ("September 5th, 2011", "2011-09-05"),
        ("5 Sep 2011", "2011-09-05"),
        ("2012-02-29", "2012-02-29"),
    ],
)
def test_a_date_is_read_with_as_much_as_is_known(text, iso):
    assert dates.parse(text).iso == iso


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("2011-02-29", "There is no day 2011-02-29 in the calendar. Correct it."),
        ("2011-13", "“13” is not a month. Write a number from 1 to 12."),
        ("2011-09-32", "“32” is not a day. Write a number from 1 to 31."),
        ("Septober 2011", "“septober” is not a month. Write a number from 1 to 12."),
        ("0999", "The year 0999 cannot be right. It lies between 1450 and 2100."),
        ("5/9/2011", "“5/9/2011” is not a date that can be read. Write it like 2011, 2011-09 or 2011-09-05."),
        ("n.d.", "“n.d.” is not a date that can be read. Write it like 2011, 2011-09 or 2011-09-05."),
        ("٢٠١١", "“٢٠١١” is not a date that can be read. Write it like 2011, 2011-09 or 2011-09-05."),
    ],
)
def test_what_is_no_date_is_refused_in_words(text, sentence):
    with pytest.raises(ValidationError) as refusal:
        dates.parse(text)
    assert refusal.value.messages == [sentence]


def test_a_day_without_a_month_is_refused():
    with pytest.raises(ValidationError, match="There is a day but no month"):
        dates.of("2011", "", "5")
