"""Reads the table of rights (rights.txt) and says which address stands for which of its rows."""

from pathlib import Path

from django.contrib import admin
from django.urls import reverse

from tests.closed.asking import PERSONS
from tests.whole_site.addresses import patterns

TABLE = Path(__file__).with_name("rights.txt")
OLD_ADDRESS = "<path:object_id>/"  # of Django: <app>/<model>/<key>/ leads on to the form


def rows():
    """(name of a pattern, method) → the words of its row, in the order of PERSONS."""
    found = {}
    prefixes = []
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        line = line.partition("#")[0].strip()
        if line.startswith("["):
            section = line.strip("[]").split()
            prefixes = [f"admin:{model}_" for model in section[1:]] or ["admin:" if section[0] == "admin" else ""]
        elif line:
            method, *words = line.split()
            words, names = tuple(words[: len(PERSONS)]), words[len(PERSONS) :]
            for key in ((f"{prefix}{name}", method) for prefix in prefixes for name in names):
                assert key not in found, f"{key} stands in the table twice"
                found[key] = words
    return found


def admin_addresses(objects):
    """Name of each pattern of the admin → an address of it, of the row of its model in `objects`."""
    models = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    given = {"app_label": "pages", "url": "nowhere", "slug": "pictures", "reference": "some"}
    found = {}
    for name, entry, _has_language in patterns():
        if not name.startswith("admin:") or OLD_ADDRESS in name:
            continue
        model = next((model for key, model in models.items() if name.startswith(f"admin:{key}_")), None)
        numbers = dict.fromkeys(("object_id", "id", "pk"), objects[model].pk if model else 1)
        others = dict.fromkeys(("revision_id", "old_id", "new_id"), 0)
        parts = entry.pattern.regex.groupindex.keys() | entry.pattern.converters.keys()
        if entry.name:
            found[name] = reverse(name, kwargs={part: (given | numbers | others)[part] for part in parts})
        else:
            found[name] = reverse("admin:index") + "nowhere"
    return found


def is_of_accounts(name):
    """Whether a pattern stands below /accounts/: there nobody is a reader."""
    return name.startswith(("account_", "accounts_", "mfa_"))


def reader_addresses(objects):
    """Name of each pattern for readers, and of those of accounts → an address of it."""
    rows = {f"{model._meta.app_label}.{model._meta.model_name}": row for model, row in objects.items()}
    given = {
        "name": "csv", "kind": "atom", "path": "partners/", "token": "some", "shelf": "topic",
        "year": 2026, "month": 11, "day": 3, "number": 1, "key": "some", "uidb36": "1", "pk": 1, "object_id": 1,
    }  # fmt: skip
    own = {
        "publishing:picture_file": {"name": rows["publishing.picture"].image.url.rpartition("/")[2]},
        "resources_api:publication_detail": {"slug": rows["resources.publication"].slug},
        "resources:shelf": {"slug": rows["vocabulary.topic"].slug},
        "resources:work_export": {"name": "ris"},
        "resources:work_file": {"name": "making-the-difference.pdf"},
        "blog:archive": {"name": "series", "slug": rows["blog.series"].slug},
        "blog:archive_feed": {"name": "series", "slug": rows["blog.series"].slug},
    }
    own["sitemap_part"] = {"name": "page"}
    own["resources:shelf_feed"] = own["resources:shelf_export"] = own["resources:shelf"]
    slugs = {"resources": rows["resources.publication"], "blog": rows["blog.entry"], "faq": rows["faq.question"]}
    found = {}
    for name, entry, _has_language in patterns():
        if name.startswith("admin:"):
            continue
        item = slugs.get(name.partition(":")[0])
        values = given | ({"slug": item.slug} if item else {}) | own.get(name, {})
        parts = entry.pattern.regex.groupindex.keys() | entry.pattern.converters.keys()
        found[name] = reverse(name, kwargs={part: values[part] for part in parts})
    return found
