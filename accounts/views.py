"""The screens that django-allauth does not have: the account itself, an invitation, signing out everywhere."""

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import RemoveWebAuthnView
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic.edit import FormView

from accounts import devices, second_factor
from accounts.forms import FirstPasswordForm
from accounts.invitations import Ended, take
from accounts.models import Invitation
from accounts.sessions import end_sessions


class AccountView(IndexView):
    """Everything about one's own way in: second factors, recovery codes, password, sessions."""

    template_name = "accounts/account.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        app = context["authenticators"].get(Authenticator.Type.TOTP)
        codes = context["authenticators"].get(Authenticator.Type.RECOVERY_CODES)
        return context | {
            "lacks_factor": second_factor.is_missing(self.request),
            "app": app,
            "may_remove_app": app and second_factor.may_lose(self.request.user, app.instance),
            "passkeys": context["authenticators"].get(Authenticator.Type.WEBAUTHN, []),
            "codes_left": len(codes.get_unused_codes()) if codes else None,
        }


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class ReplaceAppView(ActivateTOTPView):
    """Sets up the app of another phone in the place of the one that was lost: there is never a moment without."""

    def dispatch(self, request, *args, **kwargs):
        if not self._authenticators().exists():
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return FormView.dispatch(self, request, *args, **kwargs)  # that of django-allauth leads whoever has one away

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"replaces": True}

    def form_valid(self, form):
        with transaction.atomic():
            self._authenticators().delete()
            return super().form_valid(form)

    def _authenticators(self):
        return Authenticator.objects.filter(user=self.request.user, type=Authenticator.Type.TOTP)


class RemovePasskeyView(RemoveWebAuthnView):
    """Asks whether the account may lose the passkey, as django-allauth does for its other factors only."""

    def form_valid(self, form):
        if second_factor.may_lose(self.request.user, self.object):
            return super().form_valid(form)
        messages.error(self.request, _("This is your last second factor. Set up another one, then remove this one."))
        return HttpResponseRedirect(reverse("mfa_index"))


@require_POST
@login_required
def sign_out_elsewhere(request):
    """End all sessions of one's own but this one."""
    end_sessions(request.user, but=request.session.session_key)
    messages.success(request, _("You are signed out everywhere but here."))
    return HttpResponseRedirect(reverse("mfa_index"))


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request, key):
    """Ask the invited person for a password (GET), make the account and sign her in (POST)."""
    invited = Invitation.objects.select_related("invited_by").by_key(key)
    if invited is None or not invited.is_takeable:
        return _ended(request, invited)
    about = get_user_model()(
        username=invited.email, email=invited.email, first_name=invited.first_name, last_name=invited.last_name
    )
    form = FirstPasswordForm(about, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = take(key, form.cleaned_data["new_password1"])
        except Ended:
            return _ended(request, Invitation.objects.by_key(key))
        return _welcome(request, user)
    return render(request, "accounts/invitation.html", {"form": form, "invited": invited})


def _ended(request, invited):
    """Whoever opens the message a second time has an account by now."""
    is_taken = bool(invited and invited.accepted_at)
    return render(request, "accounts/invitation_ended.html", {"is_taken": is_taken}, status=410)


def _welcome(request, user):
    get_adapter().login(request, user)
    record_authentication(request, user, method="password")
    messages.success(request, _("Your account is ready. Set up a second factor now: it keeps strangers out."))
    response = HttpResponseRedirect(reverse("mfa_index"))
    devices.note(request, response, user, tells=False)
    return response
