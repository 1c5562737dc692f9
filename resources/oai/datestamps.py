"""Moments as OAI-PMH writes them: UTC, to the second, or in a request to the day."""

import re
from datetime import UTC, datetime, time

GRANULARITY = "YYYY-MM-DDThh:mm:ssZ"
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
SECOND = re.compile(r"\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\dZ", re.ASCII)


def written(moment):
    """“2026-11-03T14:05:09Z”. Parts of a second are cut off."""
    # Not strftime: it writes the year 999 with three digits.
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def span(text):
    """The first and the last moment that a text stands for: one second, or a whole day. Raises ValueError."""
    if SECOND.fullmatch(text):
        moment = datetime.fromisoformat(text)
        return moment, moment.replace(microsecond=999_999)
    if DAY.fullmatch(text):
        day = datetime.fromisoformat(text).replace(tzinfo=UTC)
        return day, datetime.combine(day, time.max, tzinfo=UTC)
    raise ValueError(text)
