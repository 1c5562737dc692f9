"""Proves a backup: restores it beside the site, compares what is there, and takes all of it away again."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import FileSystemStorage

from keeping import backup, pages
from keeping.archive import BLOCK, STORAGES
from keeping.restore import judge, write
from keeping.scratch import clear_left, scratch_database, scratch_folder
from keeping.snapshot import migrations, refuse_if_newer


@dataclass(frozen=True)
class Proof:
    """What was found, in sentences: `shown` holds, `faults` does not."""

    shown: list
    faults: list


def prove(path, identity=None, folder=None):
    """Restore the backup at `path` into a database and a folder of its own; give a Proof. Raises Refused.

    The database is made on the site's own server, the folder inside of `folder`, and both are gone afterwards.
    """
    clear_left(folder)
    manifest = judge(path, identity)
    refuse_if_newer(manifest)
    with scratch_folder(folder) as place, scratch_database():
        storages = {storage: FileSystemStorage(f"{place}/{storage}") for storage in STORAGES}
        write(path, identity, manifest, storages)
        shown = [
            f"The archive is whole: {len(manifest['members']):,} parts have the checksums of its manifest.",
            f"It was restored into an empty database: {len(manifest['rows'])} tables with "
            f"{sum(manifest['rows'].values()):,} rows, as many in each as when it was made.",
        ]
        faults = []
        _look_at_files(manifest, storages, shown, faults)
        _look_at_pages(manifest, shown, faults)
    return Proof(shown, faults)


def _look_at_files(manifest, storages, shown, faults):
    """Read every restored file again, from where it was written."""
    number = 0
    for name, facts in manifest["members"].items():
        if not name.startswith("media/"):
            continue
        number += 1
        _media, storage, file = name.split("/", 2)
        if _sha256(storages[storage], file) != facts["sha256"]:
            faults.append(f"The file {name} is not as it was.")
    shown.append(f"{number:,} files were restored and read again; each has its checksum.")
    if missing := manifest["missing"]:
        faults.append(
            f"{len(missing):,} files that the content names were missing when it was made, such as {missing[0]}."
        )


def _sha256(storage, name):
    sha256 = hashlib.sha256()
    with storage.open(name) as file:
        while block := file.read(BLOCK):
            sha256.update(block)
    return sha256.hexdigest()


def _look_at_pages(manifest, shown, faults):
    noted, moment = manifest["pages"], datetime.fromisoformat(manifest["moment"])
    if not noted:
        shown.append("It holds no public pages that could be compared.")
        return
    different = pages.differing(noted, moment)
    is_same_version = manifest["code"] == backup.fingerprint() and manifest["migrations"] == migrations()
    if not different:
        shown.append(f"{len(noted)} public pages were rendered from it; each says what it said when it was made.")
    elif is_same_version:
        faults.append(f"{len(different)} of {len(noted)} public pages say something else, such as {different[0]}.")
    else:
        shown.append(
            f"{len(noted)} public pages were rendered from it; {len(different)} say something else, such as "
            f"{different[0]}. Another version of the site made it, which may be why."
        )
