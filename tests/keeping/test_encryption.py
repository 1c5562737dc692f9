"""Encrypted archives: for the holder of the key, whole, and for nobody else."""

import pytest

from keeping.encryption import decrypting, encrypting, identities_in, recipient_of
from keeping.errors import Damaged, Refused
from keeping.restore import judge

TEXT = bytes(range(256)) * 4_000  # a megabyte: many times what a pipe holds


@pytest.fixture
def encrypted(tmp_path, identity):
    path = tmp_path / "text.age"
    with path.open("wb") as file, encrypting(file, recipient_of(identity.public)) as sink:
        sink.write(TEXT)
    return path


def read(path, identity):
    with path.open("rb") as file, decrypting(file, identities_in(identity.file)) as source:
        return source.read()


def test_what_is_written_is_read_again_with_the_key(encrypted, identity):
    assert read(encrypted, identity) == TEXT


def test_another_key_is_refused(encrypted, identity):
    import pyrage

    identity.file.write_text(str(pyrage.x25519.Identity.generate()))
    with pytest.raises(Refused, match="This key does not open the backup"):
        read(encrypted, identity)


@pytest.mark.parametrize("change", [lambda data: data[:-1], lambda data: data[:500_000], lambda data: data + b"x"])
def test_what_is_cut_off_or_longer_is_found_even_when_nobody_reads_so_far(encrypted, identity, change):
    encrypted.write_bytes(change(encrypted.read_bytes()))
    with encrypted.open("rb") as file, pytest.raises(Damaged), decrypting(file, identities_in(identity.file)) as source:
        source.read(10)


@pytest.mark.parametrize("place", [30, 150, 500_000])
def test_one_altered_bit_is_found(encrypted, identity, place):
    data = bytearray(encrypted.read_bytes())
    data[place] ^= 1
    encrypted.write_bytes(data)
    with pytest.raises((Damaged, Refused)):
        read(encrypted, identity)


def test_an_encrypted_archive_asks_for_its_key(encrypted):
    with pytest.raises(Refused, match="Name the file with the private key by --identity"):
        judge(encrypted)


def test_an_encrypted_file_of_another_kind_is_no_backup(encrypted, identity):
    with pytest.raises(Refused, match="is no whole backup"):
        judge(encrypted, identity.file)


SSH_KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIoc7f2HD2wiyj+VcVtuBBjKFGYW9hV2+F0E5CTnF+V6"


@pytest.mark.parametrize("key", ["age1nonsense", SSH_KEY, "AGE-SECRET-KEY-1", "é"])
def test_a_text_that_is_no_public_key_is_refused(key):
    with pytest.raises(Refused, match="is no public key of age"):
        recipient_of(key)


@pytest.mark.parametrize("content", [b"", b"# only a note\n", b"nonsense\n", b"\xff\xfe"])
def test_a_file_that_holds_no_private_key_is_refused(tmp_path, content):
    (tmp_path / "key").write_bytes(content)
    with pytest.raises(Refused):
        identities_in(tmp_path / "key")
    with pytest.raises(Refused, match="cannot be read"):
        identities_in(tmp_path / "none")
