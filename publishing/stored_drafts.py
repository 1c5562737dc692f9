"""For migrations: keep the stored snapshots in step with fields that are renamed."""

from django.db import migrations

_ITEM = """
UPDATE publishing_revision
   SET data = jsonb_set(data #- ARRAY['item', %(old)s], ARRAY['item', %(new)s], data #> ARRAY['item', %(old)s])
 WHERE data -> 'item' ? %(old)s
   AND content_type_id = (SELECT id FROM django_content_type WHERE app_label = %(app)s AND model = %(model)s)
"""
_PART = """
UPDATE publishing_revision
   SET data = jsonb_set(data, ARRAY['parts', %(label)s], (
         SELECT coalesce(jsonb_agg(
                  CASE WHEN part ? %(old)s THEN (part - %(old)s) || jsonb_build_object(%(new)s, part -> %(old)s)
                       ELSE part END ORDER BY place), '[]')
           FROM jsonb_array_elements(data #> ARRAY['parts', %(label)s]) WITH ORDINALITY AS rows (part, place)))
 WHERE data -> 'parts' ? %(label)s
"""


def rename_in_drafts(label, old, new):
    """A migration operation to stand beside RenameField: the same field in every stored snapshot, drafts and history.

    `label` is that of an item's model or of a block's (“pages.page”, “pages.heading”); `old` and `new` are names of
    columns, so a foreign key ends in `_id`. It can be undone.
    """
    return migrations.RunPython(
        lambda apps, editor: _rename(editor.connection, label, old, new),
        lambda apps, editor: _rename(editor.connection, label, new, old),
    )


def _rename(connection, label, old, new):
    app, model = label.lower().split(".")
    values = {"label": label.lower(), "app": app, "model": model, "old": old, "new": new}
    with connection.cursor() as cursor:
        cursor.execute(_ITEM, values)
        cursor.execute(_PART, values)
