"""Sending an invitation, and taking it."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import DAYS, Invitation, accounts_at
from publishing.activity import name_of
from publishing.tasks import send_mail


class Ended(Exception):
    """An invitation cannot be taken, or not any more."""


def send(invitation):
    """Send the mail with the address at which the invitation is taken."""
    inviter = " ".join(name_of(invitation.invited_by).split())
    lines = [
        _("%(inviter)s invites you to work on the website of the Coalition for Community Schools.")
        % {"inviter": inviter},
        _("Open this address and choose a password: %(address)s")
        % {"address": settings.SITE_URL + invitation.get_absolute_url()},
        _("The address works once, and for %(days)s days. If you expected no invitation, delete this message.")
        % {"days": DAYS},
    ]
    send_mail.enqueue(_("Your account at the Coalition for Community Schools"), "\n\n".join(lines), invitation.email)


def send_again(invitation):
    """Send an invitation that nobody has taken once more; the address in the mail before ends. Gives whether it was."""
    with transaction.atomic():
        row = Invitation.objects.select_for_update().open().filter(pk=invitation.pk).first()
        if row is None or accounts_at(row.email).exists():
            return False
        row.sent_at = timezone.now()
        row.save()
        send(row)
    return True


def take(key, password):
    """Make the account of the invited person, once; gives it. Raises Ended, whoever else comes at this moment."""
    try:
        with transaction.atomic():
            invitation = Invitation.objects.select_for_update(of=("self",)).by_key(key)
            if invitation is None or not invitation.is_takeable or accounts_at(invitation.email).exists():
                raise Ended
            user = get_user_model().objects.create_user(
                username=invitation.email,
                email=invitation.email,
                password=password,
                first_name=invitation.first_name,
                last_name=invitation.last_name,
                is_staff=True,
            )
            user.groups.add(invitation.group)
            invitation.accepted_at = timezone.now()
            invitation.save()
    except IntegrityError as error:  # somebody made an account of that name in this moment
        raise Ended from error
    return user
