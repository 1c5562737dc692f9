"""What asks for a recent sign-in: a browser that was left open gives nobody power over accounts and addresses."""

import time
from functools import wraps
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

FOR_A_FORM = 15 * 60  # seconds: how long ago, at most, when a form is opened
FOR_ITS_ANSWER = 2 * 60 * 60  # the same when it is sent: nobody types for longer
# Nothing shows that a form was opened before it is sent, and who reaches an unlocked desk needs none. A form of
# accounts is filled in within minutes; one that takes longer waits in the page.
FOR_AN_ANSWER_ABOUT_ACCOUNTS = 20 * 60

# The beginnings of the names of the admin's addresses, and the ends of those of the steps back.
ACCOUNTS = ("auth_user_", "auth_group_", "accounts_invitation_")
MODELS = (*ACCOUNTS, "axes_accessattempt_", "pages_redirect_")
STEPS = ("_restore", "_recover", "_deleted")
LOOKS_ONLY = ("_changelist", "_history")


def is_recent(request, seconds=FOR_A_FORM):
    """Whether the person of a request said by password or second factor, so long ago at most, who she is."""
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < seconds


def is_sensitive(request):
    """Whether an address of the admin changes who may do what, where addresses lead, or brings something back."""
    name = request.resolver_match.url_name or ""
    if name.endswith(STEPS):
        return True
    return name.startswith(MODELS) and not (request.method == "GET" and name.endswith(LOOKS_ONLY))


def seconds_allowed(request):
    """How long ago, at most, the sign-in may be for what a request asks."""
    if request.method != "POST":
        return FOR_A_FORM
    is_of_accounts = (request.resolver_match.url_name or "").startswith(ACCOUNTS)
    return FOR_AN_ANSWER_ABOUT_ACCOUNTS if is_of_accounts else FOR_ITS_ANSWER


def demanding(view, site):
    """A view of the admin that asks for a recent sign-in where that is called for, and then goes on."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not settings.STRICT_SIGN_IN or not is_sensitive(request) or is_recent(request, seconds_allowed(request)):
            return view(request, *args, **kwargs)
        return _ask_again(request, site)

    return guarded


def _ask_again(request, site):
    """Lead to the confirmation and back; a form that was sent waits in the page meanwhile, less its passwords."""
    methods = get_adapter().get_reauthentication_methods(request.user)
    if not methods:
        raise PermissionDenied
    if request.method != "POST":
        return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': request.get_full_path()})}")
    fields = [
        (name, value)
        for name, values in request.POST.lists()
        if "password" not in name and name != "csrfmiddlewaretoken"
        for value in values
    ]
    shown = {"title": _("Confirm that it is you"), "fields": fields, "confirm_url": methods[0]["url"]}
    return TemplateResponse(
        request, "admin/accounts/confirm_first.html", site.each_context(request) | shown, status=403
    )
