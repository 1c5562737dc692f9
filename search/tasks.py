"""Work for the worker after something was published: counting words anew, and reading what new texts mean."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone
from django_tasks import task

from search import meaning, statistics
from search.meaning.vectors import encode_missing
from search.models import Statistics

REST = 10  # times as long as counting took last time: the worker has other work, and counts may be a little old


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
    if _is_due():
        return
    known, is_new = Statistics.objects.get_or_create(defaults={"is_due": True})
    if is_new or Statistics.objects.filter(is_due=False).update(is_due=True):
        rested = known.counted_at and known.counted_at + timedelta(seconds=REST * known.seconds)
        must_wait = rested and rested > timezone.now()
        (refresh_statistics.using(run_after=rested) if must_wait else refresh_statistics).enqueue()


def _is_due():
    # As SQL, because everybody who publishes waits for it: it takes a third of the time. Locked, so that the count that
    # is due begins after this transaction.
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM search_statistics WHERE is_due FOR SHARE")
        return cursor.rowcount > 0
