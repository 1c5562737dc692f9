"""What stands behind several relations of an item, by one statement: Django's own prefetching asks one for each.

fetch([entry], "bylines__person", "topics", "tags")  # entry.bylines.all(), entry.topics.all() … ask nothing any more
"""

from collections import defaultdict
from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import F, Value, Window
from django.db.models.functions import RowNumber

from publishing import many_to_many
from publishing.sorting import alphabetical
from publishing.statements import IsAnyOf, Keys, as_json, columns_of, execute


def fetch(items, *names):
    """Give items of one model, as they stand in the tables, the rows behind these relations of theirs, in their order.

    A name is that of the rows of a part (`bylines`), which may go on to what each leads to (`bylines__person`), or
    that of a link to many (`topics`, `tags`).
    """
    if not (items and names):
        return
    model = type(items[0])
    ways = _ways(model, names)
    found = {way: defaultdict(list) for way in ways}
    for number, owner, _place, data in sorted(execute(_statement(model, names), _keys(model, items))):
        found[ways[number]][owner].append(_row(ways[number].model, data))
    for way in ways:
        way.give(items, found)


def _keys(model, items):
    return {"items": [item.pk for item in items], "kind": [ContentType.objects.get_for_model(model).pk]}


def _row(model, data):
    values = columns_of(model, data)
    return model.from_db(connection.alias, list(values), list(values.values()))


@cache
def _statement(model, names):
    """The number of the way, the key of the owner, the place and the data of each row."""
    asked = []
    for number, way in enumerate(_ways(model, names)):
        place = Window(RowNumber(), order_by=way.order)
        rows = way.rows().order_by().annotate(way=Value(number), place=place, data=way.data)
        asked.append(rows.values_list("way", "owner", "place", "data"))
    return asked[0].union(*asked[1:], all=True).query.sql_with_params()


@cache
def _ways(model, names):
    """What is asked for: each part before what its rows lead to."""
    ways = {}
    for name in names:
        first, _, further = name.partition("__")
        if many_to_many.is_link(model, first):
            kind = _Tags if many_to_many.is_tags(model, first) else _Terms
            ways[first] = kind(model, first)
        else:
            part = ways.setdefault(first, _Parts(model, first))
            if further:
                ways[name] = _RowsOfParts(part, further)
    return list(ways.values())


class _Way:
    """`rows()`: those of `model` for the items of the keys, each with its `owner`; in `order`."""

    def __init__(self, model, name):
        self.field, self.name = model._meta.get_field(name), name
        self.model = self.field.related_model
        self.order = self.model._meta.ordering
        self.data = as_json(self.model)

    def give(self, items, found):
        """Put the rows where Django keeps those that were fetched before."""
        for item in items:
            cache = vars(item).setdefault("_prefetched_objects_cache", {})
            cache[self.name] = many_to_many.as_fetched(self.model, found[self][item.pk])


class _Parts(_Way):
    def rows(self):
        owner = self.field.field.attname
        return self.model._base_manager.annotate(owner=F(owner)).filter(IsAnyOf(F(owner), Value(Keys("items"))))

    def give(self, items, found):
        super().give(items, found)
        for item in items:
            for row in found[self][item.pk]:
                self.field.field.set_cached_value(row, item)


class _RowsOfParts:
    """What a foreign key of the rows of a part leads to, by its own key."""

    order = ["pk"]

    def __init__(self, part, name):
        self.part, self.field = part, part.model._meta.get_field(name)
        self.model = self.field.related_model
        self.data = as_json(self.model)

    def rows(self):
        keys = self.part.rows().values(self.field.attname)
        return self.model._base_manager.annotate(owner=F("pk")).filter(pk__in=keys)

    def give(self, items, found):
        for rows in found[self.part].values():
            for row in rows:
                if own := found[self].get(getattr(row, self.field.attname)):
                    self.field.set_cached_value(row, own[0])


class _Terms(_Way):
    def rows(self):
        items = f"{self.field.related_query_name()}__pk"
        return self.model._base_manager.annotate(owner=F(items)).filter(IsAnyOf(F("owner"), Value(Keys("items"))))


class _Tags(_Way):
    """Tags stand in the order of the alphabet."""

    def __init__(self, model, name):
        super().__init__(model, name)
        self.through = self.field.remote_field.through
        self.order = [alphabetical("tag__name"), "tag"]
        self.data = as_json(self.model, behind="tag")

    def rows(self):
        kind = IsAnyOf(F("content_type_id"), Value(Keys("kind")))
        named = self.through._base_manager.filter(kind, IsAnyOf(F("object_id"), Value(Keys("items"))))
        return named.annotate(owner=F("object_id"))
