"""Writing the index: in the transaction that publishes, or for many items at once."""

from django.db import transaction

from search import rows
from search.documents import owner_of
from search.models import Item
from search.registry import document_of, is_registered
from search.tasks import refresh_soon


def index_item(item):
    """Bring the index in step with an item, as it now stands in the live tables. A publish hook."""
    if not is_registered(type(item)):
        return
    # As it stands in the tables: what came out of a draft is not all that a document is made of.
    document = document_of(type(item).objects.for_search().get(pk=item.pk))
    if document:
        index([document])
    else:
        remove_item(item)
    refresh_soon()


def remove_item(item):
    """Take an item out of the index."""
    label, key = owner_of(item)
    remove(label, [key])


def remove(label, keys):
    """Take items of one model out of the index by their keys."""
    Item.objects.of(label, keys).delete()


def index(documents):
    """Write the rows of documents, or bring them up to date; those that were never published are removed."""
    with transaction.atomic():
        for document in documents:
            if document.published_at is None:
                remove(document.owner[0], [document.owner[1]])
        rows.write([document for document in documents if document.published_at is not None])
