"""Links of an item to many rows: terms of vocabularies, kept in snapshots by key, and free tags, kept by name.

A tag that stands only in drafts has no row: whoever lists tags would make drafts public.
"""

from functools import cache

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Value
from django.db.models.functions import Upper
from taggit.managers import TaggableManager

from publishing.sorting import alphabet_key
from publishing.statements import IsAnyOf, Keys, execute
from publishing.tags import fault_of_tag


def names_of(model):
    return [field.name for field in model._meta.many_to_many]


def names_to(record_model, model):
    """The names of those links of a model that lead to the rows of another."""
    return [field.name for field in model._meta.many_to_many if field.related_model is record_model]


def is_link(model, name):
    return name in names_of(model)


def is_tags(model, name):
    return isinstance(model._meta.get_field(name), TaggableManager)


def captured(item):
    """{name: keys or, of tags, names} of an item as it stands in the live tables."""
    model = type(item)
    return {
        name: sorted(getattr(item, name).values_list("name" if is_tags(model, name) else "pk", flat=True))
        for name in names_of(model)
    }


def from_form(model, cleaned_data):
    """The same of a valid form, for those fields that it shows."""
    return {
        name: cleaned_data[name] if is_tags(model, name) else [row.pk for row in cleaned_data[name]]
        for name in names_of(model)
        if name in cleaned_data
    }


def for_form(item):
    """The initial values of a form for an item in memory."""
    return {name: getattr(item, name).all() for name in getattr(item, "m2m_keys", {})}


def materialize(item, keys):
    """Make `item.topics.all()` give the rows that a snapshot names. Each link asks one query, when it is used."""
    item.m2m_keys = {name: keys.get(name, []) for name in names_of(type(item))}
    # Django's own place for rows that were fetched before.
    item._prefetched_objects_cache = {name: _rows(item, name, wanted) for name, wanted in item.m2m_keys.items()}


def _rows(item, name, wanted):
    field = item._meta.get_field(name)
    if not is_tags(type(item), name):
        return field.related_model._default_manager.filter(pk__in=wanted)
    tag = field.remote_field.model
    return as_fetched(tag, [tag(name=name, slug=tag().slugify(name)) for name in sorted(wanted, key=alphabet_key)])


def as_fetched(model, rows):
    """A queryset that holds rows in memory and asks nothing."""
    queryset = model._base_manager.all()
    queryset._result_cache = rows
    return queryset


def write(items):
    """Write the links of items in memory, of one kind and with the rows of `related.fetch`, into the live tables."""
    model = type(items[0])
    stored = _stored_keys(model, [item.pk for item in items])
    for name in names_of(model):
        if is_tags(model, name):
            _write_tags(name, items)
        else:
            wanted = {(item.pk, row.pk) for item in items for row in getattr(item, name).all()}
            _write_links(_Link(model, name), wanted, stored[name])


def _stored_keys(model, owners):
    """Name of a link → {(key of an item, key of a term): key of the row}; one statement for all links but tags."""
    found = {name: {} for name in names_of(model) if not is_tags(model, name)}
    if found:
        for name, pk, *pair in execute(_statement(model), {"owners": owners}):
            found[name][tuple(pair)] = pk
    return found


@cache
def _statement(model):
    links = [_Link(model, name) for name in names_of(model) if not is_tags(model, name)]
    asked = [link.stored().annotate(link=Value(link.name)).values_list("link", "pk", *link.columns) for link in links]
    return asked[0].union(*asked[1:], all=True).query.sql_with_params()


class _Link:
    """The rows of one link, and the two columns of theirs that lead to the item and to the term."""

    def __init__(self, model, name):
        self.name, self.field = name, model._meta.get_field(name)
        self.rows = self.field.remote_field.through._base_manager.order_by()
        ends = (self.field.m2m_field_name(), self.field.m2m_reverse_field_name())
        self.columns = [self.rows.model._meta.get_field(end).attname for end in ends]

    def stored(self):
        return self.rows.filter(IsAnyOf(F(self.columns[0]), Value(Keys("owners"))))


def _write_links(link, wanted, stored):
    source, target = link.columns
    if gone := stored.keys() - wanted:
        link.rows.filter(pk__in=[stored[pair] for pair in gone]).delete()
    new = sorted(wanted - stored.keys())
    link.rows.bulk_create(link.rows.model(**{source: owner, target: key}) for owner, key in new)


def _write_tags(name, items):
    """What taggit's own `set()` does, which asks some seven times for each tag: an import has thousands."""
    model = type(items[0])
    through = model._meta.get_field(name).remote_field.through
    kind = ContentType.objects.get_for_model(model)
    rows = through._base_manager.filter(content_type=kind, object_id__in=[item.pk for item in items])
    tags = _tags_named(through.tag_model(), {tag for item in items for tag in item.m2m_keys[name]})
    for item in items:
        its_tags = dict.fromkeys(tags[tag] for tag in item.m2m_keys[name])
        item._prefetched_objects_cache[name] = as_fetched(through.tag_model(), list(its_tags))
    wanted = {(item.pk, tag.pk) for item in items for tag in getattr(item, name).all()}
    stored = {(owner, tag): pk for pk, owner, tag in rows.values_list("pk", "object_id", "tag")}
    if gone := stored.keys() - wanted:
        rows.filter(pk__in=[stored[pair] for pair in gone]).delete()
    new = sorted(wanted - stored.keys())
    through._base_manager.bulk_create(through(content_type=kind, object_id=owner, tag_id=key) for owner, key in new)


def _tags_named(model, names):
    """Name → the tag with it, in whatever capitals; those that are missing are made."""
    if not names:
        return {}
    upper = [Upper(Value(name)) for name in names]
    known = model._base_manager.alias(upper=Upper("name")).filter(upper__in=upper).order_by("-pk")
    tags = {tag.name.upper(): tag for tag in known}  # of twins from before, the first
    for name in sorted(names):
        if name.upper() not in tags:  # asked by its name, because Postgres may know other capitals than Python
            tags[name.upper()] = model._base_manager.get_or_create(name__iexact=name, defaults={"name": name})[0]
    return {name: tags[name.upper()] for name in names}


def errors_of(item):
    """What cannot be written of the links of an item in memory, as {field: [sentence]}."""
    found = {}
    for name, wanted in item.m2m_keys.items():
        if is_tags(type(item), name):
            found[name] = [fault for tag in wanted if (fault := fault_of_tag(tag))]
    return {name: faults for name, faults in found.items() if faults}


def labels_of(model, name, keys):
    """Links as a person would read them, in no order."""
    if is_tags(model, name):
        return list(keys)
    found = model._meta.get_field(name).related_model._base_manager.in_bulk(keys)
    return [str(found.get(key, f"#{key}")) for key in keys]
