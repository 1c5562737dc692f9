"""Files beside their rows: those that a row names and nobody has, and those that no row names."""

from datetime import timedelta

from django.core.files.storage import storages
from django.utils import timezone

from publishing import stored_files
from publishing.content_checks import Trouble

OLD_ENOUGH_TO_TELL = timedelta(days=1)  # a younger one may belong to an upload whose row is being written
OLD_ENOUGH_TO_DELETE = timedelta(days=7)


def missing(mend):
    """Nothing brings such a file back but a backup, or another upload."""
    for file in stored_files.named_files():
        if not stored_files.is_there(file):
            yield Trouble(f"“{file.label}” needs the file {file.name} ({file.alias}), which is not there.", file.url)


def dangling(mend):
    """Those that are a week old are deleted."""
    found = list(_unnamed())
    deleted = _delete({(alias, name) for alias, name, age in found if age >= OLD_ENOUGH_TO_DELETE}) if mend else set()
    for alias, name, _age in found:
        yield Trouble(f"No row names the file {name} ({alias}).", is_mended=(alias, name) in deleted)


def _unnamed():
    """Alias of the storage, name and age of each file that no row names, but for the youngest."""
    now = timezone.now()
    named = _named()
    for alias in stored_files.ALIASES:
        for name in stored_files.files_in(alias):
            if (alias, name) in named or stored_files.is_temporary(alias, name):
                continue
            try:
                age = now - storages[alias].get_modified_time(name)
            except FileNotFoundError:  # deleted meanwhile
                continue
            if age >= OLD_ENOUGH_TO_TELL:
                yield alias, name, age


def _delete(files):
    """Delete files, but for those that a row names by now: the same may have come again. Gives the deleted ones."""
    if not files:
        return set()
    with stored_files.deleting():
        files = files - _named()
        for alias, name in files:
            storages[alias].delete(name)
    return files


def _named():
    return {(file.alias, file.name) for file in stored_files.named_files()}
