"""Which format a file is in: by what it begins with, else by the ending of its name."""

from pathlib import PurePath

from resources.formats import FORMATS

BEGINNINGS = {
    b"PK\x03\x04": "xlsx",
    b"\xd0\xcf\x11\xe0": "xlsx",
    b"TY  -": "ris",
    b"[": "csl",
    b"{": "csl",
    b"@": "bibtex",
}
ENDINGS = {form.extension: form.name for form in FORMATS.values()} | {"bibtex": "bibtex", "xls": "xlsx", "tsv": "csv"}


def format_of(name, file):
    """The name of a format for a binary file, which is rewound; CSV where nothing says otherwise."""
    start = file.read(100).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    begins = (form for beginning, form in BEGINNINGS.items() if start.startswith(beginning))
    return next(begins, None) or ENDINGS.get(PurePath(name).suffix.lower().removeprefix("."), "csv")
