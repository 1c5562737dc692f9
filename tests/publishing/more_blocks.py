"""Quotes, call-outs, links, tables, videos and downloads for tests: one of each, on a page, as readers see it."""

from pages.models import CallOut, Download, LinkBlock, Quote, Table, Video
from tests.whole_site.reading import Reading

KINDS = {
    Quote: {"text": "Strong families", "source": "A parent, 2026"},
    CallOut: {"heading": "Before you begin", "text": '<p>Read <a href="https://www.example.com/">the guide</a></p>'},
    LinkBlock: {"label": "Standards", "address": "https://www.example.com/standards", "description": "What counts"},
    Table: {"caption": "Attendance", "text": "Year | Percent\n2025 | 86", "has_row_headings": True},
    Video: {
        "title": "A day at school",
        "address": "https://video.example/watch?v=1",
        "duration": "12:30",
        "captions": "yes",
        "transcript": "<p>The bell rings.</p>",
        "is_without_words": False,
    },
    Download: {
        "label": "Download the handbook",
        "address": "https://www.example.com/handbook.pdf",
        "kind": "pdf",
        "size": "2.8 MB",
        "pages": 46,
        "language": "es",
    },
}


def add(page, model, ordering=10, **values):
    block = model(parent=page, region="main", ordering=ordering, **(KINDS[model] | values))
    block.full_clean()
    block.save()
    return block


def shown(client):
    """The text of the page, as elements and as HTML."""
    answer = client.get("/partners/")
    assert answer.status_code == 200
    reading = Reading(answer.content)
    assert not reading.fault
    return reading, answer.content.decode().partition("<article")[2].partition("</article>")[0]


def words_of(element):
    return " ".join(" ".join(element.itertext()).split())
