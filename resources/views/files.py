"""Files of works for readers: only while their work is public, by whatever address."""

import logging

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header

from publishing import together
from publishing.http import FILE_POLICY, SANDBOX_POLICY, read_only
from publishing.instead import gone
from publishing.models import State
from publishing.moved import moved
from resources import ranges
from resources.models import DownloadCount
from resources.views.records import found

logger = logging.getLogger(__name__)

# What a browser may show by itself; all else is saved. See docs/decisions/0018-files-as-browsers-get-them.md.
SHOWN = frozenset({"application/pdf"})


@read_only
def work_file(request, slug, name):
    """A file by its name, whole or a range of it; counted without a trace of the reader."""
    work = found(slug)
    if work.state == State.RETIRED:
        return gone(request, work)
    files = work.files.select_related("file", "publication")
    file = next((file for file in files if name in (file.public_name, file.name_under(slug))), None)
    if file is None:
        raise Http404
    if work.slug != slug or name != file.public_name:
        return moved(request, file.get_absolute_url())
    response = send(request, file.file, name)
    if request.method == "GET" and response.status_code == 200 and not request.user.is_staff:
        DownloadCount.objects.add_one(work, file.file)
    return response


@read_only
def cover(request, slug):
    """The first page of a work's first file as a small picture."""
    work = found(slug)
    if work.state == State.RETIRED:
        return gone(request, work)
    together.fetch([work], "files__file")
    stored = work.cover_file
    if stored is None or work.slug != slug:
        raise Http404
    etag = f'"{stored.sha256[:32]}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        with _opened(stored.cover) as picture:
            response = HttpResponse(picture.read(), content_type="image/webp")
        response["Content-Security-Policy"] = SANDBOX_POLICY
    return _private(response, etag)


def send(request, stored, name):
    """The bytes of a stored file, or those that the reader has not got yet."""
    etag = f'"{stored.sha256[:32]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged:
        return _private(unchanged, etag)
    headers = {
        "Accept-Ranges": "bytes",
        "Content-Disposition": content_disposition_header(stored.media_type not in SHOWN, name),
        "Content-Security-Policy": FILE_POLICY if stored.media_type in SHOWN else SANDBOX_POLICY,
    }
    first, last, status = 0, stored.size - 1, 200
    asked = request.headers.get("Range", "")
    if asked and request.headers.get("If-Range", etag) == etag:
        try:
            wanted = ranges.wanted_range(asked, stored.size)
        except ranges.NotSatisfiable:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{stored.size}"})
        if wanted:
            first, last = wanted
            status = 206
            headers["Content-Range"] = f"bytes {first}-{last}/{stored.size}"
    body = [] if request.method == "HEAD" else ranges.FilePart(_opened(stored.file), first, last)
    response = StreamingHttpResponse(body, status=status, content_type=stored.media_type, headers=headers)
    response["Content-Length"] = last - first + 1
    return _private(response, etag)


def _opened(file):
    """A stored file, to be read; Http404 where it was lost, which is a matter for those who look after the site."""
    try:
        return file.open("rb")
    except FileNotFoundError as error:
        logger.error("The file %s is in the database, and not in the store.", file.name)
        raise Http404 from error


def _private(response, etag):
    """Kept by the reader's browser alone, which asks us before each use: a file can be taken away at any moment."""
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    return response
