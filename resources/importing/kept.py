"""Uploaded files between the two steps of an import: at a private place, by their hash, for a day."""

import hashlib
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.core.files.base import File
from django.core.files.storage import storages
from django.utils import timezone
from django.utils.translation import ngettext

FOLDER = "imports"
LIFE = timedelta(days=1)
SALT = "resources.importing.kept"


@dataclass(frozen=True)
class Kept:
    """A file that was uploaded: its hash, the name that it had, and the name of its format."""

    sha256: str
    name: str
    format: str

    @property
    def path(self):
        return f"{FOLDER}/{self.sha256}"

    def open(self):
        """The file for reading; raises FileNotFoundError when it is there no more."""
        return storages["private"].open(self.path)

    def reference(self, user):
        """What stands in an address: good for this person, for a day."""
        return signing.dumps([self.sha256, self.name, self.format, user.pk], salt=SALT, compress=True)


def keep(upload, form):
    """Store an uploaded file in the format of this name; those older than a day go."""
    forget_old()
    sha256 = hashlib.sha256()
    for chunk in upload.chunks():
        sha256.update(chunk)
    upload.seek(0)
    kept = Kept(sha256.hexdigest(), upload.name[-100:], form)
    storages["private"].save(kept.path, File(upload))
    return kept


def kept_at(reference, user):
    """The Kept of a reference; None for one that is forged, of somebody else, too old, or whose file is gone."""
    try:
        *facts, owner = signing.loads(reference, salt=SALT, max_age=LIFE)
    except signing.BadSignature:
        return None
    kept = Kept(*facts)
    return kept if owner == user.pk and storages["private"].exists(kept.path) else None


def forget_old():
    """Delete the files of imports that nobody went on with in time. The worker does it daily, and every upload too."""
    storage = storages["private"]
    with suppress(FileNotFoundError):  # there is no folder yet; an object store has none
        for name in storage.listdir(FOLDER)[1]:
            path = f"{FOLDER}/{name}"
            with suppress(FileNotFoundError):  # another process has just deleted it
                if storage.get_modified_time(path) < timezone.now() - LIFE:
                    storage.delete(path)


def kept_in_words():
    return ngettext(
        "A file from which our staff imports publications: %(days)s day.",
        "A file from which our staff imports publications: %(days)s days.",
        LIFE.days,
    ) % {"days": LIFE.days}
