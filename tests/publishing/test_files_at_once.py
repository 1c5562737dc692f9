"""Pictures that are uploaded while the same ones are deleted, by hand or by the check of the content."""

import os
import threading
from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from publishing import file_checks, pictures
from publishing.models import Picture
from publishing.stored_files import is_there, named_files
from tests.conftest import save_picture
from tests.threads import in_threads

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 1  # seconds: the one who deletes has to wait for the upload, and cannot say so


@pytest.fixture
def meanwhile(monkeypatch):
    """A function: upload the picture of `save_picture` again and, when its files are stored and no row names them yet,
    do something else, which may wait for the end of the upload. Gives what the two returned.
    """

    def run(something_else):
        make, stored, done = pictures.make_public, threading.Event(), threading.Event()

        def make_and_wait(*values):
            made = make(*values)
            stored.set()
            done.wait(PATIENCE)
            return made

        monkeypatch.setattr(pictures, "make_public", make_and_wait)

        def work(index):
            if index == 0:
                return save_picture("The second")
            assert stored.wait(10 * PATIENCE)
            found = something_else()
            done.set()
            return found

        return in_threads(2, work)

    return run


def test_what_is_uploaded_while_the_same_picture_is_deleted_keeps_its_files(meanwhile):
    first = save_picture("The first")
    uploaded, deleted = meanwhile(first.delete)
    assert deleted[0] == 1
    assert Picture.objects.get() == uploaded
    assert all(map(is_there, named_files()))


def test_what_is_uploaded_while_left_over_files_are_deleted_keeps_its_files(meanwhile):
    Picture.objects.filter(pk=save_picture("The first").pk).delete()  # as rows go that no model deletes
    long_ago = (timezone.now() - timedelta(days=8)).timestamp()
    for folder in ("originals", "pictures"):
        for name in default_storage.listdir(folder)[1]:
            os.utime(default_storage.path(f"{folder}/{name}"), (long_ago, long_ago))
    uploaded, told = meanwhile(lambda: list(file_checks.dangling(mend=True)))
    assert Picture.objects.get() == uploaded
    assert told
    assert all(map(is_there, named_files()))
