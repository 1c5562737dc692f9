"""Writing the index: in the transaction that publishes, or for many items at once."""

from itertools import groupby

from django.db import transaction

from publishing.blocks import block_models, blocks_of
from publishing.snapshots import is_whole
from search import rows
from search.documents import owner_of
from search.models import Item
from search.registry import document_of, is_registered
from search.tasks import refresh_soon

BATCH = 100  # items that are read and written at a time


def index_items(items):
    """Bring the index in step with items, as they now stand in the live tables. A publish hook."""
    items = [item for item in items if is_registered(type(item))]
    for batch in batched([item for item in items if is_whole(item)]):
        _index(batch)
    rest = [item for item in items if not is_whole(item)]
    for model, group in groupby(sorted(rest, key=_label), key=type):
        for keys in batched(sorted(item.pk for item in group)):
            index_stored(model, keys)
    if items:
        refresh_soon()


def batched(rows):
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]


def _label(item):
    return item._meta.label_lower


def index_stored(model, keys):
    """Write the rows of items of a registered model as the live tables have them; of those that are not there, none."""
    with transaction.atomic(savepoint=False):
        # Locked as `publish()` locks them: what is published meanwhile is written after this, not under it.
        rows = model.objects.for_search().select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
        items = with_blocks(rows)
        _index(items)
        remove(model._meta.label_lower, {str(key) for key in keys} - {str(item.pk) for item in items})


def with_blocks(rows):
    """Items of one model as a list, with their blocks, if they are written in blocks: read for all of them together."""
    items = list(rows)
    if items and block_models(type(items[0])) and "blocks" not in vars(items[0]):
        blocks = blocks_of(*items)
        for item in items:
            item.blocks = blocks[item.pk]
    return items


def _index(items):
    documents = {owner_of(item): document_of(item) for item in items}
    index([document for document in documents.values() if document])
    for label, key in [owner for owner, document in documents.items() if document is None]:
        remove(label, [key])


def remove_item(item):
    """Take an item out of the index."""
    label, key = owner_of(item)
    remove(label, [key])


def remove(label, keys):
    """Take items of one model out of the index by their keys."""
    if keys:
        Item.objects.of(label, keys).delete()


def index(documents):
    """Write the rows of documents, or bring them up to date; those that were never published are removed.

    Whoever writes documents of the same items at the same time waits outside: publishing locks the item.
    """
    with transaction.atomic(savepoint=False):
        for document in documents:
            if document.published_at is None:
                remove(document.owner[0], [document.owner[1]])
        rows.write([document for document in documents if document.published_at is not None])
