"""The kinds of blocks that an entry is written in."""

from content_editor.models import create_plugin_base

from blog.models.entry import Entry
from publishing import blocks

EntryBlock = create_plugin_base(Entry)


class RichText(blocks.RichText, EntryBlock):
    class Meta(blocks.RichText.Meta, EntryBlock.Meta):
        pass


class Heading(blocks.Heading, EntryBlock):
    class Meta(blocks.Heading.Meta, EntryBlock.Meta):
        pass


class PictureBlock(blocks.PictureBlock, EntryBlock):
    class Meta(blocks.PictureBlock.Meta, EntryBlock.Meta):
        pass


class Statement(blocks.Statement, EntryBlock):
    class Meta(blocks.Statement.Meta, EntryBlock.Meta):
        pass


class Quote(blocks.Quote, EntryBlock):
    class Meta(blocks.Quote.Meta, EntryBlock.Meta):
        pass


class CallOut(blocks.CallOut, EntryBlock):
    class Meta(blocks.CallOut.Meta, EntryBlock.Meta):
        pass


class LinkBlock(blocks.LinkBlock, EntryBlock):
    class Meta(blocks.LinkBlock.Meta, EntryBlock.Meta):
        pass


class Table(blocks.Table, EntryBlock):
    class Meta(blocks.Table.Meta, EntryBlock.Meta):
        pass


class Video(blocks.Video, EntryBlock):
    class Meta(blocks.Video.Meta, EntryBlock.Meta):
        pass


class Download(blocks.Download, EntryBlock):
    class Meta(blocks.Download.Meta, EntryBlock.Meta):
        pass
