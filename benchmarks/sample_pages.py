"""Pages to measure with: as many blocks as asked for, all kinds in turn, fit to be published."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from pages import models
from publishing.models import Picture

TEXT = (
    "<p>Schools and their partners plan the year together. They ask families what helps, and begin with that. "
    "Each team meets once a month, looks at what has changed, and writes down who does what next.</p>"
    '<p>The steps are the same everywhere: <strong>listen</strong>, choose, try, and look again. <a href="/">The front '
    "page of this site</a> leads to more.</p>"
)
TABLE = "\n".join(
    ["Year | Schools | Partners", *(f"{year} | {year - 1990} | {year - 1980}" for year in range(2015, 2025))]
)


def make_page(slug, blocks):
    """A public page with a number of blocks, every kind as often as any other."""
    page = models.Page(
        title=f"Sample page {slug}", slug=slug, summary="A page to measure with.", published_at=timezone.now()
    )
    page.save()
    kinds = list(_kinds())
    for number in range(blocks):
        kind, values = kinds[number % len(kinds)]
        kind.objects.create(parent=page, region="main", ordering=10 * number + 10, **_numbered(values, number))
    return page


def make_picture(number):
    """A small picture that looks like no other."""
    file = io.BytesIO()
    Image.new("RGB", (60, 40), (number % 256, 80, 40)).save(file, "PNG")
    picture = Picture(title=f"Sample picture {number}", image=SimpleUploadedFile("sample.png", file.getvalue()))
    picture.save()
    return picture


def _kinds():
    """Pairs of a block model and the values of its fields; {} stands for the number of the block."""
    address = "https://www.example.com/{}"
    yield models.Heading, {"text": "What happens in part {}"}
    yield models.RichText, {"text": TEXT}
    yield models.Statement, {"heading": "Statement {}", "text": "Families are heard before anything is planned."}
    yield models.PictureBlock, {"picture": make_picture, "alt_text": "Picture {}: a field of one color"}
    yield models.LinkBlock, {"label": "Sample of a link, {}", "address": address, "description": "Where it leads."}
    yield models.Download, {"label": "Download sample {}", "address": address}
    yield models.Quote, {"text": "These are sample words, {} in number.", "source": "A sample"}
    yield models.CallOut, {"heading": "Before part {}", "text": TEXT}
    yield models.Table, {"caption": "Sample table {}, with made-up numbers", "text": TABLE}
    yield models.Video, {"title": "Sample film {}", "address": address, "transcript": TEXT}


def _numbered(values, number):
    return {name: value(number) if callable(value) else value.format(number) for name, value in values.items()}
