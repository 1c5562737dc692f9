"""The table of headers: what every answer says to browsers, and the policy of each kind of answer."""

import re

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
IN_PRODUCTION = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload"}
OWN_FILES = (
    "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "connect-src 'self'",
    "manifest-src 'self'",
)  # fmt: skip
CLOSED = ("default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'")
READERS = {*CLOSED, *OWN_FILES}
NONCE = re.compile(r"'nonce-[\w+/=-]{16,}'")
STAFF = READERS - {*OWN_FILES[:3]} | {
    "script-src 'self' NONCE", "style-src 'self' NONCE", "img-src 'self' data: blob:"
}  # fmt: skip
PDF = {"default-src 'none'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"}
POLICIES = {"readers": READERS, "staff": STAFF, "a PDF": PDF, "a file": PDF | {"sandbox"}}
REFUSED = ("camera", "geolocation", "microphone", "payment", "usb", "display-capture", "browsing-topics")


def faults(response, kind="readers", sharing="same-origin", more=()):
    """What is wrong with the headers of an answer of one kind; an empty list where nothing is."""
    expected = EVERYWHERE | {"Cross-Origin-Resource-Policy": sharing} | dict(more)
    found = [f"{name}: {response.get(name)}" for name, value in expected.items() if response.get(name) != value]
    policy = response.get("Content-Security-Policy", "")
    if set(NONCE.sub("NONCE", policy).split("; ")) != POLICIES[kind] or "unsafe" in policy:
        found.append(f"Content-Security-Policy: {policy}")
    permissions = response.get("Permissions-Policy", "")
    found += [f"Permissions-Policy without {name}" for name in REFUSED if f"{name}=()" not in permissions]
    return found
