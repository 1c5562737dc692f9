"""Backups outlive what was deleted since: readers are told for how long."""

from django.conf import settings
from django.utils.translation import ngettext


def kept_in_words():
    days = settings.BACKUP_DAYS
    return ngettext(
        "Copies of the whole site, for an emergency: %(days)s day. They hold what was deleted here since.",
        "Copies of the whole site, for an emergency: %(days)s days. They hold what was deleted here since.",
        days,
    ) % {"days": days}
