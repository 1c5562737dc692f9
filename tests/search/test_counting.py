"""Words are counted while others publish and search: nothing that is published stays uncounted, nobody reads old counts
for ever.
"""

import threading

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from publishing import remembered
from publishing.freshness import Known
from publishing.models import ContentVersion
from search import statistics, tasks
from search.documents import SearchPage
from search.engine import Query, search
from search.models import Statistics, Word
from tests.library import publish_work
from tests.threads import in_threads


@pytest.fixture
def queue(transactional_db, settings):
    """The tasks that wait for the worker; at first none, and words are counted."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    Statistics.objects.update(is_due=False)
    return DBTaskResult.objects.filter(task_path=tasks.refresh_statistics.module_path)


def is_counted(word):
    return Word.objects.filter(word=word).exists()


def test_what_is_published_while_words_are_counted_waits_for_nobody_and_is_counted_next(queue, monkeypatch):
    count_words = statistics._count_words

    def publish(_index):
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        publish_work("Zebras everywhere")

    def count_while_somebody_publishes(cursor):
        count_words(cursor)
        assert in_threads(1, publish) == [None]

    publish_work("Making it")
    assert queue.count() == 1
    with monkeypatch.context() as patch:
        patch.setattr(statistics, "_count_words", count_while_somebody_publishes)
        tasks.refresh_statistics.call()
    assert is_counted("making") and not is_counted("zebras")
    assert queue.count() == 2
    tasks.refresh_statistics.call()
    assert is_counted("zebras") and not Statistics.objects.get().is_due


def test_what_is_being_published_when_counting_begins_is_counted_too(queue):
    """It asks for no count of its own where one is due already."""
    publish_work("Making it")
    counting = threading.Thread(target=in_threads, args=(1, lambda _index: statistics.refresh()))
    with transaction.atomic():
        publish_work("Zebras everywhere")
        counting.start()
        counting.join(1)
    counting.join()
    assert queue.count() == 1 and is_counted("zebras")


class Watching:
    """What a process of the web server knows of the content version, without a thread that listens."""

    @property
    def known(self):
        return Known(*ContentVersion.marks().get())


def test_a_process_that_searched_before_words_were_counted_knows_the_new_counts(add, count_words, monkeypatch):
    monkeypatch.setattr(remembered, "watcher", Watching())
    add("Notes", pages=[SearchPage(1, "dentists come on Mondays")])
    ContentVersion.bump()

    def pages_found():
        return [page.number for hit in search(Query("dentist")).hits for page in hit.pages]

    assert pages_found() == []
    count_words()
    assert pages_found() == [1]
