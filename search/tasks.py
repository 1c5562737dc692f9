"""Work for the worker: counting words anew after something was published."""

from django_tasks import task

from search import statistics
from search.models import Statistics


@task()
def refresh_statistics():
    statistics.refresh()


def refresh_soon():
    """Ask the worker for it, once for all that is published until it comes to it. Part of the caller's transaction."""
    Statistics.objects.get_or_create()
    if Statistics.objects.filter(is_due=False).update(is_due=True):
        refresh_statistics.enqueue()
