"""What stands at the addresses of the blog, for the checks of links and for readers' messages."""

import re

from django.conf import settings

from blog import archives
from blog.archives import KINDS
from blog.feeds import FEEDS
from blog.models import Entry
from feedback.subjects import Subject
from publishing.slugs import SlugAddresses

VIEWS = [
    "blog:entry_detail", "blog:archive", "blog:archive_feed", "blog:year", "blog:month",
    "blog:former_address", "blog:former_page", "blog:former_address_of_day",
]  # fmt: skip
_entries = SlugAddresses(Entry, "blog")
_PREFIX = "".join(f"(?:/{code})?" for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE)
_ARCHIVE = re.compile(rf"{_PREFIX}/blog/({'|'.join(KINDS)})/([-\w]+)(?:/(?:feed/(?:{'|'.join(FEEDS)})/)?)?")
_TIME = re.compile(rf"{_PREFIX}/blog/([0-9]{{4}})(?:/([0-9]{{1,2}}))?/?")
_FORMER = re.compile(
    rf"(?P<place>{_PREFIX}/blog/)[0-9]{{4}}/[0-9]{{1,2}}/"
    r"(?:[0-9]{1,2}/(?!.*\.html))?"  # no page of a day
    r"(?P<slug>[-\w]+)(?:/|\.html)?"
)


def answering_paths(paths):
    """Those of some paths at which readers find an entry or a list, or are sent on; a few queries for all of them."""
    now_at = {path: found["place"] + found["slug"] for path in paths if (found := _FORMER.fullmatch(path))}
    entries = _entries.answering(paths | set(now_at.values()))
    moved = {path for path, now in now_at.items() if now in entries}
    return (entries & paths) | moved | _archives(paths) | _times(paths)


def _archives(paths):
    asked = {path: found.groups() for path in paths if (found := _ARCHIVE.fullmatch(path))}
    good = set()
    for name in {name for name, _slug in asked.values()}:
        slugs = {slug for kind, slug in asked.values() if kind == name}
        good |= {(name, slug) for slug in archives.answering(name, slugs)}
    return {path for path, place in asked.items() if place in good}


def _times(paths):
    asked = {path: found.groups() for path in paths if (found := _TIME.fullmatch(path))}
    months = Entry.objects.public().dates("dated_on", "month") if asked else ()
    held = {(month.year, None) for month in months} | {(month.year, month.month) for month in months}
    return {path for path, (year, month) in asked.items() if (int(year), month and int(month)) in held}


def subject_at(path):
    """The public entry that a message may be about; None where no reader finds one."""
    entry = _entries.item_at(path)
    return entry and Subject.of(entry)
