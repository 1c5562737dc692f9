"""Keeps the stored snapshots in step: with fields that a migration renames, with records that are merged."""

import json

from django.contrib.contenttypes.models import ContentType
from django.db import migrations

from publishing import many_to_many
from publishing.kinds import publishable_models
from publishing.models import Revision
from publishing.parts import part_models, said_by

AT_ONCE = 100  # revisions that are read and written together

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


def point_drafts_elsewhere(model, old, new):
    """In every stored snapshot, drafts and history: what names the row `old` of a model names the row `new` instead."""
    for batch in _locked_and_stored(Revision.objects.naming(model(pk=old))):
        for revision in batch:
            _point_elsewhere(revision.data, revision.content_type.model_class(), model, old, new)


def _locked_and_stored(revisions):
    """Revisions in lists, as they stand once they are locked: two who change other words of one at once lose nothing.

    What the caller changes of their snapshots is stored, a list with one statement.
    """
    keys = list(revisions.order_by("pk").values_list("pk", flat=True))
    locked = Revision.objects.select_for_update(of=("self",)).select_related("content_type").order_by("pk")
    for start in range(0, len(keys), AT_ONCE):
        batch = list(locked.filter(pk__in=keys[start : start + AT_ONCE]))
        yield batch
        Revision.objects.bulk_update(batch, ["data"])


def _point_elsewhere(data, owner, model, old, new):
    rows = [(owner, data["item"])]
    for part in part_models(owner):
        rows += [(part, row) for row in data["parts"].get(part._meta.label_lower, [])]
    for row_model, row in rows:
        for field in row_model._meta.concrete_fields:
            if field.related_model is model and row.get(field.attname) == old:
                row[field.attname] = new
    for part in part_models(owner):
        label = part._meta.label_lower
        if any(field.related_model is model for field in part._meta.concrete_fields):
            data["parts"][label] = _each_once(part, data["parts"].get(label, []), model, new)
    for name in many_to_many.names_to(model, owner):
        keys = data.get("m2m", {}).get(name, [])
        data["m2m"][name] = list(dict.fromkeys(new if key == old else key for key in keys))


def _each_once(part, rows, model, key):
    """The rows of a part without those that say of the row `key` of a model what one before has said."""
    names = [field.attname for field in part._meta.concrete_fields if field.related_model is model]
    kept, seen = [], []
    for row in sorted(rows, key=lambda row: row.get("ordering") or 0):
        said = {name: row.get(name) for name in said_by(part)}
        if said in seen and key in [row.get(name) for name in names]:
            continue
        kept.append(row)
        seen.append(said)
    return kept


def rename_tag_in_drafts(old, new):
    """In every stored snapshot, drafts and history: the tag `old`, in whatever capitals, is the tag `new`."""
    for model in publishable_models():
        for field in many_to_many.names_of(model):
            if many_to_many.is_tags(model, field):
                _rename_tag(model, field, old, new)


def _rename_tag(model, field, old, new):
    written = json.dumps(old, ensure_ascii=False)  # quotation marks look different in JSON
    bearing = Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(model), **{f"data__m2m__{field}__icontains": written[1:-1]}
    )
    for batch in _locked_and_stored(bearing):
        for revision in batch:
            names = revision.data["m2m"][field]
            renamed = [new if name.casefold() == old.casefold() else name for name in names]
            revision.data["m2m"][field] = list(dict.fromkeys(renamed))
