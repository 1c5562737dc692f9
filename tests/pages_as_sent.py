"""A test client that reads each page as a browser under our Content Security Policy would."""

import json
import re

from django.test import Client

FAULTS = {
    "an inline event handler": re.compile(rb"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an inline style": re.compile(rb"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(rb"<style[\s>]", re.IGNORECASE),
    "a stray template mark": re.compile(rb"\{\{|\{%|\}\}|%\}"),
}
DATA = re.compile(rb'<script (?:id="[\w-]+" )?type="application/(?:ld\+)?json"[^>]*>(?P<data>.*?)</script>', re.DOTALL)
SCRIPT = re.compile(rb"<script(?P<attributes>[^>]*)>", re.IGNORECASE)


class StrictClient(Client):
    def request(self, **request):
        response = super().request(**request)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            assert_clean(response.content, request["PATH_INFO"])
        return response


def assert_clean(html, path):
    """Fail with the words around the first thing that our policy forbids in a page."""
    in_admin = path.startswith("/admin/")
    faults = {} if in_admin else FAULTS
    for block in DATA.finditer(html):
        json.loads(block["data"])  # its braces may stand in pairs; a template mark would be no JSON
    words = DATA.sub(b"", html)
    for name, pattern in faults.items():
        found = pattern.search(words)
        assert not found, f"{path} holds {name}: {words[found.start() : found.start() + 120]!r}"
    for script in SCRIPT.finditer(html):
        attributes = script["attributes"]
        allowed = b"src=" in attributes or b"nonce=" in attributes or b"application/json" in attributes
        assert allowed or b"ld+json" in attributes, f"{path} holds an inline script: {script[0]!r}"
