"""Who of the staff is signed in: rows that Django writes and leaves lying when they are worth nothing any more."""

from importlib import import_module
from math import ceil

from django.conf import settings
from django.utils.translation import ngettext

ONE_DAY = 24 * 60 * 60  # seconds


def forget_expired():
    """Delete sessions whose time has passed: the worker's daily work."""
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def kept_in_words():
    days = ceil(settings.SESSION_COOKIE_AGE / ONE_DAY)
    return ngettext(
        "Who of our staff is signed in: %(days)s day after the last time.",
        "Who of our staff is signed in: %(days)s days after the last time.",
        days,
    ) % {"days": days}
