"""Small zip containers, right and wrong, for tests. All functions return bytes."""

import io
import stat
import struct
import zipfile

TYPES = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{}</Types>'
DOCUMENT = '<?xml version="1.0"?><document>A community school</document>'
MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}


def packed(parts, method=zipfile.ZIP_DEFLATED):
    """A zip file of `parts`, pairs of name (or ZipInfo) and content."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


def office(extension="docx", *more, types="", document=DOCUMENT):
    """The smallest container that is taken for a DOCX, XLSX or PPTX, with `more` parts and types of parts."""
    return packed([("[Content_Types].xml", TYPES.format(types)), (MAIN_PARTS[extension], document), *more])


def relationships(kind, target, mode="External", types="http://schemas.openxmlformats.org/officeDocument/2006"):
    """The XML in which a part of an Office file says what it links to."""
    return (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{types}/relationships/{kind}" Target="{target}" TargetMode="{mode}"/>'
        "</Relationships>"
    )


def epub(*more):
    mimetype = zipfile.ZipInfo("mimetype")
    return packed([(mimetype, "application/epub+zip"), ("META-INF/container.xml", "<container/>"), *more])


def link_to(target):
    """A part that is a symbolic link."""
    info = zipfile.ZipInfo("word/link")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info, target


def bomb(size):
    """A DOCX that unpacks to `size` bytes and some."""
    return office("docx", ("word/media/image1.bmp", b"\0" * size))


def bomb_that_lies(size):
    """The same, but its directory claims 1,000 bytes."""
    content = bytearray(bomb(size))
    claim, truth = (1_000).to_bytes(4, "little"), size.to_bytes(4, "little")
    return bytes(content.replace(truth, claim))


def locked():
    """A DOCX whose parts say that they are encrypted."""
    content = bytearray(office())
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def with_part_at(offset):
    """A DOCX whose last part lies, as its directory says in the way of ZIP64, at `offset`."""
    part = zipfile.ZipInfo("word/far.xml")
    part.extra = struct.pack("<HHQ", 1, 8, offset)
    content = bytearray(office("docx", (part, "<x/>")))
    at = content.rfind(b"PK\x01\x02")
    content[at + 42 : at + 46] = b"\xff" * 4
    return bytes(content)


def with_name_of_wrong_bytes():
    """A DOCX whose last part has a name that is no text."""
    content = bytearray(office("docx", ("word/ñ.xml", "<x/>")))
    at = content.find("ñ".encode())  # in front of the part; the directory has it right
    content[at] = 0xFF
    return bytes(content)
