"""An XML document as it is written: every text is escaped, and what XML cannot hold is left out."""

import re
from contextlib import contextmanager
from io import StringIO

from django.utils.xmlutils import SimplerXMLGenerator

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Document:
    def __init__(self):
        self._out = StringIO()
        self._xml = SimplerXMLGenerator(self._out, "utf-8", short_empty_elements=True)
        self._xml.startDocument()

    @contextmanager
    def inside(self, name, attributes=None):
        """What is written in this block stands inside an element."""
        self._xml.startElement(name, {key: _clean(value) for key, value in (attributes or {}).items()})
        yield
        self._xml.endElement(name)

    def line(self, name, text="", attributes=None):
        """An element with a text."""
        with self.inside(name, attributes):
            self._xml.characters(_clean(text))

    @property
    def bytes(self):
        return self._out.getvalue().encode()


def _clean(text):
    return NOT_XML.sub("", str(text))
