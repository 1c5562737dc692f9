"""What a standard has no place for travels beside it, under the names of our columns, so that nothing is lost.

A writer of a format fills its standard fields first, reads them back, and adds those columns that came back different.
"""

from resources.formats.columns import COLUMNS

LEFT_OUT = {"source"}  # it speaks of our record, and reference managers are about works


def of(cells, standard):
    """The columns, by key, that the standard fields alone would not give back."""
    return {key: text for key, text in cells.items() if key not in LEFT_OUT and standard.get(key, "") != text}


def known(named):
    """Of a dictionary of texts those that are columns of ours."""
    return {key: text for key, text in named.items() if key in COLUMNS and isinstance(text, str)}
