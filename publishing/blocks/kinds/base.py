"""What all kinds of blocks share."""

from publishing.parts import Part


class Block(Part):
    """A piece of the running text of an item."""

    parent_field = "parent"

    template_name = ""
    is_listed = False  # neighbors of this kind are rendered together, as one list
    is_first = False  # near the top of its page: seen without scrolling
    number = None  # of its own address on paper
    numbered_text = ""  # its rich text with the numbers of the links, for paper

    class Meta:
        abstract = True

    def words(self):
        """The plain words of this block, for reading time and search."""
        return ""

    def number_links(self, numbers):
        """Number the links for paper, in what is shown alone: see `publishing.markup.number_links`."""


def number_address(address, numbers):
    """The number of an address for paper, as its page leads to it; `numbers` is a dict from address to number, added to
    where it is new.
    """
    return numbers.setdefault(address, len(numbers) + 1)


def excerpt(text, length=70):
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
