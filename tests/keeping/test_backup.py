"""What a backup holds, when it is refused, and that nothing half-made ever looks whole."""

import hashlib
import io
import json
import os
import resource
import signal
import stat
import subprocess
import sys
import tarfile
import time
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import connection

from keeping import backup, programs
from keeping.errors import Refused
from keeping.models import Outcome
from keeping.snapshot import snapshot
from resources.models import StoredFile
from tests.keeping.conftest import beside, publish_page
from tests.resources.conftest import take
from tests.resources.pdfs import pdf


def make(path, **options):
    """What the command says."""
    said = io.StringIO()
    call_command("backup", str(path), stdout=said, **options)
    return said.getvalue()


def parts(path):
    """Member → its bytes."""
    with tarfile.open(path) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}


def test_the_manifest_names_every_part_with_its_checksum(kept):
    found = parts(kept.path)
    manifest = json.loads(found.pop("manifest.json"))
    del found["manifest.json.sha256"]
    checksums = {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    assert {name: facts["sha256"] for name, facts in manifest["members"].items()} == checksums
    assert len([name for name in found if name.startswith("media/")]) == len(kept.files)


def test_the_checksum_of_the_manifest_is_one_that_sha256sum_reads(kept):
    found = parts(kept.path)
    assert (
        found["manifest.json.sha256"]
        == f"{hashlib.sha256(found['manifest.json']).hexdigest()}  manifest.json\n".encode()
    )


def test_the_manifest_says_what_was_there(kept):
    manifest = kept.manifest
    assert manifest["rows"] == {table: len(rows) for table, rows in kept.rows.items()}
    assert manifest["versions"]["postgres"] == programs.server_major() <= manifest["versions"]["pg_dump"]
    assert manifest["migrations"]["keeping"][0] == "0001_initial"
    assert {page["address"] for page in manifest["pages"]} == set(kept.pages)
    assert (manifest["missing"], manifest["failed"]) == ([], [])


def test_nobody_else_may_read_it(kept):
    assert stat.S_IMODE(kept.path.stat().st_mode) == 0o600


def test_what_is_written_meanwhile_is_in_neither_count_nor_dump(media, tmp_path, monkeypatch):
    """A row that another connection writes after the snapshot: `differing_rows` of a proof would find it."""
    real = backup.rows_of_tables

    def write_beside():
        with beside() as other:
            other.execute("INSERT INTO django_session VALUES ('late', 'x', now())")
        return real()

    monkeypatch.setattr(backup, "rows_of_tables", write_beside)
    manifest = backup.make(tmp_path / "a.tar")
    assert manifest["rows"]["django_session"] == 0
    from keeping.prove import prove

    assert prove(tmp_path / "a.tar").faults == []


def test_a_file_that_a_row_names_and_nobody_has_is_told(media, tmp_path, capsys):
    stored = take(pdf(["Gone."]))
    stored = StoredFile.objects.get(pk=stored.pk)
    stored.file.storage.delete(stored.file.name)
    with pytest.raises(CommandError, match=f"Missing: private: {stored.file.name}") as raised:
        make(tmp_path / "a.tar")
    assert raised.value.returncode == 2
    assert (tmp_path / "a.tar").exists()
    assert not Outcome.objects.get(kind="backup").is_good


def test_a_page_that_does_not_answer_is_told(media, tmp_path, monkeypatch):
    publish_page("Partners")

    def fail(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr("pages.views.show_page", fail)
    with pytest.raises(CommandError, match="This page does not answer: /partners/"):
        make(tmp_path / "a.tar")


def test_a_file_that_is_there_is_never_overwritten(media, tmp_path):
    (tmp_path / "a.tar").write_bytes(b"yesterday")
    with pytest.raises(CommandError, match="is there already"):
        make(tmp_path / "a.tar")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"yesterday"]


def test_a_place_among_the_files_that_are_copied_is_refused(media):
    with pytest.raises(CommandError, match="lies among the files of the site"):
        make(media / "pictures" / "a.tar")


def test_a_folder_that_is_not_there_is_said(media, tmp_path):
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        make(tmp_path / "none" / "a.tar")


@contextmanager
def disk_with_room_for(size):
    """As if the disk were full after so many bytes of one file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("is_encrypted", [False, True])
def test_a_full_disk_leaves_nothing_and_a_sentence(media, tmp_path, is_encrypted, identity):
    storages["default"].save("pictures/large.webp", ContentFile(os.urandom(3_000_000)))
    folder = tmp_path / "backups"
    folder.mkdir()
    key = identity.public if is_encrypted else ""
    with disk_with_room_for(2_000_000), pytest.raises(CommandError, match=r"could not be written to .*too large"):
        make(folder / "a.tar", recipient=key)
    assert list(folder.iterdir()) == []


def test_a_backup_that_is_killed_leaves_nothing_that_looks_whole_and_no_obstacle(media, tmp_path):
    """A large file keeps the process busy until the kill."""
    with (media / "large").open("wb") as large:
        large.truncate(20_000_000_000)  # takes no room
    target = tmp_path / "a.tar"
    environment = os.environ | {
        "DATABASE_URL": address_of_the_database(),
        "MEDIA_ROOT": str(media),
        "TEST_DATABASE_NAME": "",
    }
    environment["DJANGO_SETTINGS_MODULE"] = "coalition_site.settings"
    command = [sys.executable, "manage.py", "backup", str(target)]
    with subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment) as process:
        partial = tmp_path / "a.tar.partial"
        while not (partial.exists() and partial.stat().st_size > 1_000_000):
            assert process.poll() is None, "it ended before it could be killed"
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
    assert not target.exists()
    (media / "large").unlink()
    make(target)
    assert list(tmp_path.iterdir()) == [target]


def test_a_backup_that_is_stopped_leaves_nothing_and_is_noted(media, tmp_path, monkeypatch):
    """As systemd does it when the machine goes down."""

    def stopped():
        assert [path.name for path in tmp_path.iterdir()] == ["a.tar.partial"]
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(backup, "rows_of_tables", stopped)
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit):
        make(tmp_path / "a.tar")
    assert signal.getsignal(signal.SIGTERM) == before
    assert list(tmp_path.iterdir()) == []
    outcome = Outcome.objects.get(kind="backup")
    assert (outcome.is_good, outcome.detail) == (False, "It was stopped before its end.")


def test_a_storage_that_does_not_answer_is_noted(media, tmp_path, monkeypatch):
    def broken(alias):
        raise ZeroDivisionError("The object store is away.")

    monkeypatch.setattr(backup.stored_files, "files_in", broken)
    with pytest.raises(ZeroDivisionError):
        make(tmp_path / "a.tar")
    assert Outcome.objects.get(kind="backup").detail == "ZeroDivisionError: The object store is away."
    assert list(tmp_path.iterdir()) == []


def address_of_the_database():
    given = connection.settings_dict
    host = "".join(f"%{byte:02X}" for byte in given["HOST"].encode())
    password = f":{given['PASSWORD']}" if given["PASSWORD"] else ""
    return f"postgresql://{given['USER']}{password}@{host}:{given['PORT']}/{given['NAME']}"


def test_a_second_backup_to_the_same_place_is_refused_while_the_first_writes(media, tmp_path):
    from keeping.archive import new_file

    with new_file(tmp_path / "a.tar") as file:
        file.write(b"first")
        with pytest.raises(CommandError, match="Another backup is writing"):
            make(tmp_path / "a.tar")
    assert (tmp_path / "a.tar").read_bytes() == b"first"


def test_a_dump_that_fails_is_said_and_nothing_is_kept(media, tmp_path, monkeypatch):
    """The snapshot is gone before pg_dump asks for it."""

    @contextmanager
    def forgotten():
        with snapshot():
            yield "00000003-00000001-9"

    monkeypatch.setattr(backup, "snapshot", forgotten)
    with pytest.raises(CommandError, match="pg_dump failed: .*snapshot"):
        make(tmp_path / "a.tar")
    assert list(tmp_path.iterdir()) == []


def test_programs_that_are_missing_or_too_old_are_said_with_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "candidate_folders", lambda: iter([tmp_path]))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Refused, match="pg_dump was not found .* apt install postgresql-client-17"):
        programs.find("pg_dump", at_least=17)
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)'\n")
    program.chmod(0o700)
    with pytest.raises(Refused, match="pg_dump 17 or newer is needed, as the server has; .* is of version 15"):
        programs.find("pg_dump", at_least=17)
    assert programs.find("pg_dump", at_least=15) == (program, 15)


def test_of_several_programs_the_oldest_that_will_do_is_taken(tmp_path, monkeypatch):
    """A dump of the newest says things that an older server does not understand."""
    folders = []
    for major in (18, 14, 16):
        folders.append(tmp_path / str(major))
        folders[-1].mkdir()
        program = folders[-1] / "pg_dump"
        program.write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {major}.1'\n")
        program.chmod(0o700)
    monkeypatch.setattr(programs, "candidate_folders", lambda: iter(folders))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.find("pg_dump", at_least=15) == (folders[2] / "pg_dump", 16)


def test_the_password_stands_in_no_command_line(monkeypatch, db):
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "a secret")
    assert programs.environment()["PGPASSWORD"] == "a secret"
