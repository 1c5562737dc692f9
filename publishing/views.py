"""The files of the pictures, and previews for people without an account."""

from django.conf import settings
from django.core import signing
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, render

from publishing import preview
from publishing.http import SANDBOX_POLICY, read_only
from publishing.models import Revision
from publishing.picture_files import FILE_NAME, MEDIA_TYPES
from publishing.revisions import item_of

ONE_DAY = 24 * 60 * 60  # seconds
ONE_YEAR = 365 * ONE_DAY
FOR_NGINX = 60  # seconds: a picture that had to go is served to nobody new


@read_only
def picture_file(request, name):
    """A stored picture. Its name is the hash of its content, so a copy is good for ever."""
    path = f"pictures/{name}"
    if not FILE_NAME.fullmatch(name):
        raise Http404
    try:
        picture = default_storage.open(path)
    except FileNotFoundError as error:
        raise Http404 from error
    headers = {
        "Cache-Control": f"public, max-age={ONE_YEAR}, immutable, stale-if-error={ONE_DAY}",
        "Content-Security-Policy": SANDBOX_POLICY,
        "Cross-Origin-Resource-Policy": "cross-origin",  # the feeds carry pictures into other sites' readers
    }
    if settings.PROXIES:  # nginx in front of us takes the header away
        headers["X-Accel-Expires"] = str(FOR_NGINX)
    return FileResponse(picture, content_type=MEDIA_TYPES[name.rpartition(".")[2]], headers=headers)


@read_only
def signed_preview(request, token):
    """A draft for somebody who was given its address. 404 for a forged address, 410 for one that has ended."""
    try:
        pk, key = preview.read_token(token)
        revision = get_object_or_404(Revision, pk=pk)
    except signing.SignatureExpired:
        return _preview_ended(request)
    except (signing.BadSignature, ValueError, TypeError):
        raise Http404 from None
    item = item_of(revision)
    if item is None or revision.preview_key != key or not preview.is_given_out(revision, item):
        return _preview_ended(request)
    return preview.show(request, revision)


def _preview_ended(request):
    response = render(request, "publishing/preview_ended.html", status=410)
    response["Cache-Control"] = "no-store"
    return response
