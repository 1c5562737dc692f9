"""What machines ask: does the process live (/healthz), can the site do its work (/readyz)."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse, JsonResponse

from accounts import second_factor
from coalition_site import readiness
from publishing.http import read_only

ADDRESSES = ("/healthz", "/readyz")


class AnyHostForProbesMiddleware:
    """Answer a probe whatever host it names: balancers ask by the number of a machine.

    Nothing in the two answers depends on the name, so the site's own is put in its place.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.host = urlsplit(settings.SITE_URL).netloc

    def __call__(self, request):
        if request.path_info in ADDRESSES:
            request.META["HTTP_HOST"] = self.host
        return self.get_response(request)


@read_only
def healthz(request):
    """200 as long as the process answers; asks nothing else."""
    return _plain("alive")


@read_only
def readyz(request):
    """200 or 503 in one word; for staff what was found. With the database away nobody can be known as staff.

    deploy/update.py judges a new release by two more questions. `?web` asks only for what a web process answers for;
    `?since=` besides whether the worker has looked for work after this moment (Unix time).
    """
    found = readiness.current()
    if "web" in request.GET:
        is_ready = found.is_web_ready
    else:
        is_ready = found.is_ready and found.worker_has_looked_since(_moment(request.GET.get("since", "")))
    status = 200 if is_ready else 503
    if found.is_web_ready and _is_of_the_staff(request):
        return JsonResponse({"ready": is_ready} | _details(found), status=status, headers={"Cache-Control": "no-store"})
    return _plain("ready" if is_ready else "not ready", status)


def _moment(text):
    """The moment that a Unix time means; one that is long past where it means none."""
    try:
        return datetime.fromtimestamp(float(text), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.min.replace(tzinfo=UTC)


def _is_of_the_staff(request):
    return request.user.is_active and request.user.is_staff and not second_factor.is_missing(request)


def _plain(word, status=200):
    headers = {"Cache-Control": "no-store"}
    return HttpResponse(f"{word}\n", status=status, content_type="text/plain; charset=utf-8", headers=headers)


def _details(found):
    return {
        "database": {"good": found.database},
        "migrations": {"good": found.is_migrated, "missing": found.missing_migrations},
        "worker": {"good": found.worker, "seen_at": found.worker_seen_at},
        "disk": {"good": found.disk, "free_bytes": found.room},
        "queue": {"good": found.queue, "waiting_since": found.waiting_since},
    }
