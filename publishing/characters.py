"""Characters that no text of ours holds, because XML cannot: feeds, spreadsheets and records for harvesters are XML.

Word processors leave some in what people copy: U+000B is a line break of theirs.
"""

import re

BREAKS = re.compile("[\x0b\x0c]")
NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def fit_for_xml(text):
    """A text without them; where one was a break, a space."""
    return NOT_IN_XML.sub("", BREAKS.sub(" ", text))


def fit_texts(row):
    """Make the texts of a row that is about to be saved fit, whichever form, import or shell they came from."""
    for field in row._meta.concrete_fields:
        # Past the descriptors: what was not read from the table is not asked for.
        text = None if field.generated else row.__dict__.get(field.attname)
        if isinstance(text, str) and (fit := fit_for_xml(text)) != text:
            setattr(row, field.attname, fit)
