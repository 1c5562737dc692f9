"""A small site with a bit of everything, its backup, and what was in it; made once and taken away again."""

import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyrage
import pytest
from django.conf import settings
from django.db import connection

from tests.rows import put_back, rows_of_all_tables


@dataclass
class Kept:
    """A backup and what was there when it was made: rows of each table, bytes of each file, pages as sent."""

    path: Path
    manifest: dict
    rows: dict
    files: dict
    pages: dict


@pytest.fixture(scope="session")
def kept(django_db_setup, django_db_blocker, tmp_path_factory):
    from keeping import backup
    from tests.pages_as_sent import StrictClient

    path = tmp_path_factory.mktemp("backup") / "site.tar"
    with django_db_blocker.unblock(), empty_media():
        before = rows_of_all_tables()
        try:
            addresses = write_a_site()
            manifest = backup.make(path)
            pages = {address: StrictClient().get(address).content for address in addresses}
            return Kept(path, manifest, rows_of_all_tables(), files(), pages)
        finally:
            put_back(before)


@pytest.fixture
def media(transactional_db):
    """An empty folder for files, in place of that with the files of other tests."""
    with empty_media() as folder:
        yield folder


@pytest.fixture
def empty_site(media):
    """An empty database, to which the site's connection leads, and an empty folder for files."""
    from keeping.scratch import scratch_database

    with scratch_database():
        yield media


@pytest.fixture
def identity(tmp_path):
    """A new private key: `identity.file` holds it, `identity.public` is the key to encrypt to."""
    key = pyrage.x25519.Identity.generate()

    class Pair:
        file = tmp_path / "key.txt"
        public = str(key.to_public())

    Pair.file.write_text(f"# created: today\n# public key: {Pair.public}\n{key}\n")
    return Pair


class empty_media:  # noqa: N801 - a context manager
    """What other tests have stored is out of the way inside the block."""

    def __enter__(self):
        self.folder = Path(settings.MEDIA_ROOT)
        self.aside = self.folder.with_name(f"{self.folder.name}-aside-{os.urandom(4).hex()}")
        self.folder.rename(self.aside)
        self.folder.mkdir()
        return self.folder

    def __exit__(self, *_error):
        shutil.rmtree(self.folder)
        self.aside.rename(self.folder)


def write_a_site():
    """Items of all kinds, a picture, a report in a file; gives addresses of pages."""
    from pages.models import PictureBlock
    from tests.articles import publish_entry, publish_question
    from tests.conftest import save_picture
    from tests.library import publish_work
    from tests.resources.conftest import take
    from tests.resources.pdfs import pdf

    page = publish_page("Partners")
    PictureBlock.objects.create(parent=page, region="main", ordering=1, picture=save_picture(), alt_text="A garden")
    file = take(pdf(["Attendance grew.", "Families were asked."]))
    work = publish_work("Evaluation Toolkit", files=[file], work_language="en")
    items = [page, work, publish_entry(), publish_question()]
    return [item.get_absolute_url() for item in items]


def publish_page(title):
    from django.utils import timezone
    from django.utils.text import slugify

    from pages.models import Page
    from publishing import hooks

    page = Page.objects.create(title=title, slug=slugify(title), summary="In short.", published_at=timezone.now())
    hooks.run(page)
    return page


def files():
    """All files of the storages: path → bytes."""
    root = Path(settings.MEDIA_ROOT)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def same_rows(one, other):
    """Whether two copies of all tables hold the same, in whatever order."""
    one, other = ({table: sorted(rows) for table, rows in copy.items()} for copy in (one, other))
    return one == other


@contextmanager
def beside():
    """A cursor of another connection to the same database."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            yield cursor
    finally:
        other.close()


def tables():
    with connection.cursor() as cursor:
        return connection.introspection.table_names(cursor)
