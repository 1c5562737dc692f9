"""Where django-allauth asks us."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import devices, lockout, recent, second_factor
from publishing.tasks import send_mail

SAYS_THE_PAGE = frozenset({"account/messages/logged_in.txt", "account/messages/logged_out.txt"})


class StaffAdapter(DefaultAccountAdapter):
    """Nobody signs up; mail goes through the worker; the lock-out is that of django-axes."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many failed login attempts. Wait before you try again: five minutes after wrong codes, an hour at "
            "most after wrong passwords. A passkey works in the meantime."
        )
    }

    def is_open_for_signup(self, request):
        return False

    def is_reauthentication_required(self, *, app, **kwargs):
        return not recent.is_recent(self.request)

    def get_client_ip(self, request):
        return lockout.address_of(request) or ""

    def pre_authenticate(self, request, **credentials):
        """Beside the count of django-axes for a name from one address: one for the name from wherever it comes."""
        name = lockout.name_of(request, credentials)
        self._login_failed_rl_usage = ratelimit.consume(
            request, app="allauth.account", action="password_of_name", key=name
        )
        if not self._login_failed_rl_usage:
            raise self.validation_error("too_many_login_attempts")

    def post_login(self, request, user, **kwargs):
        response = super().post_login(request, user, **kwargs)
        devices.note(request, response, user)
        return response

    def get_password_change_redirect_url(self, request):
        return reverse("mfa_index")

    def add_message(self, request, level, message_template=None, *args, **kwargs):
        if message_template not in SAYS_THE_PAGE:
            super().add_message(request, level, message_template, *args, **kwargs)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        if user.email:
            super().send_notification_mail(template_prefix, user, context, user.email)

    def send_mail(self, template_prefix, email, context):
        known = {"request": self.request, "email": email, "site_url": settings.SITE_URL}
        message = self.render_mail(template_prefix, email, known | context)
        send_mail.enqueue(message.subject, message.body, email)


class FactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _(
            "This is your last second factor. In Your account, set up the app of another phone in its place, or add a "
            "passkey first."
        )
    }

    def can_delete_authenticator(self, authenticator):
        return second_factor.may_lose(authenticator.user, authenticator)

    def generate_authenticator_name(self, user, type):
        return _("My passkey")
