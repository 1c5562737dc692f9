"""Characters that no text of ours holds, because XML cannot: feeds, spreadsheets and records for harvesters are XML.

Word processors leave some in what people copy: U+000B is a line break of theirs.
"""

import re

BREAKS = re.compile("[\x0b\x0c]")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text):
    """A text without them; where one was a break, a space."""
    return NOT_IN_XML.sub("", BREAKS.sub(" ", text))
