"""Blocks: the pieces that the text of an item is made of, and how a page gets them in two queries.

A content app makes each kind its own by joining it with its plugin base:

    PageBlock = create_plugin_base(Page)

    class RichText(blocks.RichText, PageBlock): ...
"""

from publishing.blocks.kinds import (
    Block,
    CallOut,
    Download,
    Heading,
    LinkBlock,
    PictureBlock,
    Quote,
    RichText,
    Statement,
    Table,
    Video,
)
from publishing.blocks.loading import attach_pictures, block_models, blocks_of, give_anchors
from publishing.blocks.reading import grouped, in_region, links_on_paper, reading_minutes, sections

__all__ = [
    "Block",
    "CallOut",
    "Download",
    "Heading",
    "LinkBlock",
    "PictureBlock",
    "Quote",
    "RichText",
    "Statement",
    "Table",
    "Video",
    "attach_pictures",
    "block_models",
    "blocks_of",
    "give_anchors",
    "grouped",
    "in_region",
    "links_on_paper",
    "reading_minutes",
    "sections",
]
