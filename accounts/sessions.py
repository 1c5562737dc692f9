"""Ending the sessions of an account."""

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.utils import timezone


def end_sessions(user, but=None):
    """Sign somebody out everywhere, but for one session by its key; give how many sessions ended.

    A session does not say whose it is before it is opened: all that run are looked through, of an office.
    """
    running = Session.objects.filter(expire_date__gt=timezone.now()).exclude(session_key=but)
    hers = [one.pk for one in running.iterator() if one.get_decoded().get(SESSION_KEY) == str(user.pk)]
    Session.objects.filter(pk__in=hers).delete()
    return len(hers)
