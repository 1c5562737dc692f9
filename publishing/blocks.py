"""Blocks: the pieces that the text of an item is made of, and how a page gets them in two queries.

A content app makes each kind its own by joining it with its plugin base:

    PageBlock = create_plugin_base(Page)

    class RichText(blocks.RichText, PageBlock): ...
"""

import uuid
from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from publishing.markup import RichTextField, as_cleaned, number_links, plain_text
from publishing.models import Picture, PublicRecord
from publishing.validators import validate_address

# Ids in the templates around a text; a heading of the same words gets another anchor.
FRAME_IDS = frozenset(
    {"main", "site-menu", "site-q", "q", "section", "children", "what", "roles", "roles-h", "five", "new"}
)


class Block(PublicRecord):
    """A piece of an item. Its key is a UUID: a draft's block must never meet another item's key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    parent_field = "parent"  # the way to its item, and the order of its rows, as drafts need to know them
    part_order = ("ordering", "pk")

    template_name = ""
    is_listed = False  # neighbors of this kind are rendered together, as one list

    class Meta:
        abstract = True

    def words(self):
        """The plain words of this block, for reading time and search."""
        return ""

    def number_links(self, numbers):
        """Number the links in the running text for paper: see `publishing.markup.number_links`."""


class RichText(Block):
    class Size(models.TextChoices):
        NORMAL = "", _("Normal")
        OPENING = "opening", _("Larger, for the sentence that opens a page")

    text = RichTextField(_("text"))
    size = models.CharField(_("size"), max_length=10, choices=Size.choices, default=Size.NORMAL, blank=True)

    template_name = "publishing/blocks/rich_text.html"

    class Meta:
        abstract = True
        verbose_name = _("text")
        verbose_name_plural = _("texts")

    def __str__(self):
        return _excerpt(self.words())

    @property
    def html(self):
        return as_cleaned(self.text)

    def number_links(self, numbers):
        self.text = number_links(self.text, numbers)

    def words(self):
        return plain_text(self.text)


class Heading(Block):
    class Level(models.IntegerChoices):
        SECTION = 2, _("Heading")
        SUBSECTION = 3, _("Smaller heading")

    level = models.PositiveSmallIntegerField(_("level"), choices=Level.choices, default=Level.SECTION)
    text = models.CharField(_("heading"), max_length=200)
    short_text = models.CharField(
        _("short form"),
        max_length=60,
        blank=True,
        help_text=_("For the list of contents and the front page, where the heading is a whole sentence: “Goals”."),
    )

    template_name = "publishing/blocks/heading.html"

    class Meta:
        abstract = True
        verbose_name = _("heading")
        verbose_name_plural = _("headings")

    def __str__(self):
        return _excerpt(self.text)

    @property
    def label(self):
        return self.short_text or self.text

    @cached_property
    def anchor(self):
        """The part of an address behind “#”; follows the short form, so that a longer wording keeps old links.

        `give_anchors` makes those of one page differ.
        """
        return slugify(self.label) or f"h-{self.pk}"

    def words(self):
        return self.text


class PictureBlock(Block):
    picture = models.ForeignKey(Picture, verbose_name=_("picture"), on_delete=models.PROTECT, related_name="+")
    alt_text = models.CharField(
        _("text in place of the picture"),
        max_length=300,
        blank=True,
        help_text=_(
            "What a reader who cannot see it needs to know: “Parents and a teacher read a chart of attendance”."
        ),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("The picture says nothing that the text does not. Screen readers pass over it."),
    )
    caption = models.CharField(_("caption"), max_length=300, blank=True)

    template_name = "publishing/blocks/picture.html"

    class Meta:
        abstract = True
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        constraints = [
            models.CheckConstraint(
                condition=(Q(is_decorative=True) & Q(alt_text="")) | (Q(is_decorative=False) & ~Q(alt_text="")),
                name="%(app_label)s_%(class)s_text_or_decorative",
            )
        ]

    def __str__(self):
        return _excerpt(self.alt_text or self.caption or str(_("decorative picture")))

    def clean(self):
        if self.is_decorative and self.alt_text:
            raise ValidationError(
                {"alt_text": _("A decorative picture has no text. Empty this field, or untick “decorative”.")}
            )
        if not self.is_decorative and not self.alt_text:
            raise ValidationError({"alt_text": _("Say in words what the picture shows, or tick “decorative”.")})

    def words(self):
        return f"{self.alt_text} {self.caption}".strip()


class Statement(Block):
    """A heading and a text that belong together, such as a core value; statements in a row make one list."""

    heading = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    address = models.CharField(
        _("leads to"),
        max_length=500,
        blank=True,
        validators=[validate_address],
        help_text=_("Optional: where the heading leads, such as /guide/ or https://www.example.org/"),
    )

    template_name = "publishing/blocks/statements.html"
    is_listed = True

    class Meta:
        abstract = True
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self):
        return _excerpt(self.heading)

    def words(self):
        return f"{self.heading} {self.text}".strip()


def _excerpt(text, length=70):
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"


def block_models(model):
    """The block models of a content model, in the order in which they were defined."""
    return [
        relation.related_model
        for relation in model._meta.related_objects
        if relation.name and issubclass(relation.related_model, Block) and relation.field.name == "parent"
    ]


def blocks_of(*items):
    """Blocks of items of one model: a dict from the key of an item to its blocks in order.

    One query for all kinds of blocks together, one more if any of them shows pictures.
    """
    by_item = {item.pk: [] for item in items}
    if not items:
        return by_item
    kinds = {kind._meta.label: kind for kind in block_models(type(items[0]))}
    rows = [_rows(kind).filter(parent__in=by_item) for kind in kinds.values()]
    blocks = []
    for parent_id, _ordering, _key, label, data in rows[0].union(*rows[1:], all=True).order_by("ordering", "key"):
        blocks.append(block_from_data(kinds[label], data, parent_id))
    attach_pictures(blocks)
    for block in blocks:
        by_item[block.parent_id].append(block)
    for run in by_item.values():
        give_anchors(run)
    return by_item


def give_anchors(blocks):
    """Make the anchors of the headings of one page differ from each other and from the ids of the frame around it."""
    taken = set(FRAME_IDS)
    for block in blocks:
        if isinstance(block, Heading):
            words, number = block.anchor, 2
            while block.anchor in taken:
                block.anchor, number = f"{words}-{number}", number + 1
            taken.add(block.anchor)


def _rows(kind):
    names = {field.attname: F(field.attname) for field in kind._meta.concrete_fields if field.name != "parent"}
    return (
        kind.objects.order_by()
        .annotate(key=F("id"), label=Value(kind._meta.label), data=JSONObject(**names))
        .values_list("parent_id", "ordering", "key", "label", "data")
    )


def block_from_data(kind, data, parent_id):
    """A block in memory from a dict of its columns, as JSON holds them."""
    fields = {field.attname: field for field in kind._meta.concrete_fields}
    values = {name: fields[name].to_python(value) for name, value in data.items() if name in fields}
    return kind(parent_id=parent_id, **values)


def attach_pictures(blocks):
    """Give blocks in memory the pictures that they show, by one query; a picture that is gone leaves None."""
    shown = [block for block in blocks if isinstance(block, PictureBlock)]
    pictures = Picture.objects.in_bulk({block.picture_id for block in shown}) if shown else {}
    for block in shown:
        block._meta.get_field("picture").set_cached_value(block, pictures.get(block.picture_id))


def in_region(blocks, region):
    return [block for block in blocks if block.region == region]


def grouped(blocks):
    """Pairs (template name, blocks): neighbors of a listed kind together, every other block alone."""
    groups = []
    for (kind, listed), run in groupby(blocks, key=lambda block: (type(block), block.is_listed)):
        run = list(run)
        groups += [(kind.template_name, run)] if listed else [(kind.template_name, [block]) for block in run]
    return groups


def sections(blocks):
    """Pairs (heading block or None, blocks below it): the text split at its headings of the first level."""
    parts = [(None, [])]
    for block in blocks:
        if isinstance(block, Heading) and block.level == Heading.Level.SECTION:
            parts.append((block, []))
        else:
            parts[-1][1].append(block)
    return [part for part in parts if part[0] or part[1]]


def links_on_paper(blocks):
    """Number the links in the text of blocks in memory; return their addresses in the order of the numbers."""
    numbers = {}
    for block in blocks:
        block.number_links(numbers)
    return list(numbers)


def reading_minutes(blocks, words_a_minute=200):
    """Minutes that an adult needs for the text, at least 1.

    200 words a minute lies in the range that studies of silent reading report for non-fiction:
    Brysbaert (2019), How many words do we read per minute?, Journal of Memory and Language 109.
    """
    words = sum(len(block.words().split()) for block in blocks)
    return max(1, round(words / words_a_minute))
