"""Judges an uploaded file by its content. The name only has to agree."""

import hashlib
from pathlib import Path

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from resources.files.containers import check_container, kind_of_container
from resources.files.facts import FileFacts, Refused
from resources.files.kinds import HEAD, ZIP, FileKind, kind_of_head, name_of_other
from resources.files.limits import LIMITS
from resources.files.media import check_mp3, check_mp4
from resources.files.pdf import check_pdf
from resources.files.tables import check_csv

CHECKS = {FileKind.CSV: check_csv, FileKind.MP3: check_mp3, FileKind.MP4: check_mp4}


def inspect(path, name, limits=LIMITS):
    """Return the FileFacts of an uploaded file, or raise Refused with a sentence for the librarian.

    `path` is where the upload lies, `name` what its owner called it. Nothing is changed; a PDF that carries scripts is
    cleaned into a copy beside it, and `facts.path` is the one to keep (whoever calls moves or deletes both).
    """
    path = Path(path)
    size = path.stat().st_size
    if not size:
        raise Refused(_("This file is empty. Choose it again; if it stays empty, save it again first."))
    if size > limits.file_bytes:
        values = {"size": filesizeformat(size), "limit": filesizeformat(limits.file_bytes)}
        raise Refused(_("This file has %(size)s; the limit is %(limit)s. Save a smaller copy, or split it.") % values)
    kind = _agreed_kind(path, name, limits)
    if kind is FileKind.PDF:
        return _facts(kind=kind, **check_pdf(path, limits))
    if kind.part:
        check_container(path, kind, limits)
    else:
        CHECKS[kind](path)
    return _facts(path=path, kind=kind)


def _agreed_kind(path, name, limits):
    """The kind that name and content both say."""
    with path.open("rb") as file:
        head = file.read(HEAD)
    claimed = FileKind.of_name(name)
    found = kind_of_container(path, limits) if head.startswith(ZIP) else kind_of_head(head, claimed)
    other = None if found else name_of_other(head)
    if claimed is None:
        kinds = ", ".join(kind.label for kind in FileKind)
        raise Refused(
            _("The name “%(name)s” does not end like a file that we take. We take: %(kinds)s.")
            % {"name": name, "kinds": kinds}
        )
    if claimed is FileKind.CSV and not found and not other:
        return claimed  # any text can be a table; check_csv looks closer
    if claimed is not found:
        content = found.label if found else other or _("of no kind that we know")
        values = {"name": name, "claimed": claimed.label, "content": content}
        raise Refused(
            _(
                "The name “%(name)s” says %(claimed)s, but the content is %(content)s. "
                "Open the file, save it as %(claimed)s, and choose that copy."
            )
            % values
        )
    return claimed


def _facts(path, **facts):
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return FileFacts(path=path, size=path.stat().st_size, sha256=sha256, **facts)
