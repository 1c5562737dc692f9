"""Files made to harm, and addresses made to reach other files: what each upload and each address does with them.

Zip containers, PDFs and tables by themselves: tests/resources/files. Here they come by the way of an upload and go by
the way of a reader.
"""

import io
import re
import struct
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from publishing.models import Picture
from resources import file_store
from resources.files.facts import Refused
from resources.files.limits import MB
from tests.library import publish_work
from tests.pictures import picture_file
from tests.resources import containers, media, pdfs

SCRIPT = b"<script>alert(1)</script>"
PLACE = "/resources/publications/making-the-difference/files/"

pytestmark = pytest.mark.django_db


def take(content, name):
    return file_store.take(SimpleUploadedFile(name, content))


NAMES = [
    "../../../etc/passwd.csv", "..\\..\\windows\\table.csv", "/etc/passwd.csv", "table.php.csv", "table.html.csv",
    "CON.csv", ".htaccess.csv", "table\r\nSet-Cookie: a=b.csv", 'a"; filename="b.html.csv', "<b>.csv", "\u202evsc.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_the_name_of_an_upload_reaches_neither_the_disk_nor_an_address(client, name):
    stored = take(b"a,b\n1,2\n", name)
    assert stored.file.name == f"works/{stored.sha256[:2]}/{stored.sha256}"
    publish_work(files=[stored])
    response = client.get(f"{PLACE}making-the-difference.csv")
    b"".join(response)
    assert response["Content-Disposition"] == 'attachment; filename="making-the-difference.csv"'
    assert "Set-Cookie" not in response


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"GIF89a/*" + SCRIPT + b"*/=1;alert(1)", "picture.pdf"),
        (b"<!DOCTYPE html>" + SCRIPT, "report.pdf"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "report.pdf"),
        (b"\xef\xbb\xbf<svg/>", "table.csv"),
        (SCRIPT + pdfs.pdf(), "report.pdf"),
        (pdfs.pdf() + SCRIPT, "report.pdf"),
        (pdfs.pdf() + containers.office(), "report.docx"),
        (pdfs.pdf() + containers.office(), "report.pdf"),
        (containers.office() + pdfs.pdf(), "report.docx"),
        (SCRIPT + containers.office(), "report.docx"),
        (b"MZ\x90\0" + pdfs.pdf(), "report.pdf"),
        (media.mp4() + SCRIPT, "film.mp4"),
        (containers.epub(containers.link_to("/etc/passwd")), "book.epub"),
        (containers.office("xlsx", containers.link_to("../../../settings.py")), "table.xlsx"),
        (containers.epub(("../../outside.html", SCRIPT)), "book.epub"),
        (containers.office("xlsx", ("xl/media/../../../x", b"x")), "table.xlsx"),
        (pdfs.pdf(), "report.svg"),
        (pdfs.pdf(), "report.pdf.html"),
        (pdfs.pdf(), "report.pdf\0.html"),
        (pdfs.pdf(), "report.pdf "),
    ],
)
def test_what_could_pass_for_two_kinds_or_points_outside_is_refused(content, name):
    with pytest.raises(Refused):
        take(content, name)


def overlapping(copies):
    """An EPUB in which many names share one packed part: small on the disk, large when it is unpacked."""
    content = bytearray(containers.epub(("a.xhtml", b"\0" * MB)))
    end = content.rfind(b"PK\x05\x06")
    start = content.find(b"PK\x01\x02")
    last = bytes(content[content.rfind(b"PK\x01\x02") : end])
    names = [last[:46] + f"{number:07}".encode() for number in range(copies)]
    directory = bytes(content[start:end]) + b"".join(names)
    record = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies + 3, copies + 3, len(directory), start, 0)
    return bytes(content[:start]) + directory + record


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (containers.office("xlsx", ("xl/worksheets/sheet1.xml", b" " * (40 * MB))), "table.xlsx"),
        (containers.epub(("text.xhtml", b" " * (40 * MB))), "book.epub"),
        (containers.epub(*((f"{number}.xhtml", b" " * MB) for number in range(30))), "book.epub"),
        (overlapping(1_000), "book.epub"),
    ],
    ids=["one part", "one part of a book", "many parts", "parts on top of each other"],
)
def test_a_bomb_in_any_container_is_refused(content, name):
    assert len(content) < MB
    with pytest.raises(Refused):
        take(content, name)


def test_a_bomb_inside_a_container_is_never_opened():
    inner = containers.bomb(10 * MB)
    packed = containers.office("docx", (zipfile.ZipInfo("word/embeddings/inner.docx"), inner))
    assert take(packed, "report.docx").size == len(packed), "it is kept as it is: nobody unpacks what is inside"


def stored_as_picture(content, name="garden.png"):
    picture = Picture(title="A garden", image=SimpleUploadedFile(name, content))
    picture.full_clean()
    picture.save()
    return picture


def with_notes():
    """A PNG that carries a script in a note, in its EXIF data and behind its end."""
    image, notes, exif, file = Image.new("RGB", (40, 30), "green"), PngInfo(), Image.Exif(), io.BytesIO()
    notes.add_text("Comment", SCRIPT.decode())
    exif[0x010E] = SCRIPT.decode()
    image.save(file, "PNG", pnginfo=notes, exif=exif)
    return file.getvalue() + SCRIPT + containers.office()


def test_nothing_but_the_picture_of_a_picture_reaches_readers(client):
    assert with_notes().count(SCRIPT) == 3
    picture = stored_as_picture(with_notes())
    names = [picture.thumbnail, *(one["name"] for one in picture.renditions)]
    assert len(names) >= 2
    for name in names:
        response = client.get(f"/media/pictures/{name}")
        content = b"".join(response)
        assert b"script" not in content and b"PK\x03\x04" not in content
        assert response["Content-Type"].startswith("image/") and "svg" not in response["Content-Type"]
        assert response["Content-Security-Policy"].endswith("; sandbox")


@pytest.mark.parametrize(
    "name", ["garden.php.png", "../../garden.png", "garden.svg", "garden.html", "garden.png\0.html"]
)
def test_the_name_of_a_picture_reaches_neither_the_disk_nor_an_address(name):
    upload = picture_file()
    picture = stored_as_picture(upload.read(), name)
    for stored in (picture.image.name, *(one["name"] for one in picture.renditions)):
        assert stored.endswith(".png") or stored.endswith(".webp") or stored.endswith(".avif")
        assert "garden" not in stored and ".." not in stored and "\0" not in stored


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a/*" + SCRIPT + b"*/=1;alert(1)",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.4\n%%EOF",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
        b"push graphic-context\nviewbox 0 0 9 9\nimage over 0,0 0,0 'https://evil.example/x'\npop graphic-context",
    ],
    ids=["a script that begins as a GIF", "SVG", "PDF", "PostScript", "MVG"],
)
def test_what_only_begins_as_a_picture_is_refused(staff_client, content):
    upload = SimpleUploadedFile("garden.gif", content)
    response = staff_client.post("/admin/publishing/picture/add/", {"title": "A garden", "image": upload})
    assert re.search("This file is not a picture that we can show|This picture is damaged", response.content.decode())
    assert not Picture.objects.exists()


ELSEWHERE = [
    "../../../../etc/passwd", "..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/manage.py", "....//....//manage.py",
    "..\\..\\manage.py", "..%5c..%5cmanage.py", "%252e%252e%252fmanage.py", "/etc/passwd", "%2fetc%2fpasswd",
    "x%00.png", "%c0%ae%c0%ae/manage.py", "file:///etc/passwd", "~root/.profile", "con", "a" * 2000,
]  # fmt: skip


@pytest.mark.parametrize("place", ["/media/pictures/", PLACE, "/static/", "/preview/"])
def test_no_address_reaches_another_file(client, place):
    publish_work(files=[take(b"a,b\n1,2\n", "table.csv")])
    for name in ELSEWHERE:
        response = client.get(f"{place}{name}")
        location = response.headers.get("Location", "/")
        assert response.status_code in (301, 302, 400, 404), name
        assert location.startswith("/") and not location.startswith("//"), name
