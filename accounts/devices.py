"""Mail about a sign-in from a browser in which its account was never signed in before.

The browser itself remembers who signed in there: the numbers of the accounts, signed, in a cookie that no script
reads. Nothing about browsers or places is kept on the server.
"""

from django.conf import settings
from django.core import signing
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing.tasks import send_mail

SALT = "accounts.devices"
SECONDS = 365 * 24 * 60 * 60
MOST_ACCOUNTS = 20  # that one browser remembers
LONGEST_NAME = 200  # characters of what a browser says about itself


def known_accounts(request):
    try:
        known = signing.loads(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""), salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return []
    return known if isinstance(known, list) else []


def note(request, response, user, *, tells=True):
    """Let the browser remember an account that has just been signed in, and tell its owner where that is new."""
    known = known_accounts(request)
    if user.pk not in known and tells and user.email:
        tell(request, user)
    known = [*(pk for pk in known if pk != user.pk), user.pk][-MOST_ACCOUNTS:]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps(known, salt=SALT),
        max_age=SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def tell(request, user):
    browser = " ".join(request.headers.get("User-Agent", "").split())[:LONGEST_NAME]
    lines = [
        _("Somebody signed in to your account in a browser that we had not seen with it before."),
        _("When: %(moment)s") % {"moment": date_format(timezone.localtime(), "DATETIME_FORMAT")},
        _("Browser: %(browser)s") % {"browser": browser or _("it does not say")},
        _(
            "If that was you, there is nothing to do. If not, change your password now, and sign out everywhere: "
            "%(address)s"
        )
        % {"address": f"{settings.SITE_URL}/accounts/"},
    ]
    send_mail.enqueue(_("New sign-in to your account"), "\n\n".join(lines), user.email)
