"""Files between the upload and the reader: judged, stored once by their hash, read page by page by the worker."""

import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from django.core import signing
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.models import Revision
from publishing.stored_files import NamedFile, storing
from resources.files.facts import Refused
from resources.files.inspection import inspect
from resources.files.pdf import first_page, pages_of
from resources.models import FilePage, StoredFile

COVER_WIDTH = 480  # pixels
PAGES_A_STEP = 20  # written together, so that progress shows and a crash loses little
KEPT_UNUSED = timedelta(days=7)
# A form may come back with what it uploaded for a day less, so that the file is there when its draft is saved.
SENT_AGAIN_WITHIN = KEPT_UNUSED - timedelta(days=1)
SALT = "resources.file_store"


def take(upload):
    """Judge an uploaded file and store it; give its StoredFile. Raises Refused with a sentence for the librarian.

    One that nobody uses after all is of no harm: nothing leads to it, and `delete_unused` deletes it in time.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "upload"
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        return _store(inspect(path, upload.name), upload.name)


def reference_to(stored):
    """A signed text by which a form names what it uploaded before: nobody can make one that names another file."""
    return signing.dumps(stored.pk, salt=SALT)


def taken_before(reference):
    """The StoredFile of an upload that was taken before. Raises Refused where it is gone, or soon may be."""
    try:
        young = StoredFile.objects.filter(created_at__gt=timezone.now() - SENT_AGAIN_WITHIN)
        return young.get(pk=signing.loads(reference, salt=SALT))
    except (signing.BadSignature, StoredFile.DoesNotExist):
        raise Refused(_("The file that came with this form is not kept any more. Choose it again.")) from None


def _store(facts, name):
    """The StoredFile of judged bytes: the one that has them already, or a new one.

    The worker is asked to read it unless it is read, for the last attempt may have failed or died. It does one task
    after the other: where it reads this file at the moment, it finds it read when it comes to it again.
    """
    from resources.tasks import read_file

    with _alone_with(facts.sha256):
        stored = StoredFile.objects.filter(sha256=facts.sha256).first() or _new(facts, name)
        if not (stored.file and stored.file.storage.exists(stored.file.name)):
            with facts.path.open("rb") as content:
                stored.file.save(name, File(content), save=False)
        if stored.pk is None:
            stored.save()
        row = StoredFile.objects.filter(pk=stored.pk)
        row.update(created_at=timezone.now())  # as young as its last upload, whose draft is not saved yet
        if row.unread().update(state=StoredFile.State.WAITING, fault=""):
            read_file.enqueue(stored.pk)
    return stored


@contextmanager
def _alone_with(sha256):
    """A transaction in which nobody else stores or deletes the same bytes."""
    with storing():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(sha256[:15], 16)])
        yield


def _new(facts, name):
    return StoredFile(
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


def read(stored):
    """Read the pages and the cover of a stored PDF; raises Refused. After a crash, doing it again mends all."""
    StoredFile.objects.filter(pk=stored.pk).update(state=StoredFile.State.READING)
    with _on_disk(stored) as path:
        count = _read_pages(stored, path)
        if not stored.cover:
            # With a name of its own: Django measures no picture without one.
            stored.cover.save("cover.webp", ContentFile(first_page(path, COVER_WIDTH), name="cover.webp"), save=False)
            stored.save(update_fields=["cover", "cover_width", "cover_height"])
    # Unless a second worker gave it up meanwhile, and took the pages away.
    whole = StoredFile.objects.annotate(pages_kept=Count("pages")).filter(pk=stored.pk, pages_kept=count)
    whole.update(state=StoredFile.State.READY, fault="")


def give_up(stored, fault):
    """Note why a file could not be read, and keep none of its pages; one that is read by now stays as it is."""
    with transaction.atomic():
        row = StoredFile.objects.filter(pk=stored.pk)
        if row.unread().update(state=StoredFile.State.FAILED, fault=fault[:500], pages_read=0):
            FilePage.objects.filter(file=stored).delete()


def delete_unused():
    """Delete for good what was uploaded `KEPT_UNUSED` ago and is named by nothing: the worker's daily work.

    What a draft, an earlier version or a deleted publication names can be public again, so it stays.
    """
    unused = StoredFile.objects.unused_since(timezone.now() - KEPT_UNUSED)
    for stored in unused:
        with _alone_with(stored.sha256):
            if unused.filter(pk=stored.pk).exists() and not Revision.objects.naming(stored).exists():
                kept = [file for file in (stored.file, stored.cover) if file]
                stored.delete()
                for file in kept:  # while nobody can store the same bytes again
                    file.storage.delete(file.name)


def unused_in_words():
    days = KEPT_UNUSED.days
    return ngettext(
        "A file that our staff uploaded and did not use: %(days)s day.",
        "A file that our staff uploaded and did not use: %(days)s days.",
        days,
    ) % {"days": days}


@contextmanager
def _on_disk(stored):
    """The path of a stored file, or of a copy where the storage is elsewhere."""
    with tempfile.NamedTemporaryFile() as copy, stored.file.open("rb") as content:
        for chunk in content.chunks():
            copy.write(chunk)
        copy.flush()
        yield Path(copy.name)


def _read_pages(stored, path):
    """Write the text of each page; give their number."""
    step, number = [], 0
    for number, text in enumerate(pages_of(path), start=1):
        step.append(FilePage(file=stored, number=number, text=text))
        if len(step) == PAGES_A_STEP:
            _write(stored, step)
            step = []
    _write(stored, step)
    return number


def _write(stored, pages):
    if not pages:
        return
    with transaction.atomic():
        FilePage.objects.bulk_create(
            pages, update_conflicts=True, unique_fields=["file", "number"], update_fields=["text"]
        )
        StoredFile.objects.filter(pk=stored.pk).update(pages_read=pages[-1].number)


def files_of_works():
    """What each stored file needs: its bytes, and its cover where it has one. For `stored_files`."""
    columns = ("pk", "name", "file", "cover")
    for pk, label, *names in StoredFile.objects.order_by().values_list(*columns).iterator():
        for name in filter(None, names):
            yield NamedFile("private", name, label, StoredFile, pk)
