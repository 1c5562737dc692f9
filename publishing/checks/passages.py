"""The paragraphs and the links of an item in memory, as the checks read them."""

import unicodedata
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.db import models

from publishing.blocks import Block
from publishing.markup import RichTextField, clean_html

_ENDS_A_PASSAGE = frozenset({"p", "li", "ul", "ol"})


@dataclass(frozen=True)
class Link:
    words: str
    address: str
    block: Block
    field: str


@dataclass
class Content:
    """What the checks ask of an item: its blocks, numbered, and their passages and links in order."""

    blocks: list
    passages: list = field(default_factory=list)  # pairs (text, block)
    links: list = field(default_factory=list)

    @property
    def running_text(self):
        """All passages, one a line. Headings are left out: they are no sentences."""
        return "\n".join(text for text, _block in self.passages)


def content_of(item):
    """Read the blocks of an item in the order of its regions."""
    keys = [region.key for region in getattr(item, "regions", [])]
    blocks = sorted(item.blocks, key=lambda block: keys.index(block.region) if block.region in keys else len(keys))
    content = Content(blocks)
    for number, block in enumerate(blocks, start=1):
        block.check_number, block.check_place = number, None
        for column in block._meta.concrete_fields:
            if isinstance(column, RichTextField):
                reader = read_html(getattr(block, column.attname) or "")
                content.passages += [(text, block) for text in reader.passages]
                content.links += [Link(words, address, block, column.name) for words, address in reader.links]
            elif type(column) is models.TextField:  # not what inherits it: a table is no sentence
                lines = (getattr(block, column.attname) or "").splitlines()
                content.passages += [(" ".join(line.split()), block) for line in lines if has_words(line)]
        if address := getattr(block, "address", ""):
            content.links.append(Link(_words_of_address(block), address, block, "address"))
    return content


def _words_of_address(block):
    """What a reader follows to the address of a block: its heading, its label or its title."""
    named = (getattr(block, name, "") for name in ("heading", "label", "title"))
    return next((words for words in named if words), "") or block.words()


def has_words(text):
    """Whether there is anything to see: not only spaces, of whatever width, and invisible marks."""
    return any(unicodedata.category(letter)[0] not in "ZC" for letter in text)


def read_html(html):
    """The passages and links of rich text, whichever way it came in."""
    reader = _Reader()
    reader.feed(clean_html(html))
    reader.close()
    return reader


class _Reader(HTMLParser):
    """`passages`: plain words, one text for each paragraph and list item; `links`: pairs (words, address)."""

    def __init__(self):
        super().__init__()
        self.passages, self.links = [], []
        self._words, self._link, self._address = [], None, ""

    def handle_starttag(self, tag, attrs):
        if tag in _ENDS_A_PASSAGE:
            self._end_passage()
        elif tag == "br":
            self.handle_data(" ")
        elif tag == "a":
            self._link, self._address = [], (dict(attrs).get("href") or "").strip()

    def handle_endtag(self, tag):
        if tag in _ENDS_A_PASSAGE:
            self._end_passage()
        elif tag == "a" and self._link is not None:
            self.links.append((_joined(self._link), self._address))
            self._link = None

    def handle_data(self, data):
        self._words.append(data)
        if self._link is not None:
            self._link.append(data)

    def close(self):
        super().close()
        self._end_passage()

    def _end_passage(self):
        text = _joined(self._words)
        if has_words(text):
            self.passages.append(text)
        self._words = []


def _joined(pieces):
    return " ".join("".join(pieces).split())
