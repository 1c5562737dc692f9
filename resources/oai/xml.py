"""An XML document as it is written: every text is escaped, and what XML cannot hold is left out."""

from contextlib import contextmanager
from io import StringIO

from django.utils.xmlutils import SimplerXMLGenerator

from publishing.characters import fit_for_xml


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
    return fit_for_xml(str(text))
