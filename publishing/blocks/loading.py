"""From the tables to blocks in memory, in two queries for a page."""

from functools import cache

from django.db.models import F, Value

from publishing.blocks.kinds import Block, Heading, PictureBlock
from publishing.models import Picture
from publishing.statements import IsAnyOf, Keys, as_json, columns_of, execute

# Ids in the templates around a text; a heading of the same words gets another anchor. Those that end in a number have a
# dot before it, which no anchor of a text has.
FRAME_IDS = frozenset(
    {
        "main",
        "site-menu",
        "site-q",
        "q",
        "section",
        "children",
        "what",
        "roles",
        "roles-h",
        "five",
        "new",
        "fq",
        "months",
        "promotion",
        "related",
        "responses",
        "responses-h",
        "series",
    }
)


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
    blocks = [
        kinds[label](parent_id=parent_id, **columns_of(kinds[label], data))
        for parent_id, _ordering, _key, label, data in execute(_statement(type(items[0])), {"items": list(by_item)})
    ]
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


@cache
def _statement(model):
    """Key of the item, place, key, kind and data of each block, in order."""
    rows = [_rows(kind) for kind in block_models(model)]
    return rows[0].union(*rows[1:], all=True).order_by("ordering", "row_key").query.sql_with_params()


def _rows(kind):
    data = as_json(kind, without=("parent",))
    return (
        kind.objects.order_by()
        .filter(IsAnyOf(F("parent_id"), Value(Keys("items"))))
        .annotate(row_key=F("id"), row_kind=Value(kind._meta.label), row_data=data)
        .values_list("parent_id", "ordering", "row_key", "row_kind", "row_data")
    )


def attach_pictures(blocks):
    """Give blocks in memory the pictures that they show, by one query; a picture that is gone leaves None."""
    shown = [block for block in blocks if isinstance(block, PictureBlock)]
    pictures = Picture.objects.in_bulk({block.picture_id for block in shown}) if shown else {}
    for block in shown:
        block._meta.get_field("picture").set_cached_value(block, pictures.get(block.picture_id))
