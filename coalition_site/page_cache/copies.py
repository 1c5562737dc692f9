"""A copy: one answer, ready for the wire in each encoding."""

import gzip
import hashlib
import time

import brotli

BROTLI_QUALITY = 5  # of 11; 11 saves a tenth of the bytes and takes fifty times as long
GZIP_LEVEL = 6
SMALLEST = 500  # bytes; below, compression saves nothing that a packet would notice
OVERHEAD = 2_000  # bytes of memory beside the bodies, about
FOR_CDN = 5  # seconds for which a cache in front of us need not ask
WHILE_ASKING = 1  # second for which it may give the old answer while it asks: what was taken offline is not to be seen
WHILE_WE_FAIL = 24 * 60 * 60  # seconds for which it may give the old answer while we do not answer
LONGEST = 60 * 60  # seconds for which an answer is kept here, for what on a page follows the calendar
ENCODERS = {
    "br": lambda body: brotli.compress(body, quality=BROTLI_QUALITY),
    "gzip": lambda body: gzip.compress(body, GZIP_LEVEL, mtime=0),
}
# Of one request, not of what is asked for; the others are set here.
_OWN = {"x-request-id", "content-length", "content-encoding", "etag", "vary", "cache-control"}


class Copy:
    """One answer of 200 with what it was made under: the content version, and the moment after which it is wrong."""

    __slots__ = ("cache_control", "ends_at", "known", "made_at", "size", "variants")

    def __init__(self, body, headers, *, known):
        self.known = known
        self.made_at = time.time()
        self.ends_at = min(self.made_at + LONGEST, known.moment)
        given = {name.lower(): value for name, value in headers}
        self.cache_control = given.get("cache-control")
        kept = [(name, value) for name, value in headers if name.lower() not in _OWN]
        vary = with_encoding(given.get("vary", ""))
        digest = hashlib.blake2b(body, digest_size=12).hexdigest()
        self.variants = {}
        for encoding in ("", *ENCODERS):
            encoded = compressed(body, encoding, given.get("content-type", ""))
            if encoding and encoded is None:
                self.variants[encoding] = self.variants[""]
                continue
            tag = f'"{digest}-{encoding}"' if encoding else f'"{digest}"'
            self.variants[encoding] = Variant(encoded, kept, encoding, tag, vary)
        self.size = OVERHEAD + sum(len(one.body) for one in set(self.variants.values()))

    def is_right(self, known, now):
        """Whether it is what Django would answer now. `now`: seconds since the epoch."""
        return self.known.number == known.number and self.made_at <= now < self.ends_at

    def may_stand_in(self, known, now):
        """Whether it may be given in need, though something was published since: nothing of it was taken away."""
        return known.allows_in_need(self.known) and self.made_at <= now < min(
            self.known.moment, self.made_at + WHILE_WE_FAIL
        )

    def cache_control_at(self, now):
        """What caches in front of us may do with it: never beyond the moment at which it is wrong."""
        if self.cache_control:
            return self.cache_control
        left = max(self.known.moment - now, 0)
        fresh = min(FOR_CDN, left)
        asking, failing = min(WHILE_ASKING, left - fresh), min(WHILE_WE_FAIL, left - fresh)
        return (
            f"public, max-age=0, s-maxage={int(fresh)}, stale-while-revalidate={int(asking)}, "
            f"stale-if-error={int(failing)}"
        )


class Variant:
    """A copy in one encoding: its body, its tag and its headers but for Cache-Control."""

    __slots__ = ("body", "chunks", "headers", "headers_unchanged", "tag")

    def __init__(self, body, headers, encoding, tag, vary):
        self.body, self.chunks, self.tag = body, [body], tag
        encoded = [("Content-Encoding", encoding)] if encoding else []
        self.headers_unchanged = [("ETag", tag), ("Vary", vary)]
        self.headers = [*headers, *encoded, ("Content-Length", str(len(body))), *self.headers_unchanged]


def compressed(body, encoding, media_type):
    """The body in an encoding; None where that makes no sense. The body itself for the encoding ''."""
    if not encoding:
        return body
    if len(body) < SMALLEST or not is_text(media_type):
        return None
    return ENCODERS[encoding](body)


def is_text(media_type):
    kind = media_type.partition(";")[0].strip().lower()
    return kind.startswith("text/") or kind.endswith(("xml", "json"))


def with_encoding(vary):
    names = [name.strip() for name in vary.split(",") if name.strip()]
    if "accept-encoding" not in [name.lower() for name in names]:
        names.append("Accept-Encoding")
    return ", ".join(names)
