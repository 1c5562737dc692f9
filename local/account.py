"""Which account the database server runs as: Postgres refuses to run as root, and containers often are."""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from local import LocalError

NOBODY = 65534


@dataclass(frozen=True)
class Account:
    """How to run the server's programs.

    `uid`: the owner of its files, as seen from here; `prefix`: what goes before each command;
    `options`: what subprocess needs to switch to that owner.
    """

    uid: int
    prefix: list[str] = field(default_factory=list)
    options: dict = field(default_factory=dict)

    def own(self, folder: Path) -> None:
        """Give `folder` and all in it to this account, unless they are its already."""
        if folder.stat().st_uid == self.uid:
            return
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, self.uid, -1, follow_symlinks=False)


def server_account(data: Path, programs: Path) -> Account:
    """The account for the cluster in `data`, a folder that may not exist yet, run by what is in `programs`.

    An ordinary user runs it as themselves. Root runs it as the owner of `data` where that is somebody
    else; otherwise as root that looks like nobody from inside a user namespace (nothing changes hands);
    otherwise as nobody. Raises LocalError where a folder is somebody else's or out of nobody's reach.
    """
    me = os.geteuid()
    owner = data.stat().st_uid if data.exists() else me
    if me != 0 and owner != me:
        raise LocalError(f"{data} belongs to another user: run this as that user, or delete {data.parent}.")
    if me != 0:
        return Account(uid=me)
    if owner != 0:
        return _other(owner, [data.parent, programs])
    prefix = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
    if shutil.which("unshare") and _works([*prefix, "true"]):
        return Account(uid=0, prefix=prefix)
    return _other(_nobody(), [data.parent, programs])


def _nobody() -> int:
    try:
        return pwd.getpwnam("nobody").pw_uid
    except KeyError:
        return NOBODY


def _other(uid: int, folders: list[Path]) -> Account:
    try:
        group = pwd.getpwuid(uid).pw_gid
    except KeyError:
        group = uid
    options = {"user": uid, "group": group, "extra_groups": []}
    for folder in folders:
        if not _works(["/bin/sh", "-c", '[ -x "$0" ]', folder], **options):
            raise LocalError(
                f"Postgres cannot run as root, and the user it would run as instead (number {uid}) cannot "
                f"enter {folder}: run this as an ordinary user, or move the project out of root's home."
            )
    return Account(uid=uid, options=options)


def _works(command: list, **options) -> bool:
    return subprocess.run(command, capture_output=True, **options).returncode == 0
