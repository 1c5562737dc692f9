"""Files that nothing names any more are deleted for good; what can come back keeps its files."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone

from publishing import daily
from publishing.publish import publish, recover
from publishing.revisions import Revision, add_revision
from resources.models import FilePage, Publication, StoredFile
from resources.tasks import read_file
from tests.library import draft_work, publish_work
from tests.resources.conftest import take
from tests.resources.pdfs import pdf

PAGES = ["Attendance grew.", "Families were asked."]
ONE_WEEK = timedelta(days=7, minutes=1)


@pytest.fixture(scope="module")
def taken(kept_for_the_module):
    """A file that was read, taken once for all tests: its key, and the bytes of it and of its cover by their names."""
    stored, contents = StoredFile.objects.get(pk=take(pdf(PAGES)).pk), {}
    for file in (stored.file, stored.cover):
        with file.open():
            contents[file.name] = file.read()
    return stored.pk, contents


@pytest.fixture
def stored(taken, db):
    pk, contents = taken
    stored = StoredFile.objects.get(pk=pk)
    for name, content in contents.items():
        if not stored.file.storage.exists(name):  # the test before this one has deleted it
            stored.file.storage.save(name, ContentFile(content))
    return stored


@pytest.fixture
def a_week_later(clock):
    """A function that does the worker's daily work a week from now."""

    def work(after=ONE_WEEK):
        clock(timezone.now() + after)
        daily.run()

    return work


def is_kept(stored):
    """Whether all of a file is there: its row, its pages, its bytes, its cover; false where all of it is gone."""
    rows = StoredFile.objects.filter(pk=stored.pk).exists(), FilePage.objects.filter(file=stored.pk).count() == 2
    bytes_of_it = [one.storage.exists(one.name) for one in (stored.file, stored.cover)]
    [answer] = {*rows, *bytes_of_it}
    return answer


def test_a_file_that_nothing_names_is_deleted_after_a_week(stored, a_week_later):
    a_week_later(timedelta(days=6))
    assert is_kept(stored)
    a_week_later(timedelta(days=1, minutes=1))
    assert not is_kept(stored)


def test_a_file_without_pages_is_deleted_too(db, a_week_later):
    stored = take(b"Year,Schools\n2009,25\n", "schools.csv")
    a_week_later()
    assert not StoredFile.objects.exists()
    assert not stored.file.storage.exists(stored.file.name)


def test_the_week_begins_anew_when_the_same_file_is_uploaded_again(stored, a_week_later, clock):
    clock(timezone.now() + timedelta(days=6))
    take(pdf(PAGES))
    a_week_later(timedelta(days=6))
    assert is_kept(stored)


def test_a_deleted_file_can_be_uploaded_again(stored, a_week_later):
    a_week_later()
    again = StoredFile.objects.get(pk=take(pdf(PAGES)).pk)
    assert (again.state, is_kept(again)) == (StoredFile.State.READY, True)


def test_a_file_of_a_public_work_is_kept(stored, a_week_later):
    work = publish_work("Evaluation Toolkit", files=[stored])
    Revision.objects.of(work).delete()  # as of a work that was written without any
    a_week_later()
    assert is_kept(stored)


def test_a_file_of_a_draft_is_kept(stored, a_week_later):
    draft_work("Evaluation Toolkit", files=[stored])
    a_week_later()
    assert is_kept(stored)


def test_a_file_of_an_earlier_version_is_kept(stored, a_week_later):
    work = publish_work("Evaluation Toolkit", files=[stored])
    publish(draft_work("Evaluation Toolkit", work=work))
    a_week_later()
    assert is_kept(stored)


def test_a_file_of_a_text_that_was_kept_beside_the_line_is_kept(stored, a_week_later):
    draft = draft_work("Evaluation Toolkit", files=[stored])
    add_revision(Publication, draft.object_id, draft.data, base=draft, is_parked=True)
    Revision.objects.filter(is_parked=False).update(data=draft_work("Another").data)
    a_week_later()
    assert is_kept(stored)


def test_a_file_of_a_deleted_publication_is_kept_and_comes_back_with_it(stored, a_week_later, client):
    work = publish_work("Evaluation Toolkit", files=[stored], work_language="en")
    key, address = work.pk, f"{work.get_absolute_url()}files/evaluation-toolkit.pdf"
    work.delete()
    a_week_later()
    assert is_kept(stored)
    publish(Revision.objects.of(recover(Publication, key)).newest())
    assert client.get(address).getvalue() == pdf(PAGES)


def test_a_file_that_is_deleted_while_its_task_waits_is_not_missed(stored, a_week_later):
    a_week_later()
    read_file.func(stored.pk)
