"""The rows of the index against the content: those that are missing, differ, or belong to nothing."""

from operator import attrgetter

from publishing.admin_urls import change_url
from publishing.content_checks import Trouble
from search.documents import owner_of
from search.files import version_of
from search.indexing import BATCH, index_stored, remove, with_blocks
from search.languages import base
from search.models import File, Item
from search.rebuilding import orphans_of
from search.registry import document_of, registered_models
from search.rows import row_of

COMPARED = [field.name for field in Item._meta.concrete_fields if field.name not in ("id", "own", "everything")]


def differing(mend):
    """What differs is written anew; a fixed number of queries for a batch of items."""
    for model in registered_models():
        label, last = model._meta.label_lower, None
        while batch := _some(model, last):
            last = batch[-1].pk
            expected = {owner_of(item)[1]: _as_indexed(document_of(item)) for item in batch}
            found = _found(label, expected.keys())
            for item in batch:
                key = owner_of(item)[1]
                if expected[key] == found.get(key):
                    continue
                if mend:
                    index_stored(model, [item.pk])
                words = f"The search does not know “{item}” as it is."
                yield Trouble(words, change_url(model, item.pk), is_mended=mend)


def orphaned(mend):
    """Rows of items that are gone are removed."""
    for label in Item.objects.order_by().values_list("owner_label", flat=True).distinct():
        for key in sorted(orphans_of(label)):
            if mend:
                remove(label, [key])
            yield Trouble(f"The search holds {label} {key}, which is gone.", is_mended=mend)


def _some(model, after):
    items = model.objects.for_search().order_by("pk")
    return with_blocks((items if after is None else items.filter(pk__gt=after))[:BATCH])


def _as_indexed(document):
    """The columns of a document and its files, as the tables should hold them; None for what is not indexed."""
    if document is None or document.published_at is None:
        return None
    row = row_of(document)
    return [row[name] for name in COMPARED], sorted(
        (file.address, file.label, base(file.language or document.language), version_of(file))
        for file in document.files
    )


def _found(label, keys):
    """Key → the same, as the tables hold them."""
    items = list(Item.objects.of(label, keys).only(*COMPARED))
    files = {}
    of_a_file = ("address", "label", "language", "version")
    for item, *its_file in File.objects.filter(item__in=items).values_list("item_id", *of_a_file):
        files.setdefault(item, []).append(tuple(its_file))
    columns = attrgetter(*COMPARED)
    return {item.owner_key: (list(columns(item)), sorted(files.get(item.pk, []))) for item in items}
