"""Rows that belong to an item and are part of its text: blocks, contributors, identifiers, files."""

import uuid
from functools import cache

from django.core.exceptions import ObjectDoesNotExist
from django.db import models

from publishing.models import PublicRecord
from publishing.statements import IsAnyOf, Keys, execute


class Part(PublicRecord):
    """One row of an item. A kind of part says by `parent_field` which of its foreign keys leads to the item."""

    # A draft's row must never meet another item's key.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    parent_field = ""
    part_order = ("ordering", "pk")

    class Meta:
        abstract = True

    def row_at(self, name):
        """The row to which a foreign key leads; None where a draft names none, or one that was deleted since."""
        try:
            return getattr(self, name)
        except ObjectDoesNotExist:
            return None

    @classmethod
    def tidied(cls, values):
        """What is stored of a row in a snapshot, from what was typed: kinds with a normal form bring values into it."""
        return values


def part_models(model):
    """The models of the parts of an item, in the order in which they were defined."""
    return [
        relation.related_model
        for relation in model._meta.related_objects
        if issubclass(relation.related_model, Part) and relation.field.name == relation.related_model.parent_field
    ]


def said_by(part):
    """The names of the columns that say something: two rows that agree in all of them say the same twice."""
    return [field.attname for field in part._meta.concrete_fields if field.name not in ("id", "ordering")]


def stored_parts(items):
    """Model of parts → {key: key of its item}: the live rows that belong to items in memory, or have the key of one of
    their rows. The items are of one kind; one statement.
    """
    model = type(items[0])
    parts = part_models(model)
    found = {part: {} for part in parts}
    if parts:
        rows = [row.pk for item in items for rows in item.part_rows.values() for row in rows]
        for number, key, owner in execute(_statement(model), {"items": [item.pk for item in items], "rows": rows}):
            found[parts[number]][key] = owner
    return found


@cache
def _statement(model):
    """The place of its kind, the key and the key of the item of each row."""
    asked = [_owners(part, number) for number, part in enumerate(part_models(model))]
    return asked[0].union(*asked[1:], all=True).query.sql_with_params()


def _owners(part, number):
    owner = part._meta.get_field(part.parent_field).attname
    is_theirs = models.Q(IsAnyOf(models.F(owner), models.Value(Keys("items"))))
    has_their_key = models.Q(IsAnyOf(models.F("pk"), models.Value(Keys("rows"))))
    rows = part._base_manager.order_by().filter(is_theirs | has_their_key)
    return rows.annotate(table=models.Value(number)).values_list("table", "pk", owner)
