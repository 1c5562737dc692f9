"""Which addresses are asked: http and https on their own ports, of machines that stand in public.

An editor may have pasted anything, and a site may lead on to anything: what is refused here would let a stranger reach,
through our server, machines that only our server can see.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from links.faults import Failed, Fault

PORTS = {"http": 80, "https": 443}
IN_A_PATH = "/%:@!$&'()*+,;=~?[]"  # stays as it is written; everything else is percent-encoded
GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # without addresses of version 4 in any disguise but these two:
TUNNELS = (ipaddress.ip_network("2001::/32"), ipaddress.ip_network("2002::/16"))


@dataclass(frozen=True)
class Target:
    """An address taken apart: what to connect to, and what to ask for there."""

    scheme: str
    host: str
    port: int
    path: str  # with the query

    @property
    def origin(self):
        """Scheme, name and port, as the address of a robots.txt needs them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{host}:{self.port}"


def target_of(address):
    """Take an address apart; raises Failed where it is none that we ask."""
    try:
        parts = urlsplit(address)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        raise Failed(Fault.ADDRESS) from None
    port = PORTS.get(scheme) if port is None else port
    if scheme not in PORTS or not host or "@" in parts.netloc or port not in PORTS.values():
        raise Failed(Fault.ADDRESS)
    query = f"?{parts.query}" if parts.query else ""
    return Target(scheme, host, port, quote(f"{parts.path or '/'}{query}", safe=IN_A_PATH))


def host_of(address):
    """The name of the site, in small letters; "" where there is none."""
    try:
        return (urlsplit(address).hostname or "")[:255]
    except ValueError:
        return ""


def resolve(host, port):
    """The numeric addresses of a name, as text; raises Failed where it has none."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Failed(Fault.NAME) from None
    return list(dict.fromkeys(entry[4][0] for entry in found))


def is_public(number):
    """Whether a numeric address belongs to the public internet: to nothing private, local, shared or reserved."""
    address = ipaddress.ip_address(number)
    if address.version == 6:
        in_public = address in GLOBAL_UNICAST and not any(address in tunnel for tunnel in TUNNELS)
        return in_public and address.is_global
    return address.is_global and not address.is_multicast and not address.is_reserved
