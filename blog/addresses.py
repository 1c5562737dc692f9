"""What stands at the addresses of entries, for the checks of links and for readers' messages."""

from blog.models import Entry
from feedback.subjects import Subject
from publishing.slugs import SlugAddresses

_addresses = SlugAddresses(Entry, "blog")

answering_paths = _addresses.answering


def subject_at(path):
    """The public entry that a message may be about; None where no reader finds one."""
    entry = _addresses.item_at(path)
    return entry and Subject.of(entry)
