"""What the formats of reference managers share when their standard fields become cells."""

import re

from django.core.exceptions import ValidationError

from resources import identifiers
from resources.formats import lists
from resources.formats.columns import kind_in_words
from resources.kinds import Kind, Scheme

KIND_WORDS = {kind_in_words(kind): kind for kind in Kind}


def kind_named(words, otherwise=None):
    """The kind that some words name exactly (“case study”), else the one that the type of the entry stands for."""
    return KIND_WORDS.get(words.casefold(), otherwise)


def dated(text, read):
    """Cells of a date; one that cannot be read stays as it is, so that the check of the cells says what is wrong."""
    if not text:
        return {}
    try:
        issued = read(text)
    except ValidationError:
        return {"year": text}
    parts = {"year": f"{issued.year:04}", "month": issued.month, "day": issued.day}
    return {key: str(part) for key, part in parts.items() if part}


def identifiers_cell(doi=(), eric=(), serial=()):
    """The cell of identifiers. `serial` holds ISBN and ISSN, which formats mix; accession numbers that are not
    ERIC’s belong to other databases and are left out."""
    found = [f"DOI {text}" for text in doi]
    found += [f"ERIC {text}" for text in eric if identifiers.ERIC.fullmatch(text.upper())]
    for text in serial:
        for one in re.split(r"[;,]\s*|\s+(?=97[89])", text):
            scheme = Scheme.ISSN if len(re.sub(r"[^\dXx]", "", one)) == 8 else Scheme.ISBN
            found.append(f"{identifiers.WRITTEN[scheme]} {one}")
    return lists.join(found)
