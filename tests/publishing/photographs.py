"""Pictures of two colors for tests, and the files of them that readers get."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from publishing.models import Picture

RED, BLUE = (230, 20, 20), (20, 20, 230)


def halves(size=(1000, 600), mode="RGB", colors=(RED, BLUE)):
    """A picture whose left half has the first color and whose right half the second."""
    image = Image.new(mode, size, colors[0])
    image.paste(colors[1], (size[0] // 2, 0, *size))
    return image


def stored(image, kind="JPEG", **options):
    data = io.BytesIO()
    image.save(data, kind, **options)
    picture = Picture(title="A garden", image=SimpleUploadedFile("photo", data.getvalue()))
    picture.full_clean()
    picture.save()
    return Picture.objects.get(pk=picture.pk)


def served(client, picture):
    """All files of a picture that a stranger can fetch: pairs (what is recorded, bytes)."""
    files = []
    recorded = [*picture.renditions, {"width": 160, "height": 160, "format": "webp", "name": picture.thumbnail}]
    for rendition in recorded:
        response = client.get(f"/media/pictures/{rendition['name']}")
        assert response.status_code == 200
        assert response["Content-Type"].removeprefix("image/") in (rendition["format"], "jpeg")
        files.append((rendition, b"".join(response)))
    return files


def images(client, picture):
    return [Image.open(io.BytesIO(data)) for _rendition, data in served(client, picture)]


def near(color, other, most=30):
    return all(abs(a - b) <= most for a, b in zip(color[:3], other[:3], strict=True))


def corner(image, place):
    return image.convert("RGBA").getpixel(place)
