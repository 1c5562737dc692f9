"""What is known of a file after it was judged, and the refusal of one."""

from dataclasses import dataclass
from pathlib import Path

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from resources.files.kinds import FileKind

# What can be taken out of a PDF: the codes of the PDF process and their words.
REMOVED = {
    "scripts": gettext_lazy("scripts"),
    "launches": gettext_lazy("links that start programs or open files"),
    "forms": gettext_lazy("the sending of forms"),
    "attachments": gettext_lazy("attached files"),
    "media": gettext_lazy("embedded media"),
    "links": gettext_lazy("links with unsafe addresses"),
    "xfa": gettext_lazy("a second, scripted copy of the form (XFA)"),
}


class Refused(Exception):
    """We do not take this file. `str()` is a sentence that says what is wrong and what to do about it."""


@dataclass(frozen=True)
class FileFacts:
    """A file that we take.

    `path` is the file to keep: the one that was judged, or its cleaned copy. `size` (bytes) and `sha256` (hex) are of
    that one. Where a fact is not known or does not apply: None, or empty text.
    """

    path: Path
    kind: FileKind
    size: int
    sha256: str
    page_count: int | None = None
    title: str = ""  # as the PDF says it; often poor, so a suggestion only
    language: str = ""  # BCP 47, as the PDF says it: “en-US”
    is_tagged: bool | None = None  # has a structure that screen readers can follow
    removed: tuple[str, ...] = ()  # keys of REMOVED

    @property
    def media_type(self):
        return self.kind.media_type

    @property
    def extension(self):
        return self.kind.value


def cleaning_in_words(removed):
    """A sentence on what was taken out of a PDF, named by keys of REMOVED; empty where nothing was."""
    if not removed:
        return ""
    words = get_text_list([str(REMOVED[code]) for code in removed], _("and"))
    return _("We took out of this PDF: %(parts)s. The pages look the same.") % {"parts": words}


def too_large():
    """The refusal of a container that unpacks to more than we take on."""
    return Refused(_("This file unpacks to far more than it seems to hold. We do not take it. Save a smaller copy."))
