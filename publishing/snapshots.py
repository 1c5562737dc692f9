"""Snapshots: an item with its blocks, links and tags as JSON, and back again as objects in memory.

    {"item": {attname: value}, "parts": {"pages.richtext": [{attname: value}, …]}, "m2m": {name: [key or tag, …]}}

What belongs to the life of an item and not to its text is never in a snapshot: its moments, its owner, its path.
"""

import json
from contextlib import suppress

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.fields.files import FieldFile

from publishing import many_to_many
from publishing.blocks import Block, attach_pictures, give_anchors
from publishing.characters import fit_for_xml
from publishing.markup import RichTextField, clean_html
from publishing.parts import part_models
from publishing.validators import is_program, validate_address

NOT_IN_A_DRAFT = frozenset({"id", "published_at", "retired_at", "replacement_address", "owner"})


def item_fields(model):
    """The fields of an item that a draft holds. Nobody edits what follows from others, such as the path of a page."""
    return [field for field in model._meta.concrete_fields if field.editable and field.name not in NOT_IN_A_DRAFT]


def part_fields(part):
    """The fields of a part that a draft holds: all but the way to its item."""
    return [field for field in part._meta.concrete_fields if field.name != part.parent_field]


def row_data(row, fields):
    """The columns of a row as JSON knows them."""
    values = {}
    for field in fields:
        value = getattr(row, field.attname)
        values[field.attname] = value.name or "" if isinstance(value, FieldFile) else value
    return json.loads(json.dumps(values, cls=DjangoJSONEncoder))


def capture(item):
    """The snapshot of an item as it stands in the live tables."""
    model = type(item)
    return {
        "item": row_data(item, item_fields(model)),
        "parts": {
            part._meta.label_lower: [
                row_data(row, part_fields(part))
                for row in part._base_manager.filter(**{part.parent_field: item}).order_by(*part.part_order)
            ]
            for part in part_models(model)
        },
        "m2m": many_to_many.captured(item),
    }


def blank(model):
    """The snapshot of a new item, with every field at its default."""
    return {
        "item": row_data(model(), item_fields(model)),
        "parts": {part._meta.label_lower: [] for part in part_models(model)},
        "m2m": {name: [] for name in many_to_many.names_of(model)},
    }


def clean(model, data):
    """A copy of a snapshot whose rich text is held to the allowed set, whose addresses are no programs, and whose texts
    any format can carry, whichever form or import it came from.
    """
    kinds = {part._meta.label_lower: part for part in part_models(model)}
    cleaned = {**data, "item": _clean_row(model, data["item"])}
    cleaned["parts"] = {
        label: [kinds[label].tidied(_clean_row(kinds[label], row)) for row in rows] if label in kinds else rows
        for label, rows in data.get("parts", {}).items()
    }
    cleaned["m2m"] = {name: [_clean_value(None, key) for key in keys] for name, keys in data.get("m2m", {}).items()}
    return cleaned


def _clean_row(model, row):
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {name: _clean_value(fields.get(name), value) for name, value in row.items()}


def _clean_value(field, value):
    if isinstance(value, str):
        value = fit_for_xml(value)
    if isinstance(field, RichTextField):
        return clean_html(value or "")
    if field and value and validate_address in field.validators and is_program(value):
        return ""
    return value


def materialize(model, pk, data, live=None):
    """An item in memory as a snapshot has it: its blocks in `item.blocks`, its parts by label in `item.part_rows`.

    `live` lends what is not in a draft (moments, owner). Nothing is written and nothing of the item's own tables
    is read; related rows by foreign key are read when asked for, and pictures of blocks at once.
    """
    item = live or model(pk=pk)
    item.pk = pk
    item._state.adding = False
    _fill(item, data["item"], item_fields(model))
    item.part_rows = {}
    for part in part_models(model):
        rows = [_part_row(part, item, values) for values in data["parts"].get(part._meta.label_lower, [])]
        item.part_rows[part._meta.label_lower] = sorted(rows, key=_place)
    blocks = [row for rows in item.part_rows.values() for row in rows if isinstance(row, Block)]
    attach_pictures(blocks)
    item.blocks = sorted(blocks, key=_place)
    give_anchors(item.blocks)
    many_to_many.materialize(item, data.get("m2m", {}))
    # Django's own place for rows that were fetched before: `item.contributors.all()` gives those of the snapshot.
    item._prefetched_objects_cache |= {
        part._meta.get_field(part.parent_field).remote_field.get_accessor_name(): many_to_many.as_fetched(part, rows)
        for part, rows in ((part, item.part_rows[part._meta.label_lower]) for part in part_models(model))
    }
    return item


def _place(row):
    """By what the live tables order the parts of an item."""
    return row.ordering or 0, str(row.pk)


def is_whole(item):
    """Whether an item in memory was made of a snapshot, so that its parts and links need not be read."""
    return hasattr(item, "part_rows")


def as_shown(item):
    """The same item in memory, made what readers would see: at its address, without its links to what was deleted."""
    forget_lost_links(item)
    item.prepare_preview()
    return item


def forget_lost_links(item):
    """Empty the links of a draft in memory to rows that were deleted since it was saved; return their names."""
    lost = []
    for field in item_fields(type(item)):
        if field.many_to_one:
            try:
                getattr(item, field.name)
            except ObjectDoesNotExist:
                setattr(item, field.name, None)
                lost.append(field.name)
    return lost


def _part_row(part, item, values):
    row = part(**{part.parent_field: item})
    row._state.adding = False
    _fill(row, values, part_fields(part))
    return row


def _fill(row, values, fields):
    """Set the columns of a row from JSON. A value that its field no longer understands is left at its default."""
    for field in fields:
        if field.attname not in values:
            continue
        value = values[field.attname]
        if isinstance(field, models.FileField):
            setattr(row, field.attname, value)
            continue
        target = field.target_field if isinstance(field, models.ForeignKey) else field
        with suppress(ValidationError):
            setattr(row, field.attname, None if value is None else target.to_python(value))
