"""What views for readers share."""

from functools import cache, wraps

from django.conf import settings
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

# What somebody uploaded is shown or saved by itself: it loads nothing, runs nothing, stands in no frame.
FILE_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
SANDBOX_POLICY = f"{FILE_POLICY}; sandbox"


class EveryName:
    """Stands for names of parameters where each counts, known or not."""

    def __contains__(self, name):
        return True


EVERY_NAME = EveryName()
ALWAYS = frozenset({"print"})  # every page can be asked for with everything open


def read_only(view):
    """A view for readers: GET and HEAD; every other method is a 405, with or without the token of a form."""
    return csrf_exempt(require_safe(view))


def reading(*names):
    """A read-only view that reads these parameters beside `print`, and never sees others.

    `names`: of parameters, or functions that give them, for what is known only when all apps are there.
    """

    def decorate(view):
        @wraps(view)
        def answering(request, *args, **kwargs):
            parameters = _parameters(names)
            if not parameters.issuperset(request.GET):
                _drop_others(request, parameters)
            return view(request, *args, **kwargs)

        return read_only(answering)

    return decorate


def for_everyone(*names):
    """A view that is `reading(*names)` and answers the same to all, so that it may be kept and given to others.

    Its answers carry the names as `response.parameters`; an answer that sets `no-store` itself is not kept.
    """

    def decorate(view):
        @wraps(view)
        def answering(request, *args, **kwargs):
            response = view(request, *args, **kwargs)
            response.parameters = _parameters(names)
            return response

        return reading(*names)(answering)

    return decorate


@cache
def _parameters(names):
    return ALWAYS.union(name for one in names for name in (one() if callable(one) else [one]))


def _drop_others(request, parameters):
    """So that what somebody appended to an address stands in no link of a page, nor on its paper."""
    request.GET = request.GET.copy()
    for name in request.GET.keys() - parameters:
        del request.GET[name]


def source_of(request):
    """The network address that a request comes from.

    Behind `settings.PROXIES` proxies of our own it is what the outermost of them wrote into X-Forwarded-For; what
    stands before that, anybody may have written.
    """
    written = request.headers.get("X-Forwarded-For", "").split(",")
    hops = [request.META.get("REMOTE_ADDR", ""), *(hop.strip() for hop in reversed(written) if hop.strip())]
    return hops[min(settings.PROXIES, len(hops) - 1)]
