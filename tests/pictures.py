"""Pictures and files that pretend to be pictures, for tests."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from publishing.models import Picture


def picture_file(name="garden.png", size=(40, 30), kind="PNG", color="green"):
    data = io.BytesIO()
    Image.new("RGB", size, color).save(data, kind)
    return SimpleUploadedFile(name, data.getvalue())


def stored_picture(title="A garden", **values):
    picture = Picture(title=title, image=picture_file(**values))
    picture.full_clean()
    picture.save()
    return picture


def decompression_bomb(width=30_000, height=30_000):
    """A PNG of a few hundred kB that unpacks to `width` × `height` points."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    packer = zlib.compressobj(9)
    row = b"\x00" * (width // 8 + 1)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return SimpleUploadedFile("bomb.png", png)
