"""The kinds of blocks, as abstract models."""

from publishing.blocks.kinds.base import Block
from publishing.blocks.kinds.links import Download, LinkBlock
from publishing.blocks.kinds.media import PictureBlock, Video
from publishing.blocks.kinds.tables import Table
from publishing.blocks.kinds.text import CallOut, Heading, Quote, RichText, Statement

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
]
