"""What has ended is forgotten: the worker's daily work."""

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from accounts import lockout
from accounts.models import Invitation


def forget_what_has_ended():
    """Delete sessions and limits that are over, wrong passwords of a month ago, invitations that nobody can take."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - lockout.KEPT).delete()
    Invitation.objects.long_over().delete()
    with connection.cursor() as cursor:  # a table of Django's cache: it has no model
        cursor.execute("DELETE FROM accounts_limits WHERE expires < %s", [now])
