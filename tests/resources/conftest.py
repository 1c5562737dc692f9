"""A file that the worker has not read yet, a public work with it, and a folder for what nobody else sees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from resources import file_store
from resources.models import Publication
from resources.tasks import read_file
from tests.library import publish_work
from tests.resources.pdfs import pdf

PAGES = ["Attendance grew in the first year.", "Families were asked.", "Attendance fell nowhere."]


def take(content, name="report.pdf"):
    return file_store.take(SimpleUploadedFile(name, content))


@pytest.fixture
def stored(db, settings):
    """A file that waits for the worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return take(pdf(PAGES))


@pytest.fixture
def work(stored):
    read_file.func(stored.pk)
    return publish_work("Evaluation Toolkit", issued_year=2009, files=[stored], work_language="en")


@pytest.fixture(scope="module")
def written_work(kept_for_the_module):
    """The same work, with its file read, for all tests of a module: reading a PDF starts three processes."""
    return publish_work("Evaluation Toolkit", issued_year=2009, files=[take(pdf(PAGES))], work_language="en").pk


@pytest.fixture
def kept_work(written_work, db):
    return Publication.objects.get(pk=written_work)


@pytest.fixture
def private_folder(settings, tmp_path):
    """Files that wait to be imported lie in a folder of the test."""
    options = {"allow_overwrite": True, "location": tmp_path, "base_url": None}
    private = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"private": private}
