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
