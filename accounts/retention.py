"""What has ended is forgotten: the worker's daily work, and how the privacy page says it."""

from axes.models import AccessAttempt
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django_tasks_db.models import DBTaskResult

from accounts import lockout, models
from accounts.models import Invitation
from accounts.tasks import send_ways_to_new_passwords


def forget_wrong_passwords():
    AccessAttempt.objects.filter(attempt_time__lt=timezone.now() - lockout.KEPT).delete()


def wrong_passwords_in_words():
    days = lockout.KEPT.days
    return ngettext(
        "A wrong password at the sign-in of our staff, with the name and the network it came from: %(days)s day.",
        "A wrong password at the sign-in of our staff, with the name and the network it came from: %(days)s days.",
        days,
    ) % {"days": days}


def forget_invitations():
    """Delete invitations that were taken, or could have been taken, long ago."""
    Invitation.objects.long_over().delete()


def invitations_in_words():
    days = models.KEPT.days
    return ngettext(
        "An invitation to our staff, with a name and an email address: %(days)s day.",
        "An invitation to our staff, with a name and an email address: %(days)s days.",
        days,
    ) % {"days": days}


def forget_tries():
    """Delete limits that are over, and what strangers made the worker do. The worker's daily work."""
    DBTaskResult.objects.filter(task_path=send_ways_to_new_passwords.module_path).finished().delete()
    with connection.cursor() as cursor:  # a table of Django's cache: it has no model
        cursor.execute("DELETE FROM accounts_limits WHERE expires < %s", [timezone.now()])


def tries_in_words():
    return gettext("How often somebody tried to sign in, and for which email address a new password was asked: a day.")
