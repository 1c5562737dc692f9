"""The files of items on their way into the index.

Reading the pages of a file takes long, so those that have not changed are left alone.
"""

from dataclasses import dataclass

from search.documents import SearchFile
from search.languages import base, configuration_of
from search.models import File
from search.texts import ROOM, WORDS_VERSION, clean, fitting, size_of, typed_words

LARGEST_SHARE = ROOM // 2  # of an item's room that the words of one file may take


@dataclass
class Known:
    """A file that the index has already, in the version that is wanted."""

    file: SearchFile
    pk: int
    label: str  # that it has in the index
    size_of_words: int


class Unread:
    """A file that is new to the index, or has other pages now."""

    def __init__(self, file, language):
        self.file, self.language = file, language
        self.configuration = configuration_of(language)
        self.pages = [(page, typed_words(page.text)) for page in file.pages()]
        different = dict.fromkeys(word for _, words in self.pages for word in words.split())
        self.different = fitting(different, LARGEST_SHARE)
        self.size_of_words = size_of(self.different)

    def as_data(self, item):
        return {
            "row": {
                "item_id": item,
                "address": self.file.address,
                "label": self.file.label,
                "language": base(self.language),
                "version": version_of(self.file),
                "size_of_words": self.size_of_words,
            },
            "configuration": self.configuration,
            "words": " ".join(self.different),
        }

    def pages_as_data(self, item, key):
        for page, words in self.pages:
            yield {
                "row": {"item_id": item, "file_id": key, "number": page.number, "text": clean(page.text)},
                "configuration": self.configuration,
                "words": {"text": words},
            }


def files_of(documents):
    """For each document its files as `Known` or `Unread`, in order."""
    owners = [document.owner for document in documents if document.files]
    stored = {
        (file.item.owner_label, file.item.owner_key, file.address, file.language, file.version): file
        for file in File.objects.of_owners(owners)
    } if owners else {}  # fmt: skip
    return [[_known_or_unread(document, file, stored) for file in document.files] for document in documents]


def _known_or_unread(document, file, stored):
    language = file.language or document.language
    row = stored.get((*document.owner, file.address, base(language), version_of(file))) if file.version else None
    return Known(file, row.pk, row.label, row.size_of_words) if row else Unread(file, language)


def version_of(file):
    """What the words of a file follow from: its texts, and how they are taken apart."""
    return f"{file.version}:{WORDS_VERSION}" if file.version else ""
