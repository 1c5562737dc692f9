"""What every loader of starting content does: it remembers what it wrote, passes over what has not changed, and leaves
alone what an editor has changed or deleted.
"""

import hashlib
import json
import uuid
from contextlib import contextmanager

from django.forms.models import model_to_dict

from coalition_site.models import LoadedContent
from publishing.models import Publishable, Revision
from publishing.publish import ensured_revision, publish
from publishing.revisions import add_revision
from publishing.snapshots import blank, item_fields, part_fields, row_data

KEPT = ("reviewed_on", "review_by")  # what a file does not speak of stays as the editors left it


@contextmanager
def named(place):
    """Put the file, and the place in it, below the message of whatever is wrong with it."""
    try:
        yield
    except Exception as error:
        error.add_note(f"in the starting content: {place}")
        raise


class Loader:
    def __init__(self):
        self.records = {record.key: record for record in LoadedContent.objects.all()}
        self.number_written = 0
        self.revisions = {}  # by path: what was published by this load

    def load(self, key, data, write, model):
        """Call `write` with the object to fill (None: a new one), unless there is nothing to do.

        `write` gives the object as it was written, or None where an editor was there first.
        """
        source, record = digest(data), self.records.get(key)
        if record and record.source == source:
            return
        present = model.objects.filter(pk=record.object_id).first() if record else None
        if record and (present is None or not is_as_written(record.written, state_of(present))):
            return
        written = write(present)
        if written is not None:
            self._remember(key, source, written)

    def write_item(self, path, item, filled, rows, *, links=None, kept=KEPT):
        """Publish what a file says, as the next revision of an item: `filled` has its fields, `rows` are its parts in
        order, `links` its many-to-many keys. The fields named in `kept` stay as they are.
        """
        model, base = type(item), Revision.objects.of(item).newest()
        snapshot = blank(model)
        snapshot["item"] = row_data(filled, item_fields(model))
        if base:
            snapshot["item"] |= {name: base.data["item"][name] for name in kept if name in base.data["item"]}
        snapshot["m2m"] |= links or {}
        for number, row in enumerate(rows, start=1):
            row.ordering = number * 10
            snapshot["parts"][row._meta.label_lower].append(row_data(row, part_fields(type(row))))
        revision = add_revision(model, item.pk, snapshot, base=base, note="Starting content")
        publish(revision, check_links=False)  # what it links to may come later in the same load
        self.revisions[path] = revision
        return revision

    def _remember(self, key, source, item):
        record = self.records.setdefault(key, LoadedContent(key=key))
        record.model, record.object_id, record.source = item._meta.label, str(item.pk), source
        record.written = state_of(type(item).objects.get(pk=item.pk))
        record.save()
        self.number_written += 1

    def key_of(self, key):
        """The primary key of what was once loaded under a key; None where nothing was."""
        record = self.records.get(key)
        return int(record.object_id) if record else None


def block_rows(kinds, path, blocks):
    """The rows of the blocks of a file; `kinds`: name in the file → model."""
    for number, block in enumerate(blocks, start=1):
        values = {"region": "main"} | block
        kind = kinds[values.pop("kind")]
        yield kind(pk=row_key(path, kind.__name__, number), **values)


def row_key(path, *place):
    """The key of a part of the item at a path. It follows from its place, so that a change of one part in a file is a
    change of it alone.
    """
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{path}#{'-'.join(map(str, place))}")


def state_of(item):
    """What tells whether an editor has changed an item, as plain JSON data: its fields, or its newest revision."""
    if isinstance(item, Publishable):
        return {"revision": ensured_revision(item).pk}
    return json.loads(_as_json(model_to_dict(item)))


def is_as_written(then, now):
    """Whether nobody changed an item since it was in the state `then`. Fields that came or went since do not count."""
    if isinstance(then, dict):
        return all(is_as_written(value, now[name]) for name, value in then.items() if name in now)
    if isinstance(then, list):
        return len(then) == len(now) and all(map(is_as_written, then, now))
    return then == now


def digest(data):
    return hashlib.sha256(_as_json(data).encode()).hexdigest()


def _as_json(data):
    return json.dumps(data, sort_keys=True, default=str)
