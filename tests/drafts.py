"""Helpers for tests that edit in the admin, as the browser would send it."""

import copy

import lxml.html

from pages.models import Heading, RichText, Statement
from publishing.publish import ensured_revision
from publishing.revisions import add_revision
from publishing.snapshots import part_fields, row_data
from tests.rows import rows_of_all_tables

KINDS = (
    "heading", "richtext", "statement", "pictureblock", "quote", "callout", "linkblock", "table", "video", "download",
)  # fmt: skip


def change_url(item):
    return f"/admin/{item._meta.app_label}/{item._meta.model_name}/{item.pk}/change/"


def form_data(page=None, blocks=(), **fields):
    """What the browser posts for a form filled in anew: fields of the page and its blocks as pairs (kind, fields)."""
    data = {"title": "", "summary": "", "slug": "", "language": "en", "position": "0", "addition": ""}
    for kind in KINDS:
        rows = [block for name, block in blocks if name == kind]
        prefix = f"pages_{kind}_set"
        data |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": 0}
        for number, row in enumerate(rows):
            row = {"region": "main", "ordering": 10 * number + 10, "parent": page.pk if page else ""} | row
            data |= {f"{prefix}-{number}-{name}": value for name, value in row.items()}
    return data | fields


def fields_of(html):
    """The names and values that a browser would send for the form of a change page, templates of new rows left out."""
    tree = lxml.html.fromstring(html)  # whether it is valid HTML is for other tests, and takes ten times as long
    form = next(form for form in tree.iter("form") if form.get("id", "").endswith("_form"))
    data = {}
    for field in form.iter():
        name, kind = field.get("name"), field.get("type", "")
        if (
            field.tag not in ("input", "textarea", "select")
            or not name
            or "__prefix__" in name
            or kind in ("submit", "file", "button")
        ):
            continue
        if kind in ("checkbox", "radio"):
            if field.get("checked") is not None:
                value = field.get("value", "on")
                data[name] = [*data[name], value] if isinstance(data.get(name), list) else [value]
        elif field.tag == "select":
            chosen = [option.get("value", "") for option in field.iter("option") if option.get("selected") is not None]
            data[name] = chosen if field.get("multiple") is not None else next(iter(chosen), "")
        else:
            data[name] = (field.text or "").removeprefix("\n") if field.tag == "textarea" else field.get("value", "")
    return data


def open_form(client, page):
    """The fields of the change form of a page as it is opened now."""
    response = client.get(change_url(page))
    assert response.status_code == 200
    return fields_of(response.content.decode())


def edit(client, page, *, button="_save", data=None, follow=False, **fields):
    """Open the form (or take `data`, opened before), change fields, press a button; give the response."""
    data = open_form(client, page) if data is None else data
    return client.post(change_url(page), data | fields | {button: "1"}, follow=follow)


def new_row(kind, number, **values):
    """The fields of a row that the browser adds to the form of a publication with `number` rows of its kind."""
    prefix = {"contributor": "contributors", "identifier": "identifiers", "workfile": "files"}[kind]
    return {f"{prefix}-{number}-{name}": value for name, value in values.items()} | {
        f"{prefix}-TOTAL_FORMS": str(number + 1)
    }


def take_step(client, page, name, *, seen=None, follow=True, **fields):
    """Send the form of a step, opened when `seen` (the newest by itself) was the newest revision; give the response."""
    seen = seen or ensured_revision(page)
    return client.post(f"/admin/pages/page/{page.pk}/{name}/", {"_revision": seen.pk} | fields, follow=follow)


# Tables that an editor's work may change without any reader seeing it.
BEHIND_THE_SCENES = {
    "publishing_revision", "publishing_activity", "publishing_presence", "publishing_heartbeat", "django_admin_log",
    "django_session", "accounts_limits", "auth_user", "django_migrations", "django_content_type",
}  # fmt: skip


def live_tables():
    """Every row of every table that readers' pages are made from."""
    return {name: sorted(rows) for name, rows in rows_of_all_tables(without=BEHIND_THE_SCENES).items()}


def save_draft(page, change=None, *, base=None, author=None, **fields):
    """Save a revision of a page through the store: `change(data)` edits the snapshot, `fields` its own fields."""
    base = base or ensured_revision(page)
    data = copy.deepcopy(base.data)
    data["item"] |= fields
    if change:
        change(data)
    return add_revision(type(page), page.pk, data, base=base, author=author)


def block(kind="richtext", **values):
    """A block of a page as a snapshot holds it."""
    model = {"richtext": RichText, "heading": Heading, "statement": Statement}[kind]
    return row_data(model(**({"region": "main", "ordering": 10} | values)), part_fields(model))
