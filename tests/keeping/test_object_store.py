"""Backup, restore and check of a site whose uploads are in an object store: one bucket holds both storages."""

import io
import tempfile
from datetime import timedelta

import boto3
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone
from moto import mock_aws

from keeping import backup
from publishing.file_checks import dangling
from publishing.stored_files import files_in
from resources.importing.kept import forget_old
from tests.bucket import keep_uploads_in
from tests.resources.conftest import take
from tests.resources.pdfs import pdf

OPTIONS = {"access_key": "a-key", "secret_key": "a-secret", "region_name": "us-east-1"}


@pytest.fixture
def bucket(settings, monkeypatch):
    """An empty bucket in which this process keeps uploads; a function that gives its objects: key → bytes."""
    with mock_aws():
        bucket = boto3.resource("s3", region_name="us-east-1").create_bucket(Bucket="coalition-media")
        keep_uploads_in(OPTIONS | {"bucket_name": bucket.name}, settings, monkeypatch)
        yield lambda: {each.key: each.get()["Body"].read() for each in bucket.objects.all()}


def store(alias, name):
    storages[alias].save(name, ContentFile(name.encode()))


def test_each_file_belongs_to_one_storage(bucket):
    for name in ("pictures/one.webp", "private.txt", "privately/one"):
        store("default", name)
    for name in ("works/ab/abc", "private/one"):
        store("private", name)
    assert set(files_in("default")) == {"pictures/one.webp", "private.txt", "privately/one"}
    assert set(files_in("private")) == {"works/ab/abc", "private/one"}


def test_a_large_file_is_not_read_into_memory(bucket, monkeypatch):
    storages["default"].save("report.pdf", ContentFile(bytes(6_000_000)))
    taken = []
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **given: taken.append(given) or io.BytesIO())
    with storages["default"].open("report.pdf") as file:
        assert len(file.read()) == 6_000_000
    assert len(taken) == 1


def test_only_files_that_nothing_names_are_deleted(bucket, db, clock):
    stored = take(pdf(["Attendance grew."])).file
    store("private", "works/lost")
    store("default", "pictures/lost")
    named = f"private/{stored.file.name}"
    assert named in bucket()
    clock(timezone.now() + timedelta(days=8))
    told = [trouble.text for trouble in dangling(True) if trouble.is_mended]
    assert told == [
        "No row names the file pictures/lost (default).",
        "No row names the file works/lost (private).",
    ]
    assert named in bucket() and not {"private/works/lost", "pictures/lost"} & bucket().keys()


def test_files_of_imports_are_deleted_in_a_bucket_too(bucket, clock):
    forget_old()
    store("private", "imports/old")
    clock(timezone.now() + timedelta(days=2))
    forget_old()
    assert not bucket()


@pytest.mark.parametrize("place", ["bucket", "media"])
def test_a_file_that_goes_while_the_check_looks_is_no_trouble(request, db, monkeypatch, place):
    request.getfixturevalue(place)
    monkeypatch.setattr("publishing.stored_files.files_in", lambda alias: ["works/gone"])
    assert list(dangling(True)) == []


def test_a_backup_holds_each_file_once(bucket, transactional_db, tmp_path):
    store("default", "pictures/one.webp")
    store("private", "works/ab/abc")
    manifest = backup.make(tmp_path / "site.tar")
    files = [name for name in manifest["members"] if name.startswith("media/")]
    assert files == ["media/public/pictures/one.webp", "media/private/works/ab/abc"]


def test_a_backup_of_a_folder_is_restored_into_a_bucket(kept, bucket, empty_site):
    call_command("restore", str(kept.path))
    assert bucket() == kept.files


@pytest.mark.parametrize("alias", ["default", "private"])
def test_a_bucket_with_files_is_refused_and_left_as_it_is(kept, bucket, empty_site, alias):
    store(alias, "works/one")
    before = bucket()
    with pytest.raises(CommandError, match=f"“{alias}” holds works/one. .*MEDIA_STORE"):
        call_command("restore", str(kept.path))
    assert bucket() == before
