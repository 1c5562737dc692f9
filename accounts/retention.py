"""What has ended is forgotten: the worker's daily work."""

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts import lockout
from accounts.models import Invitation


def forget_what_has_ended():
    """Delete sessions that are over, wrong passwords of a month ago, and invitations that nobody can take any more."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - lockout.KEPT).delete()
    Invitation.objects.long_over().delete()
