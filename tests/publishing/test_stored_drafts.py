"""Drafts that were stored before a migration are readable after it."""

import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection

from publishing.kinds import publishable_models
from publishing.models import Revision
from publishing.parts import part_models
from publishing.publish import ensured_revision
from publishing.snapshots import item_fields, part_fields
from publishing.stored_drafts import rename_in_drafts
from tests.drafts import block, save_draft

STORED = Path(__file__).with_name("stored_fields.toml")
ADVICE = """
The fields that drafts hold have changed. If you renamed one, put rename_in_drafts() from publishing.stored_drafts
beside RenameField in the migration. Then write the new list into tests/publishing/stored_fields.toml:

"""


def fields_now():
    found = {}
    for model in publishable_models():
        found[model._meta.label_lower] = sorted(field.attname for field in item_fields(model))
        for part in part_models(model):
            found[part._meta.label_lower] = sorted(field.attname for field in part_fields(part))
    return found


def test_nobody_renamed_a_field_and_forgot_the_stored_drafts():
    now = fields_now()
    listing = "\n".join(f'"{label}" = {names}'.replace("'", '"') for label, names in sorted(now.items()))
    assert now == tomllib.loads(STORED.read_text()), ADVICE + listing


@pytest.fixture
def draft(make_page):
    def change(data):
        data["item"]["title"] = "A draft"
        data["parts"]["pages.heading"] = [block("heading", text="One"), block("heading", text="Two")]

    return save_draft(make_page("Partners"), change)


def run(operation, *, back=False):
    with connection.schema_editor() as editor:
        (operation.reverse_code if back else operation.code)(apps, editor)


def test_a_renamed_field_of_an_item_keeps_its_words_in_every_revision(draft, make_page):
    other = ensured_revision(make_page("Policy"))
    operation = rename_in_drafts("pages.page", "title", "name")
    run(operation)
    stored = Revision.objects.get(pk=draft.pk).data["item"]
    assert (stored["name"], "title" in stored) == ("A draft", False)
    assert Revision.objects.get(pk=other.pk).data["item"]["name"] == "Policy"
    run(operation, back=True)
    assert Revision.objects.get(pk=draft.pk).data == draft.data


def test_a_renamed_field_of_a_block_keeps_its_words_and_the_blocks_their_order(draft):
    operation = rename_in_drafts("pages.heading", "text", "words")
    run(operation)
    rows = Revision.objects.get(pk=draft.pk).data["parts"]["pages.heading"]
    assert [row["words"] for row in rows] == ["One", "Two"]
    assert not any("text" in row for row in rows)
    run(operation, back=True)
    assert Revision.objects.get(pk=draft.pk).data == draft.data
