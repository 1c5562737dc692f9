from django.conf import settings
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

# What somebody uploaded is shown or saved by itself: it loads nothing, runs nothing, stands in no frame.
FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SANDBOX_POLICY = f"{FILE_POLICY}; sandbox"


def read_only(view):
    """A view for readers: GET and HEAD; every other method is a 405, with or without the token of a form."""
    return csrf_exempt(require_safe(view))


def source_of(request):
    """The network address that a request comes from.

    Behind `settings.PROXIES` proxies of our own it is what the outermost of them wrote into X-Forwarded-For; what
    stands before that, anybody may have written.
    """
    written = request.headers.get("X-Forwarded-For", "").split(",")
    hops = [request.META.get("REMOTE_ADDR", ""), *(hop.strip() for hop in reversed(written) if hop.strip())]
    return hops[min(settings.PROXIES, len(hops) - 1)]
