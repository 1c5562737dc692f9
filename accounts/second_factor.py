"""Whether somebody of the staff has what she needs besides her password."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are none


def factors_of(user):
    return Authenticator.objects.filter(user=user, type__in=FACTORS)


def is_missing(request):
    """Whether the person of a request belongs to the staff and has to set up a second factor first."""
    if not (settings.STRICT_SIGN_IN and request.user.is_staff):
        return False
    if not hasattr(request, "lacks_second_factor"):  # asked several times for one page
        used = any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
        request.lacks_second_factor = not used and not is_mfa_enabled(request.user, FACTORS)
    return request.lacks_second_factor


def may_lose(user, authenticator):
    """Whether a factor may be taken away by its owner: the last one only where none is demanded."""
    is_demanded = settings.STRICT_SIGN_IN and user.is_staff and authenticator.type in FACTORS
    return not is_demanded or factors_of(user).exclude(pk=authenticator.pk).exists()


def take_away(user):
    """Delete all second factors of somebody who has lost them; the next sign-in leads to setting one up."""
    Authenticator.objects.filter(user=user).delete()
