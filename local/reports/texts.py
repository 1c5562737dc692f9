"""The starting texts as pieces: headings, paragraphs, items of lists."""

import tomllib
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

PAGES = Path(__file__).resolve().parents[2] / "coalition_site" / "starting_content" / "pages"
LEFT_OUT = {"Where to look"}  # lists of links, of use on the site only
MARKS = {"em": "__", "strong": "**"}  # as FPDF.multi_cell reads them


@dataclass(frozen=True)
class Piece:
    """`tag` is that of tagged PDF (H2, H3, P, LI); `text` has ** and __ around strong and italic words."""

    tag: str
    text: str
    marker: str = ""  # of an item: a bullet or a number
    is_opening: bool = False


def summary_of(page):
    return _read(page)["summary"]


def pieces_of(page):
    """The pieces of a page, its title first as a heading. Links become plain words."""
    data = _read(page)
    yield Piece("H2", data["title"])
    is_left_out = False
    for block in data["blocks"]:
        if block["kind"] == "heading":
            is_left_out = block["text"] in LEFT_OUT
        if not is_left_out:
            yield from _pieces_of_block(block)


def _read(page):
    return tomllib.loads((PAGES / f"{page}.toml").read_text())


def _pieces_of_block(block):
    kind = block["kind"]
    if kind == "heading":
        yield Piece(f"H{block['level'] + 1}", block["text"])
    elif kind == "statement":
        yield Piece("P", f"**{block['heading']}**\n{block['text']}")
    else:
        reader = _RichText(is_opening=block.get("size") == "opening")
        reader.feed(block["text"])
        reader.close()
        yield from reader.pieces


class _RichText(HTMLParser):
    """Reads paragraphs and lists, which do not stand in each other in our texts."""

    def __init__(self, *, is_opening):
        super().__init__()
        self.pieces = []
        self.is_opening = is_opening
        self.words = []
        self.number = None  # of the next item in an ordered list

    def handle_starttag(self, tag, attrs):
        if tag in {"ul", "ol"}:
            self.number = 1 if tag == "ol" else None
        elif tag in {"p", "li"}:
            self.words = []
        self.words.append(MARKS.get(tag, ""))

    def handle_endtag(self, tag):
        self.words.append(MARKS.get(tag, ""))
        text = " ".join("".join(self.words).split())
        if tag == "p":
            self.pieces.append(Piece("P", text, is_opening=self.is_opening))
        elif tag == "li":
            self.pieces.append(Piece("LI", text, f"{self.number}." if self.number else "•"))
            self.number = self.number + 1 if self.number else None

    def handle_data(self, data):
        self.words.append(data)
