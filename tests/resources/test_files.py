"""Files of works: stored once, read page by page by the worker, whatever breaks in the middle."""

import errno
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from itertools import pairwise
from threading import Barrier, BrokenBarrierError

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resources import file_store
from resources.file_forms import state_in_words
from resources.files.facts import Refused
from resources.models import FilePage, StoredFile
from resources.tasks import MOST_ATTEMPTS, read_file
from tests.resources.conftest import PAGES, take
from tests.resources.pdfs import pdf


def test_the_same_bytes_are_stored_once(stored):
    assert take(pdf(PAGES), "copy.pdf") == stored
    assert StoredFile.objects.count() == 1


def asked():
    """The keys of the files that the worker is asked to read."""
    return [task.args_kwargs["args"][0] for task in DBTaskResult.objects.all()]


def test_the_worker_is_asked_to_read_a_new_file(stored):
    assert asked() == [stored.pk]


def test_a_file_that_was_read_is_not_read_again(stored):
    read_file.func(stored.pk)
    take(pdf(PAGES))
    assert asked() == [stored.pk]
    assert state_of(stored) == StoredFile.State.READY


def state_of(stored):
    return StoredFile.objects.get(pk=stored.pk).state


def test_what_an_upload_says_of_itself_is_cut_to_what_is_kept(stored):
    content = pdf(["One page."], title="T" * 600, catalog=f"/Lang (en{'-abcdefgh' * 6})")
    long = take(content, f"{'n' * 300}.pdf")
    long.refresh_from_db()
    assert (long.title, len(long.name), long.language) == ("T" * 500, 255, f"en{'-abcdefgh' * 6}"[:35])
    assert long.file.size == len(content)


@pytest.mark.django_db(transaction=True)
def test_two_who_upload_the_same_bytes_at_once_get_one_file(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    both, new = Barrier(2), file_store._new

    def slowly(facts, name):
        with suppress(BrokenBarrierError):  # the other one cannot come: it waits for this one
            both.wait(timeout=0.5)
        return new(facts, name)

    monkeypatch.setattr(file_store, "_new", slowly)
    with ThreadPoolExecutor(2) as threads:
        first, second = (threads.submit(in_a_connection_of_its_own, take, pdf(PAGES)) for _ in range(2))
    assert first.result() == second.result() == StoredFile.objects.get()


def in_a_connection_of_its_own(function, *values):
    try:
        return function(*values)
    finally:
        connection.close()


def test_a_file_without_pages_waits_for_nobody(stored):
    assert take(b"Year,Schools\n2009,25\n", "schools.csv").state == StoredFile.State.READY
    assert DBTaskResult.objects.count() == 1


def test_a_file_is_read_page_by_page(stored):
    read_file.func(stored.pk)
    stored.refresh_from_db()
    assert [page.text for page in FilePage.objects.all()] == PAGES
    assert (stored.state, stored.page_count, stored.pages_read) == (StoredFile.State.READY, 3, 3)
    assert stored.cover.size > 100


def test_reading_after_a_crash_ends_with_the_same_pages(stored, monkeypatch):
    monkeypatch.setattr(file_store, "PAGES_A_STEP", 1)
    pages_of = file_store.pages_of

    def dying(path):
        yield next(iter(pages_of(path)))
        raise KeyboardInterrupt

    monkeypatch.setattr(file_store, "pages_of", dying)
    with pytest.raises(KeyboardInterrupt):
        read_file.func(stored.pk)
    stored.refresh_from_db()
    assert (stored.state, stored.pages_read) == (StoredFile.State.READING, 1)
    monkeypatch.setattr(file_store, "pages_of", pages_of)
    read_file.func(stored.pk)
    assert [page.text for page in FilePage.objects.all()] == PAGES


def test_pages_that_cannot_be_read_are_said_and_stop_nothing(stored, monkeypatch):
    def refuse(path):
        raise Refused("Print it to a new PDF.")

    monkeypatch.setattr(file_store, "pages_of", refuse)
    read_file.func(stored.pk)
    stored.refresh_from_db()
    assert (stored.state, stored.fault) == (StoredFile.State.FAILED, "Print it to a new PDF.")


def break_after_a_page(monkeypatch, error):
    """Let the second page of every file fail."""
    read = file_store.pages_of

    def breaking(path):
        yield next(iter(read(path)))
        raise error

    monkeypatch.setattr(file_store, "PAGES_A_STEP", 1)
    monkeypatch.setattr(file_store, "pages_of", breaking)


def test_nothing_is_kept_of_a_file_that_breaks_in_the_middle(stored, monkeypatch):
    break_after_a_page(monkeypatch, Refused("Print it to a new PDF."))
    read_file.func(stored.pk)
    stored.refresh_from_db()
    assert (stored.state, stored.pages_read, FilePage.objects.count()) == (StoredFile.State.FAILED, 0, 0)


def test_a_fault_of_ours_is_said_in_the_form_and_not_hidden_from_those_who_look_after_the_site(stored, monkeypatch):
    with monkeypatch.context() as patch:
        break_after_a_page(patch, OSError(errno.EIO, "Input/output error"))
        with pytest.raises(OSError, match="Input/output"):
            read_file.func(stored.pk)
    stored.refresh_from_db()
    assert "Something broke on our side. Choose the same file again" in state_in_words(stored)


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("error", [FULL, OSError(errno.EDQUOT, "Quota exceeded"), OperationalError("no connection")])
def test_a_file_that_a_full_disk_kept_from_being_read_is_read_later_by_itself(stored, clock, monkeypatch, error):
    with monkeypatch.context() as patch:
        break_after_a_page(patch, error)
        read_file.func(stored.pk)
    assert "the rest follows by itself" in state_in_words(StoredFile.objects.get())
    assert DBTaskResult.objects.ready().count() == 1, "the first one, which the worker has just done"
    clock(timezone.now() + timedelta(minutes=2))
    later = DBTaskResult.objects.ready().latest("enqueued_at")
    read_file.func(*later.args_kwargs["args"], **later.args_kwargs["kwargs"])
    assert [page.text for page in FilePage.objects.all()] == PAGES
    assert state_of(stored) == StoredFile.State.READY


def test_it_is_tried_less_and_less_often_and_given_up_in_the_end(stored, monkeypatch):
    break_after_a_page(monkeypatch, FULL)
    moments = []
    for attempt in range(1, MOST_ATTEMPTS):
        read_file.func(stored.pk, attempt=attempt)
        later = DBTaskResult.objects.latest("enqueued_at")
        assert later.args_kwargs["kwargs"] == {"attempt": attempt + 1}
        moments.append(later.run_after)
    waits = [after - before for before, after in pairwise(moments)]
    assert all(later > before for before, later in pairwise(waits))
    assert timedelta(hours=4) < moments[-1] - timezone.now() < timedelta(hours=9)
    with pytest.raises(OSError, match="No space"):
        read_file.func(stored.pk, attempt=MOST_ATTEMPTS)
    assert state_of(stored) == StoredFile.State.FAILED


@pytest.mark.django_db(transaction=True)
def test_a_file_in_whose_middle_the_database_went_away_is_read_when_it_is_back(settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    stored, read = take(pdf(PAGES)), file_store.pages_of

    def pages_of(path):
        yield next(iter(read(path)))
        with suppress(OperationalError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        yield "Never stored."

    with monkeypatch.context() as patch:
        patch.setattr(file_store, "pages_of", pages_of)
        call_command("work", "--once")
    assert state_of(stored) == StoredFile.State.READING
    call_command("work", "--once")
    assert state_of(stored) == StoredFile.State.READY
    assert [page.text for page in FilePage.objects.all()] == PAGES


@pytest.mark.parametrize("error", [OSError(errno.EIO, "Input/output error"), Refused("No."), KeyboardInterrupt()])
def test_a_file_that_could_not_be_read_is_read_when_it_is_uploaded_again(stored, monkeypatch, error):
    with monkeypatch.context() as patch, suppress(OSError, KeyboardInterrupt):
        break_after_a_page(patch, error)
        read_file.func(stored.pk)
    assert take(pdf(PAGES)) == stored
    assert asked() == [stored.pk, stored.pk]
    read_file.func(stored.pk)
    stored.refresh_from_db()
    assert [page.text for page in FilePage.objects.all()] == PAGES
    assert (stored.state, stored.fault, stored.pages_read) == (StoredFile.State.READY, "", 3)


def test_a_file_that_is_uploaded_again_while_it_is_read_is_read_once_and_whole(stored, monkeypatch):
    monkeypatch.setattr(file_store, "PAGES_A_STEP", 1)
    read, times = file_store.pages_of, []

    def meanwhile(path):
        times.append(path)
        for number, text in enumerate(read(path)):
            if number == 1:
                take(pdf(PAGES))
            yield text

    monkeypatch.setattr(file_store, "pages_of", meanwhile)
    for pk in (stored.pk, stored.pk):  # as the worker does, one task after the other
        read_file.func(pk)
    assert (len(times), state_of(stored), FilePage.objects.count()) == (1, StoredFile.State.READY, 3)


def test_a_second_worker_that_gives_up_takes_nothing_from_a_file_that_is_read(stored):
    read_file.func(stored.pk)
    file_store.give_up(stored, "Too late.")
    assert (state_of(stored), FilePage.objects.count()) == (StoredFile.State.READY, 3)


def test_a_file_whose_pages_a_second_worker_took_away_is_not_called_read(stored, monkeypatch):
    read = file_store.pages_of

    def meanwhile(path):
        for number, text in enumerate(read(path)):
            if number == 2:
                file_store.give_up(stored, "Taken away.")
            yield text

    monkeypatch.setattr(file_store, "PAGES_A_STEP", 1)
    monkeypatch.setattr(file_store, "pages_of", meanwhile)
    read_file.func(stored.pk)
    assert state_of(stored) == StoredFile.State.FAILED


def test_bytes_that_were_lost_are_there_again_after_the_same_upload(stored):
    stored.file.storage.delete(stored.file.name)
    take(pdf(PAGES))
    with stored.file.open() as content:
        assert content.read() == pdf(PAGES)
