"""A file that the worker has not read yet, and a public work with it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from resources import file_store
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
