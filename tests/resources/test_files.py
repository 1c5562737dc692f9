"""Files of works: from the upload to the reader, and away again."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError

import pytest
from django.db import connection
from django.test import Client
from django_tasks_db.models import DBTaskResult

from publishing.publish import publish
from publishing.retiring import retire
from resources import file_store
from resources.file_forms import state_in_words
from resources.files.facts import Refused
from resources.models import DownloadCount, FilePage, StoredFile
from resources.tasks import read_file
from tests.library import draft_work
from tests.resources.conftest import PAGES, take
from tests.resources.pdfs import pdf

PLACE = "/resources/publications/"


def test_the_same_bytes_are_stored_once(stored):
    assert take(pdf(PAGES), "copy.pdf") == stored
    assert StoredFile.objects.count() == 1


def asked():
    """The keys of the files that the worker is asked to read."""
    return [task.args_kwargs["args"][0] for task in DBTaskResult.objects.all()]


def test_the_worker_is_asked_to_read_a_new_file(stored):
    assert asked() == [stored.pk]


def test_a_record_whose_cover_is_lost_is_shown_all_the_same(work, stored, client):
    """Its size stands in its row, so that no page opens the file."""
    cover = StoredFile.objects.get(pk=stored.pk).cover
    cover.storage.delete(cover.name)
    assert client.get(work.get_absolute_url()).status_code == 200


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
        break_after_a_page(patch, OSError("No space left on device"))
        with pytest.raises(OSError, match="No space left"):
            read_file.func(stored.pk)
    stored.refresh_from_db()
    assert "Something broke on our side. Choose the same file again" in state_in_words(stored)


@pytest.mark.parametrize("error", [OSError("No space left on device"), Refused("No."), KeyboardInterrupt()])
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


def test_readers_get_the_file_with_what_they_need_to_know(client, work):
    html = client.get(work.get_absolute_url()).content.decode()
    assert f'href="{PLACE}evaluation-toolkit/files/evaluation-toolkit.pdf"' in html
    assert "3 pages" in html
    response = client.get(f"{PLACE}evaluation-toolkit/files/evaluation-toolkit.pdf")
    assert response.getvalue() == pdf(PAGES)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'inline; filename="evaluation-toolkit.pdf"'
    assert response["Cache-Control"] == "private, no-cache"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert "Set-Cookie" not in response


ADDRESS = f"{PLACE}evaluation-toolkit/files/evaluation-toolkit.pdf"


def fetched(client, **options):
    """The response for the file, read to its end."""
    response = client.get(ADDRESS, **options)
    response.getvalue()
    return response


def test_a_copy_that_is_still_good_is_not_sent_again(client, work):
    etag = fetched(client)["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": etag})
    assert (again.status_code, again["ETag"]) == (304, etag)


@pytest.mark.parametrize("part", ["bytes=0-9", f"bytes={len(pdf(PAGES))}-"])
def test_a_copy_that_is_still_good_is_not_sent_again_in_parts(client, work, part):
    etag = fetched(client)["ETag"]
    again = client.get(ADDRESS, headers={"If-None-Match": etag, "Range": part})
    assert (again.status_code, again["ETag"]) == (304, etag)
    old = client.get(ADDRESS, headers={"If-Match": '"old"', "Range": part})
    assert old.status_code == 412, "what was asked for is asked about first"


@pytest.mark.parametrize(
    ("asked", "status", "first", "last"),
    [
        ("bytes=0-9", 206, 0, 9),
        ("bytes=100-", 206, 100, None),
        ("bytes=-10", 206, -10, None),
        ("bytes=5-2", 200, 0, None),
        ("bytes=0-4,8-9", 200, 0, None),
        ("bytes=x", 200, 0, None),
        ("lines=1-2", 200, 0, None),
    ],
)
def test_a_part_of_a_file_can_be_asked_for(client, work, asked, status, first, last):
    response = client.get(ADDRESS, headers={"Range": asked})
    whole = pdf(PAGES)
    assert response.status_code == status
    assert response.getvalue() == whole[first : last + 1 if last else None]
    assert int(response["Content-Length"]) == len(whole[first : last + 1 if last else None])


@pytest.mark.parametrize("asked", ["bytes=99999999-", "bytes=-0"])
def test_a_part_that_is_not_there_is_refused(client, work, asked):
    response = client.get(ADDRESS, headers={"Range": asked})
    assert (response.status_code, response["Content-Range"]) == (416, f"bytes */{len(pdf(PAGES))}")


def test_a_part_of_a_file_that_has_changed_is_sent_whole(client, work):
    response = fetched(client, headers={"Range": "bytes=0-9", "If-Range": '"old"'})
    assert response.status_code == 200


def test_head_tells_the_size_and_sends_nothing(client, work):
    response = client.head(ADDRESS)
    assert (response.getvalue(), response["Content-Length"]) == (b"", str(len(pdf(PAGES))))


def test_downloads_are_counted_by_day_and_nothing_else(client, work, staff_client):
    for _ in range(3):
        fetched(client)
    client.head(ADDRESS)
    fetched(client, headers={"Range": "bytes=0-9"})
    fetched(staff_client)
    assert [count.number for count in DownloadCount.objects.all()] == [3]


def test_the_first_page_is_the_cover(client, work):
    response = client.get(f"{PLACE}evaluation-toolkit/cover.webp")
    assert response["Content-Type"] == "image/webp"
    assert response.content[8:12] == b"WEBP"


def test_a_file_of_a_draft_has_no_address(client, stored):
    draft_work("Unheard of", files=[stored])
    assert client.get(f"{PLACE}unheard-of/files/unheard-of.pdf").status_code == 404


def test_a_file_that_a_draft_adds_is_not_public_yet(client, work):
    second = take(pdf(["Second edition"]))
    draft_work("Evaluation Toolkit", work=work, files=[second])
    assert client.get(ADDRESS).getvalue() == pdf(PAGES)


def test_a_retired_work_takes_its_files_along_at_once(client, work):
    etag = fetched(client)["ETag"]
    retire(work)
    for headers in ({"Range": "bytes=0-9"}, {}, {"If-None-Match": etag}):
        response = client.get(ADDRESS, headers=headers)
        assert (response.status_code, response["Cache-Control"]) == (410, "no-store")
    assert client.get(f"{PLACE}evaluation-toolkit/cover.webp").status_code == 410


def test_a_moved_work_takes_its_files_along(client, work):
    publish(draft_work("Evaluation Toolkit", work=work, slug="toolkit", files=[StoredFile.objects.get()]))
    response = client.get(ADDRESS)
    assert (response.status_code, response["Location"]) == (301, f"{PLACE}toolkit/files/toolkit.pdf")


def test_stored_files_have_no_address_of_their_own(client, work):
    stored = StoredFile.objects.get()
    for path in (f"/media/{stored.file.name}", f"/media/private/{stored.file.name}", f"/media/{stored.cover.name}"):
        assert Client().get(path).status_code == 404


def test_two_files_with_one_name_are_not_published(work):
    from publishing.publish import NotReady

    second = take(pdf(["Second"]))
    revision = draft_work("Evaluation Toolkit", work=work, files=[StoredFile.objects.first(), second])
    with pytest.raises(NotReady) as refused:
        publish(revision)
    assert "Two files would have the same name, evaluation-toolkit.pdf" in " ".join(refused.value.sentences())
