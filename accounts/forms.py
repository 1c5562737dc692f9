from allauth.account.forms import LoginForm, ResetPasswordForm
from allauth.mfa import app_settings
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from accounts.tasks import send_ways_to_new_passwords


class FirstPasswordForm(SetPasswordForm):
    """The password that an invited person chooses: `user` is the account that is about to be made."""

    new_password1 = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least 12 characters. Four or five words that do not belong together are easy to keep in mind."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    new_password2 = forms.CharField(
        label=_("Password, once more"), strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )


class SignInForm(LoginForm):
    """One field for both names of an account."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Email address or username")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "maxlength": 254}
        self.fields["password"].help_text = ""  # the page itself says where to go without it


class NewPasswordForm(ResetPasswordForm):
    """Leaves the message to the worker, for an address that nobody has too: the same work before the same answer."""

    def save(self, request, **kwargs):
        """Give the address, as django-allauth wants it; its generator of keys, in `kwargs`, is the worker's too."""
        email = self.cleaned_data["email"]
        # Those that django-allauth has found are none where a capital stands in what we keep.
        accounts = get_user_model().objects.filter(email__iexact=email, is_active=True)
        send_ways_to_new_passwords.enqueue([*accounts.values_list("pk", flat=True)])
        return email


class CodeOnce:
    """A code of the app is taken once as long as it is good; allauth remembers it for half a minute only."""

    def clean_code(self):
        code = super().clean_code()
        if self.is_of_app:
            seconds = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)
            digits = "".join(filter(str.isdecimal, code))
            if not cache.add(f"code-taken-{self.user.pk}-{digits}", True, timeout=seconds):
                raise ValidationError(_("This code has been used. Wait for the next one, and enter that."))
        return code

    @property
    def is_of_app(self):
        """Whether the code was one of the app, and no recovery code."""
        return self.authenticator.type == Authenticator.Type.TOTP


class SetUpAppForm(CodeOnce, ActivateTOTPForm):
    is_of_app = True


class SecondFactorForm(CodeOnce, AuthenticateForm):
    pass


class ConfirmForm(CodeOnce, ReauthenticateForm):
    pass


class PasskeyField(forms.JSONField):
    """What a browser says for a passkey, as the `response` class of fido2 reads it."""

    def __init__(self, response):
        super().__init__(widget=forms.HiddenInput)
        self.response = response

    def clean(self, value):
        said = super().clean(value)
        try:
            self.response.from_dict(said)
        except Exception as error:  # fido2 raises whatever it happens to meet in nonsense
            raise ValidationError(_("That is no passkey. Try again.")) from error
        return said


class AddPasskeyForm(AddWebAuthnForm):
    """A passkey always signs in alone: what cannot is no second factor here."""

    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        required=False,
        help_text=_("By which you know the device, such as “my phone”."),
    )
    credential = PasskeyField(RegistrationResponse)
    passwordless = forms.BooleanField(initial=True, widget=forms.HiddenInput)


class SignInByPasskeyForm(LoginWebAuthnForm):
    credential = PasskeyField(AuthenticationResponse)


class SecondFactorByPasskeyForm(AuthenticateWebAuthnForm):
    credential = PasskeyField(AuthenticationResponse)


class ConfirmByPasskeyForm(ReauthenticateWebAuthnForm):
    credential = PasskeyField(AuthenticationResponse)
