"""Dates in words, as much as is known. Citations are in English whatever the language of the page."""

from calendar import month_name

# MLA shortens the months of more than four letters.
MLA_MONTHS = ["", "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]


def year_first(date):
    """APA: “2018, May 24”."""
    return f"{date.year}, {month_and_day(date)}" if date.month else f"{date.year}"


def day_first(date):
    """MLA: “24 May 2018”, “Sept. 2018”."""
    month = MLA_MONTHS[date.month] if date.month else ""
    day = str(date.day) if date.month and date.day else ""
    return " ".join(part for part in (day, month, str(date.year)) if part)


def month_first(date):
    """Chicago: “May 24, 2018”, “May 2018”."""
    if not date.month:
        return str(date.year)
    return f"{month_and_day(date)}{',' if date.day else ''} {date.year}"


def month_and_day(date):
    month = month_name[date.month] if date.month else ""
    return f"{month} {date.day}" if month and date.day else month


def month_and_year(date):
    """“April 2016”, for a volume that says its month; empty without a date."""
    if not date:
        return ""
    return f"{month_name[date.month]} {date.year}" if date.month else str(date.year)


def month_only(date):
    return month_name[date.month] if date and date.month else ""
