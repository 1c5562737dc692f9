"""What the staff's addresses need around each request, and readers' pages do without."""

import time

from allauth.account.middleware import AccountMiddleware
from axes.middleware import AxesMiddleware
from django.contrib.auth import SESSION_KEY
from django.utils.cache import add_never_cache_headers

from feedback.guards import refuse_malformed

SIGN_IN, ADMIN = "/accounts/", "/admin/"
AWAKE = "awake_at"  # in a session: when its person last did something, in seconds
STEP = 60  # seconds: a session is written again at most so often


class StaffPagesMiddleware:
    """Signing in, the lock-out, and the end of a session after idle time: for /admin/ and /accounts/ alone."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.signing_in = AccountMiddleware(AxesMiddleware(get_response))

    def __call__(self, request):
        if not request.path_info.startswith((SIGN_IN, ADMIN)):
            return self.get_response(request)
        if request.method == "POST" and request.path_info.startswith(SIGN_IN):
            refuse_malformed(request)
        response = self.signing_in(request)
        if request.path_info.startswith(SIGN_IN):
            add_never_cache_headers(response)
        keep_awake(request)
        return response

    def process_exception(self, request, exception):
        return self.signing_in.process_exception(request, exception) if hasattr(request, "allauth") else None


def keep_awake(request):
    """Let a session live on from this moment: its person did something.

    That a form is open somewhere, which its script tells every half minute, is nothing that somebody did.
    """
    match = request.resolver_match
    if SESSION_KEY not in request.session or (match and (match.url_name or "").endswith("_here")):
        return
    signed_in_at = getattr(request.user, "last_login", None)
    since = request.session.get(AWAKE) or (signed_in_at.timestamp() if signed_in_at else 0)
    if time.time() - since > STEP:
        request.session[AWAKE] = int(time.time())
