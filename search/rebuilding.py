"""The whole index from the live tables: the very rows that publishing writes, in place."""

from django.apps import apps
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from search import statistics
from search.indexing import BATCH, index_stored, remove
from search.models import Item, Statistics
from search.registry import is_registered, registered_models

# One more whenever documents, or what is made of them, are written in another way: the worker then brings all rows up
# to date, after an update of the site as well as in a database that is older than the search.
INDEX_VERSION = 8


def rebuild(model):
    """Bring the rows of all items of a model up to date; yields how many are done."""
    done, keys = 0, rebuild_some(model)
    while keys:
        done += len(keys)
        yield done
        keys = rebuild_some(model, keys[-1])


def rebuild_some(model, after=None):
    """Bring the rows of some items of a model up to date, those behind the key `after`; return their keys in order."""
    items = model._base_manager.order_by("pk")
    items = items if after is None else items.filter(pk__gt=after)
    keys = list(items.values_list("pk", flat=True)[:BATCH])
    if keys:
        index_stored(model, keys)
    return keys


def finish():
    """After all models: remove what is gone, and count the words. Returns how many rows were removed."""
    removed = _remove_orphans()
    statistics.refresh()
    Statistics.objects.update(index_version=INDEX_VERSION)
    return removed


@task()
def rebuild_index(version=0, label="", after=None):
    """`rebuild_some` of each model, again and again: other work has its turn between.

    Where an update came meanwhile it ends: the first rows are those of the version before. Another has begun.
    """
    if version != INDEX_VERSION:
        return
    models = registered_models()
    labels = [model._meta.label_lower for model in models]
    if label not in labels:  # the first time, or after an update that took the model away
        label, after = labels[0], None
    place = labels.index(label)
    if keys := rebuild_some(models[place], after):
        rebuild_index.enqueue(version, labels[place], keys[-1])
    elif place + 1 < len(models):
        rebuild_index.enqueue(version, labels[place + 1])
    else:
        finish()


def rebuild_if_outdated():
    """Ask the worker for a rebuild where the rows are those of an older version of the site, and none has begun."""
    if Statistics.objects.filter(index_version=INDEX_VERSION).exists():
        return
    begun = DBTaskResult.objects.filter(task_path=rebuild_index.module_path, args_kwargs__args__0=INDEX_VERSION)
    if not begun.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).exists():
        rebuild_index.enqueue(INDEX_VERSION)


def _remove_orphans():
    """Remove the rows of items that are gone, and of models that are searched no more; return how many."""
    removed = 0
    for label in Item.objects.order_by().values_list("owner_label", flat=True).distinct():
        orphans = orphans_of(label)
        remove(label, orphans)
        removed += len(orphans)
    return removed


def orphans_of(label):
    """The keys of those rows of one model whose items are gone."""
    model = _model(label)
    keys = set(Item.objects.filter(owner_label=label).values_list("owner_key", flat=True))
    existing = model._base_manager.values_list("pk", flat=True) if model else []
    return keys - set(map(str, existing))


def _model(label):
    """The registered model of a label, or None."""
    try:
        model = apps.get_model(label)
    except (LookupError, ValueError):
        return None
    return model if is_registered(model) else None
