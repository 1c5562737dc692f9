"""An address of every pattern of the resolver, with what its page knows of parameters and of fields."""

from collections.abc import Iterable

import lxml.html
from django.db import transaction
from django.urls import reverse

from tests.closed.rights import admin_addresses
from tests.faults.strategies import HOST, Target
from tests.whole_site.addresses import patterns

PARTS = {
    "name": "csv", "kind": "atom", "path": "partners/", "token": "some", "shelf": "topic", "year": 2026, "month": 11,
    "day": 3, "key": "some", "uidb36": "1", "number": 1, "pk": 1, "slug": "some", "page": 2,
}  # fmt: skip


def targets(browser, objects):
    """A target for each pattern; `objects`: model → a row of it, `browser`: a signed-in client."""
    rows = {model._meta.label_lower: row for model, row in objects.items()}
    addresses = _reader_addresses(rows) | admin_addresses(objects)
    return [_target(browser, name, address) for name, address in addresses.items()]


def _reader_addresses(rows):
    work = rows["resources.publication"]
    slugs = {"resources": work, "resources_api": work, "blog": rows["blog.entry"], "faq": rows["faq.question"]}
    own = {
        "publishing:picture_file": {"name": rows["publishing.picture"].image.url.rpartition("/")[2]},
        "resources:work_export": {"name": "ris"},
        "resources:work_file": {"name": f"{work.slug}.pdf"},
        "blog:archive": {"name": "series", "slug": rows["blog.series"].slug},
        "blog:archive_feed": {"name": "series", "slug": rows["blog.series"].slug},
        "sitemap_part": {"name": "pages"},
    } | {
        f"resources:shelf{rest}": {"slug": rows["vocabulary.topic"].slug} for rest in ("", "_feed", "_export")
    }  # fmt: skip
    found = {}
    for name, entry, _has_language in patterns():
        if name.startswith("admin:"):
            continue
        item = slugs.get(name.partition(":")[0])
        values = PARTS | ({"slug": item.slug} if item else {}) | own.get(name, {})
        parts = entry.pattern.regex.groupindex.keys() | entry.pattern.converters.keys()
        found[name] = reverse(name, kwargs={part: values[part] for part in parts})
    return found


def _target(browser, name, address):
    with transaction.atomic():
        response = browser.get(address, secure=True, headers={"host": HOST})
        body = b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    fields = {}
    if response.headers.get("Content-Type", "").startswith("text/html") and body:
        for form in lxml.html.fromstring(body.decode()).forms:
            fields |= {key: value for key, value in form.form_values() if key}
    known = getattr(response, "parameters", None)
    return Target(name, address, tuple(known) if isinstance(known, Iterable) else (), fields)
