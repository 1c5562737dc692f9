"""Work for the worker after something was published: counting words anew, and reading what new texts mean."""

from django_tasks import task

from search import meaning, statistics
from search.meaning.vectors import encode_missing
from search.models import Statistics


@task()
def refresh_statistics():
    statistics.refresh()
    if meaning.is_on():
        encode_meaning.enqueue()


@task()
def encode_meaning():
    """Some items at a time, so that other work does not wait for a whole library."""
    if encode_missing():
        encode_meaning.enqueue()


def refresh_soon():
    """Ask the worker for it, once for all that is published until it comes to it. Part of the caller's transaction."""
    Statistics.objects.get_or_create()
    if Statistics.objects.filter(is_due=False).update(is_due=True):
        refresh_statistics.enqueue()
