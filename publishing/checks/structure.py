"""Title, summary, empty blocks, pictures, headings."""

from itertools import groupby, pairwise

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.blocks import Heading, PictureBlock, RichText, Statement
from publishing.checks.findings import Level, Topic, of_block, of_item
from publishing.checks.passages import has_words, read_html
from publishing.markup import RichTextField


def check_item(item):
    found = [
        of_item(Level.ERROR, Topic.EMPTY, empty_field(column), column.name)
        for column in _empty_columns(item, also=("summary",) if item.needs_summary else ())
        if column.editable
    ]
    letters = [letter for letter in item.title or "" if letter.isalpha()]
    # Short ones are names: “ESSA”, “FAQ”, “CCSSO”.
    if len(letters) > 9 and item.title.isupper():
        sentence = _(
            "The title is written in capitals, which are harder to read and are sometimes spelled out letter by "
            "letter. Write it like a sentence."
        )
        found.append(of_item(Level.WARNING, Topic.ITEM, sentence, "title"))
    if len(item.summary or "") > item.summary_length:
        sentence = _(
            "The summary has %(number)s characters. Search results show about %(shown)s: shorten it, or put what "
            "matters first."
        ) % {"number": len(item.summary), "shown": item.summary_length}
        found.append(of_item(Level.WARNING, Topic.ITEM, sentence, "summary"))
    return found


def check_empty_blocks(content):
    found = []
    written = {block.pk for _text, block in content.passages}
    for block in content.blocks:
        if isinstance(block, RichText) and block.pk not in written:
            field, sentence = "text", _("A text block is empty. Write in it, or remove the block.")
        elif isinstance(block, Heading) and not has_words(block.text or ""):
            field, sentence = "text", _("A heading has no words. Write it, or remove the block.")
        elif isinstance(block, Statement) and not has_words(block.heading or ""):
            field, sentence = "heading", _("A statement has no heading. Write one, or remove the block.")
        elif missing := _missing_field(block):
            field, sentence = missing.name, _("Fill in “%(field)s”, or remove the block.")
            sentence %= {"field": missing.verbose_name}
        else:
            continue
        found.append(of_block(Level.ERROR, Topic.EMPTY, sentence, block, field))
    return found


def _missing_field(block):
    """The first text that a block of another kind cannot do without, and that nobody has written."""
    return next((column for column in _empty_columns(block) if column.name != "region"), None)


def _empty_columns(row, also=()):
    """The columns of text that a row cannot do without, and those named in `also`, in which nothing is written."""
    for column in row._meta.concrete_fields:
        is_text = isinstance(column, (models.CharField, models.TextField))
        if column.name not in also and not (is_text and not (column.blank or column.choices)):
            continue
        value = getattr(row, column.attname) or ""
        if not (read_html(value).passages if isinstance(column, RichTextField) else has_words(value)):
            yield column


def empty_field(column):
    """What is said of a field that cannot stay empty, where its form does not stand around the words."""
    return _("“%(field)s” is empty. Fill it in.") % {"field": capfirst(str(column.verbose_name))}


def check_pictures(content):
    found = []
    for block in content.blocks:
        if not isinstance(block, PictureBlock):
            continue
        if block.picture_id is None:
            sentence = _("A picture block has no picture. Choose one, or remove the block.")
            found.append(of_block(Level.ERROR, Topic.PICTURES, sentence, block, "picture"))
        if not block.is_decorative and not has_words(block.alt_text or ""):
            sentence = _("A picture has no words. Say in words what it shows, or tick “decorative”.")
            found.append(of_block(Level.ERROR, Topic.PICTURES, sentence, block, "alt_text"))
    return found


def check_headings(content, item):
    """The order of levels over the whole item, and headings with nothing below them."""
    found, has_section = [], False
    for block in content.blocks:
        if not isinstance(block, Heading):
            continue
        if block.level == Heading.Level.SUBSECTION and not has_section:
            sentence = _(
                "A smaller heading comes before the first heading, so the outline of the page begins in the middle. "
                "Choose the level “Heading” for it, or put a heading above it."
            )
            found.append(of_block(Level.ERROR, Topic.HEADINGS, sentence, block, "level"))
            has_section = True  # the ones after it are a consequence, not faults of their own
        has_section = has_section or block.level == Heading.Level.SECTION
    for _region, run in groupby(content.blocks, key=lambda block: block.region):
        run = list(run)
        found += [
            of_block(
                Level.WARNING,
                Topic.HEADINGS,
                _("A heading is followed by another one, with no text between them. Write a sentence, or drop one."),
                above,
            )
            for above, below in pairwise(run)
            # A heading with a smaller one right below it is good order.
            if isinstance(above, Heading) and isinstance(below, Heading) and not _is_below(below, above)
        ]
        if isinstance(run[-1], Heading) and not item.addition:
            sentence = _("Nothing stands below the last heading. Write a text for it, or take it out.")
            found.append(of_block(Level.WARNING, Topic.HEADINGS, sentence, run[-1]))
    return found


def _is_below(heading, other):
    return (heading.level or 0) > (other.level or 0)
