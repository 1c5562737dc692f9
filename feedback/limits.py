"""How often one source may send something.

What is counted stays in the memory of this process, under a hash whose key dies with the process: no network address
is ever stored, and none can be read back.
"""

import hashlib
import ipaddress
import secrets
from collections import OrderedDict, deque
from threading import Lock
from time import monotonic

from publishing.http import source_of

MOST_SOURCES = 10_000  # the oldest are forgotten
_key = secrets.token_bytes(32)


class Limit:
    """At most `most` times within `seconds`."""

    def __init__(self, most, seconds):
        self.most, self.seconds = most, seconds
        self._moments = OrderedDict()
        self._lock = Lock()

    def allows(self, request, *things):
        """Count one more time for the source of a request (and for some thing); give whether that was allowed."""
        name, now = _hash(network_of(source_of(request)), *things), monotonic()
        with self._lock:
            moments = self._moments.setdefault(name, deque())
            while moments and moments[0] <= now - self.seconds:
                moments.popleft()
            is_allowed = len(moments) < self.most
            if is_allowed:
                moments.append(now)
                self._moments.move_to_end(name)
            if len(self._moments) > MOST_SOURCES:
                self._moments.popitem(last=False)
        return is_allowed

    def forget(self):
        with self._lock:
            self._moments.clear()


def network_of(address):
    """What one household or office has: an address of IPv4, the first half of one of IPv6."""
    try:
        version = ipaddress.ip_address(address).version
    except ValueError:
        return address
    return address if version == 4 else str(ipaddress.ip_network(f"{address}/64", strict=False))


def _hash(*words):
    return hashlib.blake2b("\n".join(words).encode(errors="replace"), key=_key, digest_size=16).digest()
