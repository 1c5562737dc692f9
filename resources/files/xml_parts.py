"""XML inside of containers, read piece by piece by expat: in little memory, and nothing is ever fetched.

Expat finds declarations wherever they stand and in whatever encoding; what it cannot read is Malformed.
"""

from html.entities import html5
from xml.parsers import expat

PIECE = 1 << 19  # an old expat reads a long tag anew with each piece
LONGEST_HEAD = 1 << 20  # bytes in front of the first element
LONGEST_TOKEN = 4 << 20  # bytes of one tag: a picture written into its address is the longest
DEEPEST = 1_000  # elements within each other; expat remembers each
MOST_DEFAULTS = 20  # attributes that a document type may give to elements
LONGEST_ENTITY = 60  # characters: a short name for a namespace, as drawing programs write them, and no bomb
# The signs that browsers know by name (&nbsp; &colon;), in the place of the file in which a document type has them.
SIGNS = "".join(
    f"<!ENTITY {name[:-1]} '{''.join(f'&#38;#{ord(sign)};' for sign in signs)}'>"
    for name, signs in html5.items()
    if name.endswith(";")
).encode()


class Malformed(Exception):
    """This is no XML, or such that a program that reads it may break."""


class Declares(Exception):
    """The XML makes words of its own (entities) that may grow, hold markup, or come from elsewhere; or attributes."""


class _Head(Exception):
    """The first element is reached."""


def check_head(part):
    """Raise Declares where the XML of a binary file has a document type, Malformed where it does not come to a root."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _raising(Declares)
    parser.StartElementHandler = _raising(_Head)
    read = 0
    try:
        while piece := part.read(PIECE):
            _feed(parser, piece)
            read += len(piece)
            if read > LONGEST_HEAD:
                break
    except _Head:
        return
    raise Malformed


def elements(part, knows_signs=False):
    """Yield the name (without its prefix) and the attributes of each element of the XML in a binary file.

    A document type may be there, and give short names to plain text; where `knows_signs`, those of browsers are known
    as well. Raises Declares and Malformed, also in the middle.
    """
    walk = _Walk(knows_signs)
    fed = 0
    while piece := part.read(PIECE):
        _feed(walk.parser, piece)
        fed += len(piece)
        if fed - walk.parser.CurrentByteIndex > LONGEST_TOKEN:
            raise Malformed
        yield from walk.taken()
    _feed(walk.parser, b"", is_last=True)
    yield from walk.taken()


class _Walk:
    """A parser, and the elements that it has met since they were last taken."""

    def __init__(self, knows_signs):
        self.met = []
        self.depth = self.defaults = 0
        self.parser = expat.ParserCreate()
        if knows_signs:
            self.parser.UseForeignDTD(True)
            self.parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_ALWAYS)
            self.parser.ExternalEntityRefHandler = self._signs
        self.parser.EntityDeclHandler = self._entity
        self.parser.AttlistDeclHandler = self._attribute
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def taken(self):
        met, self.met = self.met, []
        return met

    def _start(self, name, attributes):
        self.met.append((name.rpartition(":")[2], attributes))
        self.depth += 1
        if self.depth > DEEPEST:
            raise Malformed

    def _end(self, name):
        self.depth -= 1

    def _entity(self, name, is_parameter, value, *_elsewhere):
        if is_parameter or value is None or len(value) > LONGEST_ENTITY or not {"<", "&", "%"}.isdisjoint(value):
            raise Declares

    def _attribute(self, element, name, kind, default, is_required):
        self.defaults += default is not None  # each element gets it: from a few bytes come gigabytes
        if self.defaults > MOST_DEFAULTS or len(default or "") > LONGEST_ENTITY:
            raise Declares

    def _signs(self, context, *_where):
        """Expat asks for the file in which the document type declares its signs; nothing else may be elsewhere."""
        signs = self.parser.ExternalEntityParserCreate(context, "utf-8")
        signs.EntityDeclHandler = None
        signs.Parse(SIGNS, True)
        return 1


def _feed(parser, piece, is_last=False):
    try:
        parser.Parse(piece, is_last)
    # An encoding that Python does not know, or cannot read sign by sign, is a LookupError or a ValueError.
    except (expat.ExpatError, LookupError, ValueError):
        raise Malformed from None


def _raising(error):
    def handler(*_found):
        raise error

    return handler
