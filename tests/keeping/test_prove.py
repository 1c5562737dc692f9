"""A proof: what it says of a sound backup, and which faults it finds."""

import io
import json
import signal
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection

from keeping import pages
from keeping import prove as module
from keeping.encryption import encrypting, recipient_of
from keeping.errors import Refused
from keeping.models import Outcome
from keeping.prove import prove
from keeping.scratch import FOLDER, connected_to, scratch_database, scratch_folder
from pages.models import Page
from tests.keeping.conftest import files, publish_page
from tests.keeping.test_restore import flip, rewritten
from tests.rows import rows_of_all_tables


def alphabet():
    with connection.cursor() as cursor:
        cursor.execute("SELECT encoding, datcollate, datctype FROM pg_database WHERE datname = current_database()")
        return cursor.fetchone()


def databases():
    """Those that a proof of this process has left behind: others may be at work beside it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, current_database() || '_proof_') ORDER BY 1"
        )
        return cursor.fetchall()


def test_a_sound_backup_is_proved_in_words_and_the_site_is_not_touched(kept, media, tmp_path):
    said, before = io.StringIO(), rows_of_all_tables()
    call_command("backup", str(kept.path), prove=True, folder=str(tmp_path), stdout=said)
    lines = said.getvalue().splitlines()
    assert f"{len(kept.manifest['members']):,} parts have the checksums" in lines[0]
    assert f"{len(kept.rows)} tables with {sum(map(len, kept.rows.values())):,} rows" in lines[1]
    assert f"{len(kept.files)} files were restored and read again" in lines[2]
    assert f"{len(kept.pages)} public pages were rendered from it; each says what it said" in lines[3]
    outcome = Outcome.objects.get()
    assert (outcome.kind, outcome.is_good, outcome.detail) == ("proof", True, "site.tar")
    Outcome.objects.all().delete()
    assert rows_of_all_tables() == before
    assert (files(), list(tmp_path.iterdir()), databases()) == ({}, [], [])


def test_what_a_killed_proof_left_goes_with_the_next_one_and_what_is_at_work_stays(transactional_db, tmp_path):
    """Whether that next one comes to its end or not."""
    left, at_work, other = (f"{connection.settings_dict['NAME'][:40]}_proof_{end}" for end in ("0123abcd", "4", "mine"))
    at_work = at_work.ljust(len(left), "f")
    (tmp_path / f"{FOLDER}left" / "public").mkdir(parents=True)
    (tmp_path / "mine").mkdir()
    proof = connection.copy()
    proof.settings_dict["NAME"] = at_work
    try:
        for name in (left, at_work, other):
            execute(f'CREATE DATABASE "{name}"')
        proof.ensure_connection()
        with scratch_folder(tmp_path) as place:
            with pytest.raises(Refused, match="No such file"):
                prove(tmp_path / "none.tar", folder=tmp_path)
            assert {path.name for path in tmp_path.iterdir()} == {"mine", Path(place).name}
        assert databases() == [(at_work,), (other,)]
    finally:
        proof.close()
        for name in (left, at_work, other):
            execute(f'DROP DATABASE IF EXISTS "{name}"')


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_proof_that_is_stopped_leaves_nothing_and_is_noted(kept, media, tmp_path, monkeypatch):
    """As systemd does it when the machine goes down."""

    def write(path, identity, manifest, storages):
        storages["public"].save("pictures/one.webp", ContentFile(b"x"))
        execute("CREATE TABLE half_restored ()")
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(module, "write", write)
    with pytest.raises(SystemExit):
        call_command("backup", str(kept.path), prove=True, folder=str(tmp_path))
    assert (databases(), list(tmp_path.iterdir())) == ([], [])
    outcome = Outcome.objects.get(kind="proof")
    assert (outcome.is_good, outcome.detail) == (False, "It was stopped before its end.")


def test_an_encrypted_backup_is_proved_with_its_key_and_with_no_other(kept, media, tmp_path, identity):
    path = tmp_path / "site.tar.age"
    with path.open("wb") as file, encrypting(file, recipient_of(identity.public)) as stream:
        stream.write(kept.path.read_bytes())
    assert prove(path, identity.file).faults == []
    assert b"manifest" not in path.read_bytes()


def test_the_database_of_a_proof_orders_letters_as_the_sites_own(transactional_db):
    """A server may have been installed with another alphabet than the site's database was made with."""
    own = f"{connection.settings_dict['NAME'][:40]}_of_its_own"
    letters = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{own}"')
        cursor.execute(f"CREATE DATABASE \"{own}\" TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE '{letters}'")
    try:
        with connected_to(own):
            wanted = alphabet()
            with scratch_database():
                assert alphabet() == wanted
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{own}"')


def test_a_page_that_says_something_else_is_found(kept, media, tmp_path):
    """A record that does not fit to the rows, in an archive that is whole otherwise."""

    def other_words(manifest):
        manifest["pages"][0]["sha256"] = "0" * 64

    proof = prove(with_manifest(kept.path, tmp_path / "other.tar", other_words))
    assert [f"1 of {len(kept.pages)} public pages say something else" in fault for fault in proof.faults] == [True]

    def other_version(manifest):
        other_words(manifest)
        manifest["code"] = "of another version"

    proof = prove(with_manifest(kept.path, tmp_path / "version.tar", other_version))
    assert proof.faults == []
    assert "Another version of the site made it" in proof.shown[-1]


def with_manifest(path, target, change):
    """A copy of an archive with another manifest that is signed as ours is."""
    import hashlib

    written = {}

    def rewrite(name, data):
        if name == "manifest.json":
            manifest = json.loads(data)
            change(manifest)
            written["text"] = data = json.dumps(manifest).encode()
        elif name == "manifest.json.sha256":
            return f"{hashlib.sha256(written['text']).hexdigest()}  manifest.json\n".encode()
        return data

    return rewritten(path, target, rewrite)


def test_a_backup_that_is_not_sound_is_noted_for_the_health_page(kept, media, tmp_path):
    altered = tmp_path / "altered.tar"
    altered.write_bytes(flip(kept.path.read_bytes(), 520))
    with pytest.raises(CommandError, match="is no whole backup"):
        call_command("backup", str(altered), prove=True)
    assert not Outcome.objects.get(kind="proof").is_good
    assert databases() == []


def test_the_record_goes_by_the_moment_of_the_backup(db, clock):
    """A page that is public only for a while is the same, however late the proof."""
    from datetime import timedelta

    from django.utils import timezone

    now = timezone.now()
    page = publish_page("For a while")
    noted, failed = pages.record(now + timedelta(seconds=1))
    assert ([page["address"] for page in noted], failed) == (["/for-a-while/"], [])
    Page.objects.filter(pk=page.pk).update(retired_at=now + timedelta(hours=1))
    assert pages.differing(noted, now + timedelta(seconds=1)) == []
    assert pages.differing(noted, now + timedelta(hours=2)) == ["/for-a-while/"]


def test_twenty_pages_are_chosen_from_the_oldest_to_the_newest(db):
    for number in range(45):
        publish_page(f"Page {number}")
    chosen = pages.chosen()
    assert len(set(chosen)) == 20
    numbers = sorted(int(address.strip("/").rpartition("-")[2]) for address in chosen)
    assert numbers[0] == 0 and numbers[-1] > 40


def test_words_are_what_readers_see():
    html = "<title>A</title><style>b {}</style><p>One  <b>two</b></p><script>c()</script><p hidden>three</p>"
    assert pages.words_of(html) == "A One two three"
