"""The files of the pictures."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from publishing.http import read_only
from publishing.pictures import FILE_NAME, MEDIA_TYPES

ONE_YEAR = 365 * 24 * 60 * 60  # seconds


@read_only
def picture_file(request, name):
    """A stored picture. Its name is the hash of its content, so a copy is good for ever."""
    path = f"pictures/{name}"
    if not FILE_NAME.fullmatch(name) or not default_storage.exists(path):
        raise Http404
    return FileResponse(
        default_storage.open(path),
        content_type=MEDIA_TYPES[name.rpartition(".")[2]],
        headers={"Cache-Control": f"public, max-age={ONE_YEAR}, immutable"},
    )
