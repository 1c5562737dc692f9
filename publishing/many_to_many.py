"""Links of an item to many rows: terms of vocabularies, kept in snapshots by key, and free tags, kept by name.

A tag that stands only in drafts has no row: whoever lists tags would make drafts public.
"""

from taggit.managers import TaggableManager

from publishing.tags import fault_of_tag


def names_of(model):
    return [field.name for field in model._meta.many_to_many]


def names_to(record_model, model):
    """The names of those links of a model that lead to the rows of another."""
    return [field.name for field in model._meta.many_to_many if field.related_model is record_model]


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
    return as_fetched(tag, [tag(name=name, slug=tag().slugify(name)) for name in wanted])


def as_fetched(model, rows):
    """A queryset that holds rows in memory and asks nothing."""
    queryset = model._base_manager.all()
    queryset._result_cache = rows
    return queryset


def write(item):
    """Write the links of an item in memory into the live tables. A term that was deleted since is left out."""
    keys = item.m2m_keys
    item._prefetched_objects_cache = {}
    for name, wanted in keys.items():
        if not is_tags(type(item), name):
            field = item._meta.get_field(name)
            wanted = field.related_model._base_manager.filter(pk__in=wanted)
        getattr(item, name).set(wanted)


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
