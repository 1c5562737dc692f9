"""The rows of other tables that an item in memory leads to, by its links and its parts: terms, makers, files."""

from collections import defaultdict
from functools import cache

from django.db import connection
from django.db.models import F, Value

from publishing import many_to_many
from publishing.blocks import Block
from publishing.parts import part_models
from publishing.statements import IsAnyOf, Keys, as_json, columns_of, execute


def fetch(item, *, with_links=True):
    """Give an item that was made of a snapshot all rows that it leads to, by one statement, or none where it leads
    nowhere. Rows that are gone are left out: of a part, the way to them stays as it is. Blocks have theirs already.
    `with_links=False`: those of its parts alone.
    """
    model = type(item)
    links = [name for name in item.m2m_keys if with_links and not many_to_many.is_tags(model, name)]
    ways = [
        (row, field)
        for part, fields in _ways_of_parts(model)
        for row in item.part_rows[part._meta.label_lower]
        for field in fields
        if getattr(row, field.attname) is not None
    ]
    wanted = defaultdict(set)
    for name in links:
        wanted[model._meta.get_field(name).related_model].update(item.m2m_keys[name])
    for row, field in ways:
        wanted[field.related_model].add(getattr(row, field.attname))
    found = _fetched(model, wanted)
    for name in links:
        rows = found[model._meta.get_field(name).related_model]
        its_rows = [rows[key] for key in item.m2m_keys[name] if key in rows]
        related = model._meta.get_field(name).related_model
        item._prefetched_objects_cache[name] = many_to_many.as_fetched(related, its_rows)
    for row, field in ways:
        if related := found[field.related_model].get(getattr(row, field.attname)):
            field.set_cached_value(row, related)


@cache
def _ways_of_parts(model):
    """The models of parts with their foreign keys that lead elsewhere than to the item."""
    return [
        (part, [field for field in part._meta.concrete_fields if field.many_to_one and field.name != part.parent_field])
        for part in part_models(model)
        if not issubclass(part, Block)
    ]


@cache
def _related_models(model):
    links = [model._meta.get_field(name) for name in many_to_many.names_of(model)]
    fields = [field for field in links if not many_to_many.is_tags(model, field.name)]
    fields += [field for _, its_fields in _ways_of_parts(model) for field in its_fields]
    return sorted({field.related_model for field in fields}, key=lambda related: related._meta.label)


def _fetched(model, wanted):
    """Model → key → row, of the keys that are wanted of each model."""
    found = {related: {} for related in _related_models(model)}
    if any(wanted.values()):
        models = {related._meta.label_lower: related for related in found}
        keys = {label: list(wanted[related]) for label, related in models.items()}
        for label, data in execute(_statement(model), keys):
            values = columns_of(models[label], data)
            row = models[label].from_db(connection.alias, list(values), list(values.values()))
            found[models[label]][row.pk] = row
    return found


@cache
def _statement(model):
    """The kind and the data of each row."""
    asked = [_rows(related) for related in _related_models(model)]
    return asked[0].union(*asked[1:], all=True).query.sql_with_params()


def _rows(model):
    label = model._meta.label_lower
    rows = model._base_manager.order_by().filter(IsAnyOf(F("pk"), Value(Keys(label))))
    return rows.annotate(row_kind=Value(label), row_data=as_json(model)).values_list("row_kind", "row_data")
