"""The index follows what is published, in the same transaction, and a rebuild gives the same rows."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pages.models import Page
from publishing import hooks
from publishing.models import ContentVersion
from publishing.publish import ensured_revision, publish
from publishing.retiring import retire
from publishing.revisions import add_revision
from search import rebuilding, registry, tasks
from search.best import best_results
from search.documents import SearchDocument, SearchFile, SearchPage
from search.engine import Query, search
from search.indexing import index
from search.models import BestResult, Item, Statistics, Word
from tests.rows import index_rows


@pytest.fixture(autouse=True)
def pages_are_searched(monkeypatch):
    """As a content app registers its model, with its slug as the text of a page of a file."""
    monkeypatch.setattr(registry, "_document_functions", {})
    registry.register(Page, document)


def document(page):
    if page.slug == "unlisted":
        return None
    return SearchDocument.of(page, body=f"Body of {page.title}", files=[SearchFile(lambda: [SearchPage(1, page.slug)])])


def publish_text(page, title, at=None, **values):
    """Publish a new text of a page, as the admin does."""
    newest = ensured_revision(page)
    data = {**newest.data, "item": newest.data["item"] | {"title": title, "summary": "What it says."} | values}
    return publish(add_revision(Page, page.pk, data, base=newest), at=at)


def found(text):
    return [(hit.title, hit.address) for hit in search(Query(text)).hits]


def test_what_is_published_is_found_by_the_next_request(make_page):
    page = make_page("Partners")
    publish_text(page, "Attendance")
    assert found("attendance") == [("Attendance", "/partners/")]
    publish_text(page, "Dentists")
    assert found("attendance") == []
    assert found("dentist") == [("Dentists", "/partners/")]


def test_a_draft_changes_nothing(make_page):
    page = make_page("Partners")
    publish_text(page, "Attendance")
    newest = ensured_revision(page)
    add_revision(Page, page.pk, {**newest.data, "item": newest.data["item"] | {"title": "Dentists"}}, base=newest)
    assert found("dentists") == []
    assert found("attendance")


def test_retired_deleted_and_unlisted_items_are_found_no_more(make_page):
    retired, deleted, unlisted = (make_page(title) for title in ("Retired nurse", "Deleted nurse", "Unlisted nurse"))
    for page in (retired, deleted, unlisted):
        publish_text(page, page.title)
    assert len(found("nurse")) == 3
    retire(retired)
    deleted.delete()
    publish_text(unlisted, "Unlisted nurse", slug="unlisted")
    assert found("nurse") == []


def test_where_publishing_fails_the_index_is_as_before(make_page):
    page = make_page("Partners")
    publish_text(page, "Attendance")

    with transaction.atomic():
        publish_text(page, "Dentists")
        transaction.set_rollback(True)
    assert found("dentists") == []
    assert found("attendance")


def test_what_is_published_together_is_indexed_once_at_the_end(make_page, monkeypatch):
    told = []
    monkeypatch.setattr(hooks, "_on_publish", [*hooks._on_publish, told.append])
    first, second = make_page("First"), make_page("Second")
    told.clear()
    with transaction.atomic(), hooks.together():
        publish_text(first, "Attendance")
        publish_text(first, "Dentists")
        publish_text(second, "Nurses")
        assert found("dentists") == []
    assert found("dentists") and found("nurses") and not found("attendance")
    assert [{item.title for item in items} for items in told] == [{"Dentists", "Nurses"}]


def test_after_a_failure_among_what_is_published_together_nobody_is_told(make_page):
    page = make_page("First")

    @transaction.atomic
    def fail():
        with hooks.together():
            publish_text(page, "Attendance")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert found("attendance") == []
    publish_text(page, "Dentists")
    assert found("dentists")


def test_words_are_counted_by_the_worker_after_publishing(make_page):
    Statistics.objects.update(is_due=False)
    publish_text(make_page("Partners"), "Attendance")
    assert Word.objects.filter(word="attendance", lexeme="attend").exists()
    statistics = Statistics.objects.get()
    assert (statistics.items, statistics.pages, statistics.is_due) == (1, 1, False)


@pytest.fixture
def waiting_tasks(settings, monkeypatch):
    """A function that gives the names of the tasks that wait for the worker, each with the moment from which on."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(tasks, "REST", 10)

    def waiting_tasks():
        return list(DBTaskResult.objects.order_by("enqueued_at").values_list("task_path", "run_after"))

    return waiting_tasks


def test_counting_rests_ten_times_as_long_as_it_took(make_page, waiting_tasks):
    now = timezone.now()
    Statistics.objects.update(is_due=False, counted_at=now, seconds=60)
    publish_text(make_page("Partners"), "Attendance")
    publish_text(make_page("Schools"), "Funding")
    assert waiting_tasks() == [("search.tasks.refresh_statistics", now + timedelta(minutes=10))]


def test_after_its_rest_counting_waits_for_nothing(make_page, waiting_tasks):
    Statistics.objects.update(is_due=False, counted_at=timezone.now() - timedelta(minutes=11), seconds=60)
    publish_text(make_page("Partners"), "Attendance")
    [(_path, moment)] = waiting_tasks()
    assert moment.year == 9999  # how the queue says “at once”


def test_rows_of_an_older_version_are_written_anew_by_the_worker(make_page, monkeypatch):
    monkeypatch.setattr(rebuilding, "BATCH", 2)
    pages = [make_page(f"Page {number}") for number in range(5)]
    gone = SearchDocument(("pages.page", "999999"), "page", "en", "Gone", "/gone/", timezone.now())
    index([gone])
    Statistics.objects.update(index_version=0)
    rebuilding.rebuild_if_outdated()
    assert sorted(Item.objects.values_list("title", flat=True)) == [page.title for page in pages]
    assert Statistics.objects.get().index_version == rebuilding.INDEX_VERSION
    Item.objects.all().delete()
    rebuilding.rebuild_if_outdated()
    assert not Item.objects.exists()


def test_a_rebuild_that_has_begun_is_not_begun_again(db, waiting_tasks):
    Statistics.objects.update(index_version=0)
    for status in (TaskResultStatus.READY, TaskResultStatus.RUNNING):
        DBTaskResult.objects.update(status=status, started_at=timezone.now())
        rebuilding.rebuild_if_outdated()
        assert [path for path, _moment in waiting_tasks()] == ["search.rebuilding.rebuild_index"]
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    rebuilding.rebuild_if_outdated()
    assert len(waiting_tasks()) == 2


def test_a_rebuild_that_an_older_version_began_makes_way_for_a_new_one(make_page, waiting_tasks, monkeypatch):
    make_page("Partners")
    Item.objects.all().delete()
    Statistics.objects.update(index_version=0)
    rebuilding.rebuild_if_outdated()
    monkeypatch.setattr(rebuilding, "INDEX_VERSION", rebuilding.INDEX_VERSION + 1)
    rebuilding.rebuild_if_outdated()
    older, newer = DBTaskResult.objects.order_by("enqueued_at")
    rebuilding.rebuild_index.call(*older.args_kwargs["args"])
    assert DBTaskResult.objects.count() == 2 and not Item.objects.exists()
    rebuilding.rebuild_index.call(*newer.args_kwargs["args"])
    assert DBTaskResult.objects.count() == 3 and Item.objects.exists()


def test_a_rebuild_gives_the_very_rows_that_publishing_wrote(make_page):
    for number in range(5):
        publish_text(make_page(f"Partners {number}"), f"Attendance {number}")
    publish_text(make_page("Later", published_at=None), "Later", at=timezone.now() + timedelta(days=1))
    written = index_rows()
    call_command("rebuild_search", stdout=StringIO())
    assert index_rows() == written
    assert len(written[0]) == 6


def test_what_was_counted_before_a_rebuild_is_counted_anew(db):
    before = ContentVersion.current()
    rebuilding.finish()
    assert ContentVersion.current() > before


def test_a_rebuild_mends_what_is_missing_and_removes_what_is_gone(make_page):
    page = make_page("Attendance")  # past publishing, so nothing has told the index
    draft = make_page("Draft", published_at=None)
    Item.objects.all().delete()
    gone = SearchDocument(("pages.page", "999999"), "page", "en", "Gone", "/gone/", timezone.now())
    strange = SearchDocument(("nowhere.text", "1"), "text", "en", "Strange", "/strange/", timezone.now())
    index([gone, strange])
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert found("") == [("Attendance", page.get_absolute_url())]
    assert not Item.objects.of("pages.page", [str(draft.pk)]).exists()
    assert "pages.Page: 2 of 2" in out.getvalue()
    assert "2 rows of deleted items removed" in out.getvalue()


def test_a_best_result_follows_its_page_and_vanishes_with_it(make_page):
    page = make_page("Partners", slug="partners")
    publish_text(page, "Our partners")
    best = BestResult(queries="partners")
    best.choose(Item.objects.get())
    best.save()
    above = make_page("About", slug="about")
    publish_text(page, "Our partners", parent_id=above.pk)
    assert [(one.title, one.address) for one in best_results("partners", "en")] == [
        ("Our partners", "/about/partners/")
    ]
    retire(page)
    assert best_results("partners", "en") == []
    page.delete()
    assert best_results("partners", "en") == []


def test_what_lists_are_sorted_by_stays_in_the_row(db):
    """Fetched from elsewhere for each row, it made a sorted list of 5,000 take twenty times as long."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(DISTINCT attstorage) FROM pg_attribute "
            "WHERE attrelid = 'search_item'::regclass AND attname IN ('sort_title', 'dated_on', 'published_at')"
        )
        (kinds,) = cursor.fetchone()
    assert set(kinds) <= {"m", "p"}  # main, plain
