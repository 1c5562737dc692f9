"""Pages in memory for the checks: nothing of them is in the database."""

from pages.models import Heading, Page, PictureBlock, RichText, Statement

KINDS = {"text": RichText, "heading": Heading, "statement": Statement, "picture": PictureBlock}


def page_of(*blocks, **values):
    """A page with blocks as pairs: page_of(("heading", {"text": "A"}), ("text", {"text": "<p>B</p>"}))."""
    page = Page(
        **({"pk": 1, "title": "Partners", "slug": "partners", "summary": "One.", "path": "/partners/"} | values)
    )
    page.blocks = [
        KINDS[kind](**({"region": "main", "ordering": 10 * number} | fields))
        for number, (kind, fields) in enumerate(blocks, start=1)
    ]
    return page


def text(html):
    return "text", {"text": html}


def heading(words, level=2):
    return "heading", {"text": words, "level": level}


def link(address, words="The whole report"):
    return text(f'<p><a href="{address}">{words}</a></p>')
