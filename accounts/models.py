"""Invitations: the only way by which a stranger becomes a colleague."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core import signing
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_EMAIL = 150  # characters: the address becomes the name that somebody signs in with
DAYS = 3  # for which an invitation can be taken
KEPT = timedelta(days=30)  # for which one that is over is still shown
ALREADY_INVITED = _("This address is invited already. In the list of invitations, send that one again.")

_signer = signing.Signer(salt="accounts.invitation")


def accounts_at(email):
    """The accounts that have an address, or are called like it."""
    return get_user_model().objects.filter(Q(email__iexact=email) | Q(username__iexact=email))


class InvitationQuerySet(models.QuerySet):
    def open(self):
        """Those that nobody has taken yet, whether or not they still can be."""
        return self.filter(accepted_at=None)

    def long_over(self):
        """Those that were taken, or could have been taken, long ago."""
        before = timezone.now() - KEPT
        return self.filter(Q(accepted_at__lt=before) | Q(accepted_at=None, sent_at__lt=before))

    def by_key(self, key):
        """The invitation that a key of ours stands for, if that is its newest key; else None.

        The moment of sending is part of the key: sending an invitation again ends the keys before.
        """
        try:
            pk, moment = _signer.unsign(key).split(".")
        except (signing.BadSignature, ValueError):
            return None
        invitation = self.filter(pk=pk).first()
        return invitation if invitation and invitation.moment == moment else None


class Invitation(models.Model):
    """What a manager has sent to somebody who shall have an account. There is no account before it is taken."""

    email = models.EmailField(_("email address"), max_length=LONGEST_EMAIL)
    first_name = models.CharField(_("first name"), max_length=150)
    last_name = models.CharField(_("last name"), max_length=150)
    group = models.ForeignKey(Group, verbose_name=_("group"), on_delete=models.PROTECT, related_name="+")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(_("taken"), null=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        default_permissions = ("view", "add", "delete")
        constraints = [
            models.UniqueConstraint(Lower("email"), condition=Q(accepted_at=None), name="accounts_one_open_invitation"),
        ]

    def __str__(self):
        return self.email

    def get_absolute_url(self):
        return reverse("accounts_invitation", args=[self.key])

    def clean(self):
        self.email = self.email.lower()
        if not self.email:
            return  # its field has said what is wrong; accounts without an address are not meant
        if Invitation.objects.open().filter(email__iexact=self.email).exclude(pk=self.pk).exists():
            raise ValidationError({"email": ALREADY_INVITED})
        account = accounts_at(self.email).first()
        if account and not account.is_active:
            raise ValidationError(
                {"email": _("The account with this address is switched off. Open it in Users and tick Active.")}
            )
        if account:
            raise ValidationError({"email": _("There is an account with this address already.")})

    @property
    def moment(self):
        return str(int(self.sent_at.timestamp() * 1_000_000))

    @property
    def key(self):
        return _signer.sign(f"{self.pk}.{self.moment}")

    @property
    def ends_at(self):
        return self.sent_at + timedelta(days=DAYS)

    @property
    def is_takeable(self):
        """Whether it can still be taken: in time, by nobody yet, and while whoever invited still belongs to us."""
        inviter_left = self.invited_by is not None and not self.invited_by.is_active
        return not self.accepted_at and timezone.now() < self.ends_at and not inviter_left
