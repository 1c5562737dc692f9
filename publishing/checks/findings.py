"""What a check says: one sentence for one fault, and where it is."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from publishing.checks.passages import has_words


class Level(StrEnum):
    ERROR = "error"  # stops a publish
    WARNING = "warning"  # says what would be better, and stops nothing


class Topic(StrEnum):
    """What a finding is about; the form says of some topics that all is well."""

    ITEM = "item"
    EMPTY = "empty"
    PICTURES = "pictures"
    HEADINGS = "headings"
    LINKS = "links"
    LINK_WORDS = "link_words"
    LANGUAGE = "language"
    READING = "reading"


@dataclass(frozen=True)
class Finding:
    """One fault. `label` and `key` name the block it is in (its kind, its key); both are empty for the item."""

    level: Level
    topic: Topic
    sentence: str
    place: str = ""
    label: str = ""
    key: str = ""
    field: str = NON_FIELD_ERRORS

    @property
    def is_error(self):
        return self.level == Level.ERROR

    @property
    def in_words(self):
        """The sentence with its place, for a message that stands apart from the text."""
        return f"{self.sentence} ({self.place})" if self.place else self.sentence


def of_item(level, topic, sentence, field=NON_FIELD_ERRORS):
    return Finding(level, topic, sentence, field=field)


def of_block(level, topic, sentence, block, field=NON_FIELD_ERRORS):
    return Finding(level, topic, sentence, place_of(block), block._meta.label_lower, str(block.pk), field)


def place_of(block):
    """Words that tell which block: “Text: Partners share their…”, or its number where it has no words."""
    if block.check_place is None:  # a block may have a finding for each of its links
        block.check_place = _place_of(block)
    return block.check_place


def _place_of(block):
    kind = capfirst(str(block._meta.verbose_name))
    words = " ".join(block.words().split())
    if not has_words(words):
        return _("%(kind)s, block number %(number)s") % {"kind": kind, "number": block.check_number}
    return f"{kind}: {Truncator(words).chars(45)}"
