"""Files between the upload and the reader: judged, stored once by their hash, read page by page by the worker."""

import tempfile
from contextlib import contextmanager
from pathlib import Path

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction

from resources.files.inspection import inspect
from resources.files.pdf import first_page, pages_of
from resources.models import FilePage, StoredFile

COVER_WIDTH = 480  # pixels
PAGES_A_STEP = 20  # written together, so that progress shows and a crash loses little


def take(upload):
    """Judge an uploaded file and store it; give its StoredFile. Raises Refused with a sentence for the librarian.

    One that nobody uses after all is of no harm: nothing leads to it, and it is deleted after some time.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        return _store(inspect(path, upload.name), upload.name)


def _store(facts, name):
    """The StoredFile of judged bytes: the one that has them already, or a new one that the worker will read."""
    from resources.tasks import read_file

    known = StoredFile.objects.filter(sha256=facts.sha256).first()
    if known:
        return known
    stored = StoredFile(
        sha256=facts.sha256,
        name=name[:255],
        size=facts.size,
        media_type=facts.media_type,
        extension=facts.extension,
        page_count=facts.page_count,
        title=facts.title[:500],
        language=facts.language[:35],
        is_tagged=facts.is_tagged,
        removed=list(facts.removed),
        state=StoredFile.State.WAITING if facts.page_count else StoredFile.State.READY,
    )
    with facts.path.open("rb") as content:
        stored.file.save(name, File(content), save=False)
    with transaction.atomic():
        made = StoredFile.objects.bulk_create([stored], ignore_conflicts=True)  # two may upload the same bytes at once
        stored = StoredFile.objects.get(sha256=made[0].sha256)
        if stored.state == StoredFile.State.WAITING:
            read_file.enqueue(stored.pk)
    return stored


def read(stored):
    """Read the pages and the cover of a stored PDF; raises Refused. After a crash, doing it again mends all."""
    StoredFile.objects.filter(pk=stored.pk).update(state=StoredFile.State.READING)
    with _on_disk(stored) as path:
        _read_pages(stored, path)
        if not stored.cover:
            stored.cover.save("cover.webp", ContentFile(first_page(path, COVER_WIDTH)), save=False)
            stored.save(update_fields=["cover", "cover_width", "cover_height"])
    StoredFile.objects.filter(pk=stored.pk).update(state=StoredFile.State.READY, fault="")


@contextmanager
def _on_disk(stored):
    """The path of a stored file, or of a copy where the storage is elsewhere."""
    with tempfile.NamedTemporaryFile() as copy, stored.file.open("rb") as content:
        for chunk in content.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def _read_pages(stored, path):
    step = []
    for number, text in enumerate(pages_of(path), start=1):
        step.append(FilePage(file=stored, number=number, text=text))
        if len(step) == PAGES_A_STEP:
            _write(stored, step)
            step = []
    _write(stored, step)


def _write(stored, pages):
    if not pages:
        return
    with transaction.atomic():
        FilePage.objects.bulk_create(
            pages, update_conflicts=True, unique_fields=["file", "number"], update_fields=["text"]
        )
        StoredFile.objects.filter(pk=stored.pk).update(pages_read=pages[-1].number)
