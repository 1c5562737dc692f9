"""From a backup back to the same site, or to nothing at all."""

import hashlib
import io
import json
import shutil
import tarfile

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import CommandError, call_command
from django.db import connection

from keeping import backup
from keeping.errors import Refused
from keeping.restore import judge, write
from tests.keeping.conftest import beside, files, same_rows, tables
from tests.rows import rows_of_all_tables


def restore(path, **options):
    """What the command says."""
    said = io.StringIO()
    call_command("restore", str(path), stdout=said, **options)
    return said.getvalue()


def is_empty():
    return tables() == [] and files() == {}


def rewritten(path, target, change):
    """A copy of an archive in which `change(name, data)` has a word on every member: data, or None for none of it."""
    with tarfile.open(path) as source, tarfile.open(target, "w") as copy:
        for info in source:
            data = change(info.name, source.extractfile(info).read())
            if data is not None:
                info.size = len(data)
                copy.addfile(info, io.BytesIO(data))
    return target


def test_everything_comes_back_rows_files_and_pages(kept, empty_site, client, make_page):
    said = restore(kept.path)
    assert same_rows(rows_of_all_tables(), kept.rows)
    assert files() == kept.files
    assert any(name.startswith("private/works/") for name in kept.files)
    assert {address: client.get(address).content for address in kept.pages} == kept.pages
    assert f"{sum(map(len, kept.rows.values())):,} rows" in said
    assert make_page("Something new").pk, "new rows find free keys"


def test_a_database_with_tables_is_refused_and_left_as_it_is(kept, media):
    before = rows_of_all_tables()
    with pytest.raises(CommandError, match=r"is not empty: it holds \d+ tables .* DATABASE_URL"):
        restore(kept.path)
    assert rows_of_all_tables() == before
    assert files() == {}


@pytest.mark.parametrize("place", ["pictures/one.webp", "private/works/aa/bb"])
def test_a_folder_with_files_is_refused_and_left_as_it_is(kept, empty_site, place):
    file = empty_site / place
    file.parent.mkdir(parents=True)
    file.write_bytes(b"mine")
    with pytest.raises(CommandError, match=f"holds {place.removeprefix('private/')}"):
        restore(kept.path)
    assert files() == {place: b"mine"} and tables() == []


def flip(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize("part", ["media/public/pictures/", "media/private/works/", "database/", "manifest.json"])
def test_one_altered_bit_in_any_part_is_refused(kept, empty_site, tmp_path, part):
    whole = kept.path.read_bytes()
    with tarfile.open(kept.path) as tar:
        info = next(info for info in tar if info.name.startswith(part))
    altered = tmp_path / "altered.tar"
    altered.write_bytes(flip(whole, info.offset_data + info.size // 2))
    with pytest.raises(CommandError, match="is no whole backup: .*altered"):
        restore(altered)
    assert is_empty()


@pytest.mark.parametrize("share", [0.3, 0.9])
def test_an_archive_that_is_cut_off_is_refused(kept, empty_site, tmp_path, share):
    whole = kept.path.read_bytes()
    cut = tmp_path / "cut.tar"
    cut.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(CommandError, match="is no whole backup"):
        restore(cut)
    assert is_empty()


@pytest.mark.parametrize("name", ["media/public/", "media/private/", "database/"])
def test_a_part_that_was_taken_out_is_refused(kept, tmp_path, name):
    taken = iter([True])

    def change(member, data):
        return None if member.startswith(name) and next(taken, False) else data

    with pytest.raises(Refused, match="1 of its parts are missing"):
        judge(rewritten(kept.path, tmp_path / "less.tar", change))


@pytest.mark.parametrize("part", ["rows", "versions", "pages"])
def test_a_manifest_that_lacks_a_part_is_refused(kept, tmp_path, part):
    texts = {}

    def change(member, data):
        if member == "manifest.json":
            texts[member] = json.dumps(
                {name: value for name, value in json.loads(data).items() if name != part}
            ).encode()
        elif member == "manifest.json.sha256":
            texts[member] = hashlib.sha256(texts["manifest.json"]).hexdigest().encode() + b"  manifest.json\n"
        return texts.get(member, data)

    with pytest.raises(Refused, match="its manifest is not whole"):
        judge(rewritten(kept.path, tmp_path / "less.tar", change))


def forged(path, target, *members):
    """An archive that begins with other members than ours."""
    with tarfile.open(path) as source, tarfile.open(target, "w") as copy:
        for info in members:
            copy.addfile(info, io.BytesIO(b"x" * info.size))
        for info in source:
            copy.addfile(info, source.extractfile(info))
    return target


def member(name, kind=tarfile.REGTYPE, link="", size=0):
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, size
    return info


@pytest.mark.parametrize(
    ("info", "reason"),
    [
        (member("media/public/../../etc/passwd", size=1), "is no name of ours"),
        (member("/etc/passwd", size=1), "is no name of ours"),
        (member("media/public//etc/passwd", size=1), "is no name of ours"),
        (member("media/public/a/./b", size=1), "is no name of ours"),
        (member("media/public/..\\b", size=1), "is no name of ours"),
        (member("media/other/a", size=1), "is no name of ours"),
        (member("media/public/a", tarfile.SYMTYPE, "/etc/passwd"), "is no plain file"),
        (member("media/public/a", tarfile.LNKTYPE, "media/public/b"), "is no plain file"),
        (member("media/public/a", tarfile.CHRTYPE), "is no plain file"),
        (member("media/public/a", tarfile.FIFOTYPE), "is no plain file"),
        (member("media/public/a", tarfile.DIRTYPE), "is no plain file"),
        (member("database/000001", size=9_000_000), "is too large"),
    ],
)
def test_what_we_never_write_into_an_archive_is_refused_before_anything_is_written(kept, tmp_path, info, reason):
    with pytest.raises(Refused, match=reason):
        judge(forged(kept.path, tmp_path / "forged.tar", info))


def test_a_name_that_stands_in_it_twice_is_refused(kept, tmp_path):
    twice = member("media/public/a")
    with pytest.raises(Refused, match="stands in it twice"):
        judge(forged(kept.path, tmp_path / "twice.tar", twice, member("media/public/a")))


@pytest.mark.parametrize("text", [b"", b"not a tar", b"x" * 20_000])
def test_a_file_of_another_kind_is_refused(tmp_path, text):
    (tmp_path / "other").write_bytes(text)
    with pytest.raises(Refused, match="is no whole backup"):
        judge(tmp_path / "other")


def test_a_file_that_is_not_there_is_said(tmp_path, empty_site):
    with pytest.raises(CommandError, match="could not be restored: No such file"):
        restore(tmp_path / "none.tar")


@pytest.mark.parametrize("part", ["media/private/works/", "database/"])
def test_what_breaks_while_it_is_written_leaves_nothing(kept, empty_site, tmp_path, part):
    """As if the disk had lost the second half between the first reading and the second."""
    from django.core.files.storage import storages

    whole = kept.path.read_bytes()
    cut = tmp_path / "cut.tar"
    with tarfile.open(kept.path) as tar:
        info = next(info for info in tar if info.name.startswith(part))
    cut.write_bytes(whole[: info.offset_data + info.size * 3 // 4])
    with pytest.raises(Refused, match="is no whole backup"):
        write(cut, None, kept.manifest, {"public": storages["default"], "private": storages["private"]})
    assert is_empty()


def test_other_numbers_of_rows_than_the_manifest_says_leave_nothing(kept, empty_site):
    from django.core.files.storage import storages

    manifest = kept.manifest | {"rows": kept.manifest["rows"] | {"pages_page": 77}}
    with pytest.raises(Refused, match="pages_page has 1 rows instead of 77"):
        write(kept.path, None, manifest, {"public": storages["default"], "private": storages["private"]})
    assert is_empty()


def test_a_backup_of_a_later_version_is_refused(kept, empty_site, monkeypatch):
    from django.db.migrations.loader import MigrationLoader

    real = MigrationLoader.load_disk

    def without_the_last(loader):
        real(loader)
        del loader.disk_migrations["keeping", "0001_initial"]

    monkeypatch.setattr(MigrationLoader, "load_disk", without_the_last)
    with pytest.raises(CommandError, match=r"newer than this version .* migration keeping\.0001_initial"):
        restore(kept.path)
    assert is_empty()


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(kept, empty_site, tmp_path):
    restore(kept.path)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE keeping_outcome; DELETE FROM django_migrations WHERE app = 'keeping'")
        backup.make(tmp_path / "old.tar")
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    shutil.rmtree(empty_site)
    restore(tmp_path / "old.tar")
    assert "keeping_outcome" in tables()
    assert files() == kept.files


def test_what_somebody_else_writes_meanwhile_is_not_taken_away(kept, empty_site, monkeypatch):
    save = FileSystemStorage.save

    def save_beside_somebody(place, name, file):
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS auth_user (precious text)")
        return save(place, name, file)

    monkeypatch.setattr(FileSystemStorage, "save", save_beside_somebody)
    with pytest.raises(CommandError, match="Nothing was restored"):
        restore(kept.path)
    assert tables() == ["auth_user"] and files() == {}


def test_a_second_restore_at_once_is_refused(kept, empty_site):
    from keeping.restore import LOCK

    with beside() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        with pytest.raises(CommandError, match="Another restore into this database is at work"):
            restore(kept.path)
    assert is_empty()
    restore(kept.path)
    assert same_rows(rows_of_all_tables(), kept.rows)
