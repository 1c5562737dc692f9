"""The smallest sounds and films that players would find, for tests. They are silent and empty."""

import struct


def mp3(frames=4, tag=b""):
    """Frames of MPEG 1 layer III at 128 kbit/s and 44,100 Hz: 417 bytes each."""
    return tag + (b"\xff\xfb\x90\x00" + b"\0" * 413) * frames


def id3_tag(length=300):
    return b"ID3\x04\0\0" + bytes([0, 0, length >> 7, length & 0x7F]) + b"\0" * length


def box(name, content=b""):
    return struct.pack(">I4s", 8 + len(content), name) + content


def mp4():
    return box(b"ftyp", b"isom\0\0\0\0mp42") + box(b"moov", b"\0" * 20) + box(b"mdat", b"\0" * 20)
