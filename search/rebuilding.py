"""The whole index from the live tables: the very rows that publishing writes, in place."""

from django.apps import apps
from django.db import transaction

from search.documents import owner_of
from search.indexing import index, remove
from search.models import Item
from search.registry import document_of, is_registered

BATCH = 100


def rebuild(model):
    """Bring the rows of all items of a model up to date; yields how many are done."""
    keys = list(model._base_manager.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        batch = keys[start : start + BATCH]
        with transaction.atomic():
            _rebuild_batch(model, batch)
        yield start + len(batch)


def _rebuild_batch(model, keys):
    # Locked as `publish()` locks them: what is published meanwhile is written after this, not under it.
    items = model.objects.for_search().select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    documents = {owner_of(item): document_of(item) for item in items}
    index([document for document in documents.values() if document])
    remove(model._meta.label_lower, [key for (_, key), document in documents.items() if not document])


def remove_orphans():
    """Remove the rows of items that are gone, and of models that are searched no more; return how many."""
    removed = 0
    for label in Item.objects.order_by().values_list("owner_label", flat=True).distinct():
        model = _model(label)
        keys = set(Item.objects.filter(owner_label=label).values_list("owner_key", flat=True))
        existing = model._base_manager.values_list("pk", flat=True) if model else []
        orphans = keys - set(map(str, existing))
        remove(label, orphans)
        removed += len(orphans)
    return removed


def _model(label):
    """The registered model of a label, or None."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if is_registered(model) else None
