"""Archives that only the holder of a private key can read: the age format, a stream from end to end.

pyrage pulls from one file and pushes into another, and a tar does the same: a thread and a pipe stand between.
"""

import os
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pyrage

from keeping.errors import Damaged, Refused

OPENING = b"age-encryption.org/"  # with which every encrypted archive begins

NO_KEY_FITS = "No matching keys found"


def recipient_of(key):
    """The public key in a text such as “age1…”. Raises Refused, for SSH keys too: none is read by `identities_in`."""
    try:
        return pyrage.x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError as error:
        raise Refused(f"“{key}” is no public key of age. One begins with age1 (see age-keygen).") from error


def identities_in(path):
    """The private keys in a file as `age-keygen` writes it. Raises Refused."""
    try:
        lines = Path(path).read_text().splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(f"The file of the private key, {path}, cannot be read.") from error
    keys = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    try:
        found = [pyrage.x25519.Identity.from_str(key) for key in keys]
    except pyrage.IdentityError as error:
        raise Refused(f"{path} holds something else than private keys of age.") from error
    if not found:
        raise Refused(f"{path} holds no private key of age.")
    return found


@contextmanager
def encrypting(file, recipient):
    """A file for writing whose content is written to `file` encrypted, all of it when the block ends."""
    target = _Remembering(file)
    source, sink = _pipe()
    work = _Work(lambda: pyrage.encrypt_io(source, target, [recipient]), ends=source)
    try:
        with sink:
            yield sink
    except BrokenPipeError:  # the other side gave up before this one
        work.join()
        raise target.error or work.error from None
    except BaseException:
        work.join()
        raise
    work.join()
    if work.error:
        raise target.error or work.error


@contextmanager
def decrypting(file, identities):
    """A file for reading with the content of an encrypted one. Raises Damaged, or Refused for a wrong key."""
    source, sink = _pipe()
    work = _Work(lambda: pyrage.decrypt_io(file, sink, identities), ends=sink)
    try:
        yield source
        while source.read(1024 * 1024):  # what stands behind the end is judged too
            pass
    except BaseException:
        work.is_wanted = False
        source.close()
        work.join()
        _judge(work.error)
        raise
    source.close()
    work.join()
    _judge(work.error)


def _judge(error):
    if isinstance(error, pyrage.DecryptError) and str(error) == NO_KEY_FITS:
        raise Refused("This key does not open the backup: it was encrypted to another one.") from error
    if error:
        raise Damaged("it is cut off or was altered: its encryption does not hold") from error


def _pipe():
    reading, writing = os.pipe()
    return open(reading, "rb"), open(writing, "wb")


class _Work(threading.Thread):
    """Runs a function and keeps what it raised in `error`, unless nobody wants to know any more."""

    def __init__(self, function, ends):
        super().__init__(daemon=True)
        self._function, self._ends = function, ends
        self.error, self.is_wanted = None, True
        self.start()

    def run(self):
        try:
            self._function()
        except Exception as error:
            if self.is_wanted:
                self.error = error
        with suppress(OSError):
            self._ends.close()


class _Remembering:
    """A file for writing that remembers why it failed: pyrage passes on only the words."""

    def __init__(self, file):
        self._file, self.error = file, None

    def write(self, data):
        try:
            return self._file.write(data)
        except OSError as error:
            self.error = error
            raise

    def flush(self):
        self._file.flush()
