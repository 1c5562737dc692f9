"""One range of bytes of a file, as RFC 9110, section 14, has it. Several ranges at once are answered with the whole."""

import re

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.A)


class NotSatisfiable(Exception):
    """The range lies outside the file."""


def wanted_range(header, size):
    """(first, last) of the bytes that a Range header asks for; None for the whole. Raises NotSatisfiable."""
    found = _ONE_RANGE.fullmatch(header.replace(" ", ""))
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:  # the last so many bytes
        if not int(last):
            raise NotSatisfiable
        return max(0, size - int(last)), size - 1
    if int(first) >= size:
        raise NotSatisfiable
    if last and int(last) < int(first):
        return None  # no range at all, says the RFC
    return int(first), min(int(last or size), size - 1)


class FilePart:
    """The bytes from `first` to `last` of an open file, for a response, which closes it when it is done."""

    chunk_size = 64 * 1024

    def __init__(self, file, first, last):
        self.file, self.first, self.last = file, first, last

    def __iter__(self):
        self.file.seek(self.first)
        left = self.last - self.first + 1
        while left and (chunk := self.file.read(min(left, self.chunk_size))):
            left -= len(chunk)
            yield chunk

    def close(self):
        self.file.close()
