from blog.models.blocks import (
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
from blog.models.entry import Byline, Entry, EntryRelation
from blog.models.series import Series

__all__ = [
    "Byline",
    "CallOut",
    "Download",
    "Entry",
    "EntryRelation",
    "Heading",
    "LinkBlock",
    "PictureBlock",
    "Quote",
    "RichText",
    "Series",
    "Statement",
    "Table",
    "Video",
]
