"""Dates of works as people and formats write them: a year, a month of a year, or a day."""

import calendar
import datetime
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.records import PartialDate

YEARS = range(1450, 2101)  # from the first printed books to what a publisher may announce
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

NUMBERS = re.compile(r"(?P<year>\d{4})(?:[-/.](?P<month>\d{1,2})(?:[-/.](?P<day>\d{1,2}))?)?(?:t[\d:.z+-]*)?", re.A)
MONTH_FIRST = re.compile(r"(?P<month>[a-z]+)\.?\s+(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?P<year>\d{4})", re.A)
DAY_FIRST = re.compile(r"(?P<day>\d{1,2})\s+(?P<month>[a-z]+)\.?,?\s+(?P<year>\d{4})", re.A)
YEAR_FIRST = re.compile(r"(?P<year>\d{4}),?\s+(?P<month>[a-z]+)\.?(?:\s+(?P<day>\d{1,2}))?", re.A)


def parse(text):
    """The date that a text names: “2011”, “2011-09”, “September 2011”, “2011/09/05”, “Sept. 5, 2011”, “5 Sep 2011”.

    Numbers alone are read only with the year in front: “5/9/2011” is May to some and September to others.
    Raises ValidationError with a sentence for people.
    """
    words = " ".join(text.split()).lower().rstrip("/")  # RIS writes “2011///”
    for form in (NUMBERS, MONTH_FIRST, DAY_FIRST, YEAR_FIRST):
        if found := form.fullmatch(words):
            return of(found["year"], found["month"] or "", found["day"] or "")
    raise ValidationError(
        _("“%(text)s” is not a date that can be read. Write it like 2011, 2011-09 or 2011-09-05.") % _shown(text)
    )


def of(year, month="", day=""):
    """The date of three texts, of which month and day may be empty; a month is a number or its English name."""
    known = PartialDate(_year(year), _month(month), _day(day))
    if known.day and not known.month:
        raise ValidationError(_("There is a day but no month. Add the month or take the day away."))
    if known.day:
        try:
            datetime.date(known.year, known.month, known.day)
        except ValueError:
            raise ValidationError(
                _("There is no day %(date)s in the calendar. Correct it.") % {"date": known.iso}
            ) from None
    return known


def _year(text):
    text = text.strip()
    if not re.fullmatch(r"\d{4}", text, re.A):
        raise ValidationError(_("“%(text)s” is not a year. Write four digits, like 2011.") % _shown(text))
    if int(text) not in YEARS:
        raise ValidationError(
            _("The year %(year)s cannot be right. It lies between %(first)s and %(last)s.")
            % {"year": text, "first": YEARS[0], "last": YEARS[-1]}
        )
    return int(text)


def _month(text):
    text = text.strip().lower().rstrip(".")
    if not text:
        return None
    if re.fullmatch(r"\d{1,2}", text, re.A):
        if 1 <= int(text) <= 12:
            return int(text)
    elif len(text) >= 3 and text[:3] in MONTHS:
        month = MONTHS.index(text[:3]) + 1
        name = datetime.date(2000, month, 1).strftime("%B").lower()
        if name.startswith(text) or text == "sept":
            return month
    raise ValidationError(_("“%(text)s” is not a month. Write a number from 1 to 12.") % _shown(text))


def _day(text):
    text = text.strip()
    if not text:
        return None
    if re.fullmatch(r"\d{1,2}", text, re.A) and 1 <= int(text) <= 31:
        return int(text)
    raise ValidationError(_("“%(text)s” is not a day. Write a number from 1 to 31.") % _shown(text))


def _shown(text):
    return {"text": text[:40]}


def is_in_calendar(year, month, day):
    """Whether three numbers, of which any may be None, are a year, a month or a day, or nothing at all."""
    if not year:
        return not month and not day
    try:
        datetime.date(year, month or 1, day or 1)
    except (ValueError, OverflowError):
        return False
    return bool(month or not day)


def fault_of_date(year, month, day):
    """A sentence on why three numbers, of which any may be None, are no date; None where they are one."""
    if (month and not year) or (day and not month):
        return _("A day needs its month, and a month its year.")
    last = calendar.monthrange(year, month)[1] if day and 1 <= month <= 12 else 31  # of any year, however many digits
    if day and not 1 <= day <= last:
        return _("This month has %(last)s days. Correct the day, or leave it empty.") % {"last": last}
    return None
