"""From the tables to blocks in memory, in two queries for a page."""

import json
from functools import cache

from django.db import connection
from django.db.models import BooleanField, F, Func, Value
from django.db.models.functions import JSONObject

from publishing.blocks.kinds import Block, Heading, PictureBlock
from publishing.models import Picture

# Ids in the templates around a text; a heading of the same words gets another anchor.
FRAME_IDS = frozenset(
    {"main", "site-menu", "site-q", "q", "section", "children", "what", "roles", "roles-h", "five", "new"}
)
KEYS = []  # stands in the parameters of a statement for the keys of the items


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
        block_from_data(kinds[label], json.loads(data), parent_id)
        for parent_id, label, data in _fetched(type(items[0]), list(by_item))
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


def _fetched(model, keys):
    """Key of the item, kind and data of each block, in order."""
    sql, parameters = _statement(model)
    with connection.cursor() as cursor:
        cursor.execute(sql, [keys if one is KEYS else one for one in parameters])
        return [(parent_id, label, data) for parent_id, _ordering, _key, label, data in cursor.fetchall()]


@cache  # it is the same for every page; putting it together takes five times as long as running it
def _statement(model):
    rows = [_rows(kind) for kind in block_models(model)]
    return rows[0].union(*rows[1:], all=True).order_by("ordering", "row_key").query.sql_with_params()


def _rows(kind):
    names = {field.attname: F(field.attname) for field in kind._meta.concrete_fields if field.name != "parent"}
    return (
        kind.objects.order_by()
        .filter(_IsAnyOf(F("parent_id"), Value(KEYS)))
        .annotate(row_key=F("id"), row_kind=Value(kind._meta.label), row_data=JSONObject(**names))
        .values_list("parent_id", "ordering", "row_key", "row_kind", "row_data")
    )


class _IsAnyOf(Func):
    template = "(%(expressions)s))"
    arg_joiner = " = ANY("
    output_field = BooleanField()


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
