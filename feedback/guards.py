"""What is asked of a form that a reader sends, before a word of it is looked at.

Pages with forms are the same for everybody and come from caches, and readers get no cookie: so there is no token of
Django's that could be checked. These checks stand in its place. They keep other sites from sending our forms with a
reader's browser, and robots from filling the inbox; there is nothing else to protect, because no form of a reader
does anything in the name of somebody who is signed in.
"""

from dataclasses import dataclass
from functools import wraps
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.core import signing
from django.core.exceptions import BadRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

LONGEST_BODY = 100_000  # bytes: the longest text several times over, as browsers encode it
SHORTEST_TIME = 3  # seconds in which nobody reads and fills in a form
LONGEST_TIME = 7 * 24 * 60 * 60  # seconds

PARAMETERS = frozenset({"about", "field", "answer", "print"})  # that the forms and the page of thanks read

_signer = signing.Signer(salt="feedback.moment")


@dataclass(frozen=True)
class Refusal:
    """Why a form is not taken, what to do about it, and the moment that the form carries when it is shown again."""

    sentence: str
    status: int = 200
    moment: str = ""


TOO_LONG = Refusal(_("What you sent is longer than this form takes. Go back in your browser and shorten it."), 413)
FROM_ELSEWHERE = Refusal(
    _("Your browser did not say that this form comes from our site, so we did not take it. Send it again from here."),
    403,
)
FILLED_TRAP = Refusal(
    _("A field was filled in that people do not see. A program may have done it for you. Send the form again.")
)
TOO_OLD = Refusal(_("This form had been open for a long time. Please send it again."))


def reader_form(*methods):
    """A view that takes a form of a reader. It is exempt from Django's token for the one reason that it asks
    `refusal(request)` instead; what is no text in UTF-8 without NUL is answered with a 400 here.
    """

    def decorate(view):
        @csrf_exempt
        @require_http_methods(methods)
        @wraps(view)
        def checked(request):
            if request.method == "POST" and not is_too_long(request):
                refuse_malformed(request)
            response = view(request)
            if request.method != "POST":
                response.parameters = PARAMETERS
            return response

        return checked

    return decorate


def refuse_malformed(request):
    if (request.encoding or "utf-8").lower() not in ("utf-8", "utf8"):
        raise BadRequest("A form in another encoding than the page was in.")
    if request.content_type == "application/x-www-form-urlencoded":
        try:
            unquote_to_bytes(request.body).decode()  # Django puts “�” in place of what is no text
        except UnicodeDecodeError as error:
            raise BadRequest("A form with bytes that are no text.") from error
    if any("\0" in value for name, values in request.POST.lists() for value in (name, *values)):
        raise BadRequest("A form with a NUL.")


def refusal(request):
    """Why the form of a request is not taken; None when nothing speaks against it."""
    if is_too_long(request):
        request.read(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)  # a browser that is still sending hears no answer
        return TOO_LONG
    if not comes_from_here(request):
        return FROM_ELSEWHERE
    if request.POST.get("website"):
        return FILLED_TRAP
    return _refusal_by_time(request.POST.get("moment", ""))


def is_too_long(request):
    length = request.META.get("CONTENT_LENGTH", "")
    return length.isdecimal() and int(length) > LONGEST_BODY


def comes_from_here(request):
    """Whether the browser says that the form was sent from a page of this site.

    Every browser sends `Origin` with a form; newer ones add `Sec-Fetch-Site`, with which a browser that keeps the
    address of the page to itself (`Origin: null`) is believed too. Old programs that know neither send `Referer`.
    """
    site = request.headers.get("Sec-Fetch-Site", "")
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    if site == "same-origin" and origin in ("", "null"):
        return True
    try:
        host = urlsplit(origin).netloc
    except ValueError:  # “http://[”
        return False
    return site in ("", "same-origin") and host in (request.get_host(), urlsplit(settings.SITE_URL).netloc)


def moment(*, is_whole_day=False):
    """This moment, signed, for a form that is rendered now; or the beginning of this day.

    Pages that carry a form by the way take the day: what has not changed is then the same page, byte by byte.
    """
    now = timezone.now()
    if is_whole_day:
        now = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return _signer.sign(str(int(now.timestamp())))


def _refusal_by_time(signed):
    try:
        age = timezone.now().timestamp() - int(_signer.unsign(signed))
    except (signing.BadSignature, ValueError):
        return TOO_OLD
    if 0 <= age < SHORTEST_TIME:
        # The same moment again: whoever presses the button once more is late enough.
        return Refusal(_("That came faster than people can read, so we did not take it. Press again."), moment=signed)
    return None if SHORTEST_TIME <= age <= LONGEST_TIME else TOO_OLD
