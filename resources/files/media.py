"""MP3 and MP4: whole by their own structure, not only by the first bytes. Nothing is decoded."""

import struct

from django.utils.translation import gettext as _

from resources.files.facts import Refused

FRAMES = 3  # in a row that make an MP3 one
# Layer III, by MPEG version 1 and (2, 2.5): bit rates in kbit/s by index, samples a frame
BIT_RATES = {
    1: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}  # by the version's bits
MOST_BOXES = 10_000


def check_mp3(path):
    """Raise Refused unless, after any ID3 tags, frames of MPEG layer III follow each other."""
    with path.open("rb") as file:
        start = _after_tags(file)
        for _frame in range(FRAMES):
            file.seek(start)
            length = frame_length(file.read(4))
            if not length:
                raise Refused(
                    _("This file says MP3, but holds no sound that players can find. Export it again as MP3.")
                )
            start += length


def _after_tags(file):
    """Where the sound begins: each ID3 tag says its length in four bytes of seven bits."""
    start = 0
    while True:
        file.seek(start)
        header = file.read(10)
        if header[:3] != b"ID3" or len(header) < 10:
            return start
        length = 0
        for byte in header[6:]:
            length = length << 7 | byte & 0x7F
        start += 10 + length


def frame_length(header):
    """Bytes of the frame that these four bytes begin; 0 where they begin none (ISO/IEC 11172-3, 2.4.1.3)."""
    if len(header) < 4:
        return 0
    bits = int.from_bytes(header)
    version, layer = bits >> 19 & 3, bits >> 17 & 3
    rate, sampling, padding = bits >> 12 & 15, bits >> 10 & 3, bits >> 9 & 1
    if bits >> 21 != 0x7FF or layer != 1 or version == 1 or rate in {0, 15} or sampling == 3:
        return 0
    is_first = version == 3
    bit_rate = BIT_RATES[1 if is_first else 2][rate] * 1000
    return (144 if is_first else 72) * bit_rate // SAMPLE_RATES[version][sampling] + padding


def check_mp4(path):
    """Raise Refused unless the boxes of the file fill it exactly and both the index and the content are there."""
    size = path.stat().st_size
    names = set()
    start = 0
    with path.open("rb") as file:
        for _box in range(MOST_BOXES):
            if start >= size:
                break
            file.seek(start)
            name, length = _box_at(file, size - start)
            names.add(name)
            start += length
    if start != size or not {b"moov", b"mdat"} <= names:
        raise Refused(_("This MP4 file is cut off or damaged: players could not open it. Export or copy it again."))


def _box_at(file, left):
    """Name and length of the box that begins here (ISO/IEC 14496-12, 4.2); a length past the end for a broken one."""
    header = file.read(16)
    if len(header) < 8:
        return b"", left + 1
    length, name = struct.unpack(">I4s", header[:8])
    if length == 1 and len(header) == 16:
        length = struct.unpack(">Q", header[8:])[0]
    elif length == 0:  # up to the end of the file
        length = left
    return name, length if length >= 8 else left + 1
