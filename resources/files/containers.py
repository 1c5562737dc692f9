"""Zip containers (DOCX, XLSX, PPTX, EPUB): sound, of a sane size, and unpacked only to count; nothing is written.

What their parts may hold is the matter of `office` and `epub`.
"""

import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from resources.files.epub import check_epub
from resources.files.facts import Refused, too_large
from resources.files.kinds import FileKind
from resources.files.office import check_office

END = struct.Struct("<4s4H2LH")  # the record at the end of a zip file
END_SIGNATURE = b"PK\x05\x06"
LONGEST_COMMENT = 0xFFFF
CHUNK = 1 << 16
IS_ENCRYPTED = 1
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
SMALL = 1 << 20  # below this, the ratio of unpacked to packed says nothing


def kind_of_container(path, limits):
    """The one kind whose part is in the container, or None. Raises Refused where the container itself is not sound."""
    names = {info.filename for info in _directory(path, limits)}
    kinds = [kind for kind in FileKind if kind.part and kind.part in names]
    return kinds[0] if len(kinds) == 1 else None


def check_container(path, kind, limits):
    """Raise Refused where a part is dangerous, lies about itself, or unpacks to more than we allow."""
    infos = _directory(path, limits)
    with zipfile.ZipFile(path) as archive:
        _check_unpacking(archive, infos, limits)
        check = check_office if kind.is_office else check_epub
        check(archive, infos, limits)


def _directory(path, limits):
    """The parts as the directory lists them, after the directory itself was found to be of a sane size."""
    _check_end(path, limits)
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeError):
        raise _damaged() from None
    if len(infos) > limits.parts:
        raise too_large()
    size = path.stat().st_size
    for info in infos:
        _check_info(info, size)
    if len({info.filename.lower() for info in infos}) < len(infos):
        raise Refused(
            _("This file holds two parts of one name, so programs would disagree on what it says. Save it anew.")
        )
    return infos


def _check_end(path, limits):
    """Refuse before `zipfile` reads a directory that would fill the memory, or one that is not at the end."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - END.size - LONGEST_COMMENT))
        tail = file.read()
    at = tail.rfind(END_SIGNATURE)
    if at < 0 or len(tail) - at < END.size:
        raise _damaged()
    *_disks, count, directory_bytes, offset, comment = END.unpack_from(tail, at)
    if count > limits.parts or directory_bytes > limits.directory_bytes:
        raise too_large()
    if len(tail) - at != END.size + comment or offset + directory_bytes + len(tail) - at != size:
        raise Refused(
            _("This file has something in front of it or behind it. Open it, save it anew, and choose that copy.")
        )


def _check_info(info, size):
    """Refuse a part by what the directory of a file of this size says of it."""
    name = info.orig_filename
    is_outside = name.startswith("/") or ":" in name or "\\" in name or ".." in PurePosixPath(name).parts
    if is_outside or "\0" in name or stat.S_ISLNK(info.external_attr >> 16):
        raise Refused(_("This file has parts that point outside of it, as harmful files do. We do not take it."))
    if info.flag_bits & IS_ENCRYPTED:
        raise Refused(_("This file is locked by a password. Save a copy without one, and choose that copy."))
    if info.compress_type not in METHODS or not 0 <= info.header_offset < size:
        raise _damaged()


def _check_unpacking(archive, infos, limits):
    """Unpack every part to nowhere: the sizes in the directory are claims, what comes out is counted."""
    packed = sum(info.compress_size for info in infos)
    most = min(limits.unpacked_bytes, max(SMALL, packed * limits.ratio))
    if sum(info.file_size for info in infos) > most:
        raise too_large()
    unpacked = 0
    try:
        for info in infos:
            with archive.open(info) as part:
                while chunk := part.read(CHUNK):
                    unpacked += len(chunk)
                    if unpacked > most:
                        raise too_large()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise _damaged() from None


def _damaged():
    return Refused(_("This file is damaged or cut off. Copy it again from where it came, and choose that copy."))
