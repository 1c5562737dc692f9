"""Two records that mean the same become one, and every link, draft and version in history follows."""

from publishing.ancestors import stands_under
from publishing.models import ContentVersion, FormerSlug
from publishing.parts import Part, said_by
from publishing.publish import lock_items, show_anew
from publishing.stored_drafts import point_drafts_elsewhere
from publishing.usage import items_naming


class AlreadyGone(Exception):
    """A record that was to be merged is there no more: somebody has merged or deleted it meanwhile."""


def locked(*records, naming=items_naming):
    """The rows of records of one kind as they stand now, in the same order, until the end of the transaction; and the
    items that name them, as `naming(record)` gives them, which whoever publishes locks first.

    Raises AlreadyGone. Whoever merges several records one after the other locks all of them first.
    """
    model = type(records[0])
    lock_items([item for record in records for item in naming(record)])
    # Taken in one order, so that two merges at once wait for each other and do not block each other.
    rows = model.objects.select_for_update().order_by("pk").in_bulk([record.pk for record in records])
    for record in records:
        if record.pk not in rows:
            raise AlreadyGone(str(record))
    return [rows[record.pk] for record in records]


def merge(gone, keep):
    """Make `keep` stand wherever `gone` stood, keep its names and addresses, and delete it; all or nothing.

    Returns the number of content items that linked to it. Raises ValueError for records that cannot be merged, and
    AlreadyGone.
    """
    if type(gone) is not type(keep) or gone.pk == keep.pk:
        raise ValueError("Only two different records of one kind can be merged.")
    with ContentVersion.raised_at_the_end():
        model = type(keep)
        gone, keep = locked(gone, keep)
        items = items_naming(gone)
        for relation in model._meta.related_objects:
            _relink(relation, gone, keep)
        point_drafts_elsewhere(model, gone.pk, keep.pk)
        FormerSlug.objects.hand_over(gone, keep)
        keep.refresh_from_db()  # it may have stood below the one that goes
        own = {getattr(keep, field) for field in keep.name_fields}
        keep.other_names = "\n".join(name for name in dict.fromkeys([*keep.names, *gone.names]) if name not in own)
        gone.delete()
        keep.save()
        show_anew(items)
    return len(items)


def _relink(relation, gone, keep):
    model, field = relation.related_model, relation.field
    if relation.many_to_many:
        through = relation.through
        to_record, to_item = field.m2m_reverse_field_name(), field.m2m_field_name()
        taken = through.objects.filter(**{to_record: keep}).values(to_item)
        through.objects.filter(**{to_record: gone, f"{to_item}__in": taken}).delete()
        through.objects.filter(**{to_record: gone}).update(**{to_record: keep})
    elif model is type(keep):
        if stands_under(keep, gone, field.name):  # what lies between the two is below the one that stays now
            model._base_manager.filter(pk=keep.pk).update(**{field.name: None})
        model._base_manager.filter(**{field.name: gone}).update(**{field.name: keep})
    else:
        rows = model._base_manager.filter(**{field.name: gone})
        items = set(rows.values_list(model.parent_field, flat=True)) if issubclass(model, Part) else ()
        rows.update(**{field.name: keep})
        if items:
            _leave_each_once(model._base_manager.filter(**{field.name: keep, f"{model.parent_field}__in": items}))


def _leave_each_once(parts):
    """Of the parts of one item that say the same of one record, such as two of its authors, the first stays."""
    seen = set()
    for part in parts.order_by(*parts.model.part_order):
        said = tuple(getattr(part, name) for name in said_by(parts.model))
        if said in seen:
            part.delete()
        seen.add(said)
