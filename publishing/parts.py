"""Rows that belong to an item and are part of its text: blocks, contributors, identifiers, files."""

import uuid

from django.db import models

from publishing.models import PublicRecord


class Part(PublicRecord):
    """One row of an item. A kind of part says by `parent_field` which of its foreign keys leads to the item."""

    # A draft's row must never meet another item's key.
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    parent_field = ""
    part_order = ("ordering", "pk")

    class Meta:
        abstract = True

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


def stored_parts(items):
    """Model of parts → {key: key of its item}: the live rows that belong to items in memory, or have the key of one of
    their rows. The items are of one kind; one statement.
    """
    parts = part_models(type(items[0]))
    asked = [_owners(part, number, items) for number, part in enumerate(parts)]
    found = {part: {} for part in parts}
    if asked:
        for number, key, owner in asked[0].union(*asked[1:], all=True):
            found[parts[number]][key] = owner
    return found


def _owners(part, number, items):
    keys = [row.pk for item in items for row in item.part_rows[part._meta.label_lower]]
    owner = part._meta.get_field(part.parent_field).attname
    is_theirs = models.Q(**{f"{owner}__in": [item.pk for item in items]}) | models.Q(pk__in=keys)
    rows = part._base_manager.order_by().filter(is_theirs)
    return rows.annotate(table=models.Value(number)).values_list("table", "pk", owner)
