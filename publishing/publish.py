"""Publishing: the only code that writes the live rows of an item from a revision.

Every function here is one transaction: all of it happens, or nothing.
"""

from collections import defaultdict

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import IntegrityError, transaction
from django.db.models import Exists, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import hooks, many_to_many
from publishing.models import Activity, ContentVersion
from publishing.parts import part_models, stored_parts
from publishing.readiness import NotReady, check
from publishing.revisions import Revision, Stale, add_revision
from publishing.snapshots import capture, part_fields


def publish(revision, *, by=None, at=None, note="", check_links=True, check_constraints=True):
    """Make a revision what the public sees, now, or at a moment to come where nothing of the item was ever public.

    Raises NotReady when the text has faults, Stale when this or a later revision is public already or the item is gone.
    A change of an item that is live is approved for a moment instead: see `approve`. A moment that has passed is that
    of an approval that comes late: what ended since then stays ended. `check_links=False` is for texts that come in
    together and link to each other; whoever asks for it looks at the links at the end.
    `check_constraints=False` is for many texts judged together: what breaks a constraint is refused when it is
    written, in fewer words.
    """
    [item] = publish_together(
        [revision], by=by, at=at, note=note, check_links=check_links, check_constraints=check_constraints
    )
    return item


def publish_together(revisions, *, by=None, at=None, note="", check_links=True, check_constraints=True):
    """`publish()` for revisions of items of one kind, each of another item, all or none: an import has thousands.

    Raises what `publish()` raises, of the first that cannot be public. Who wants to know which publishes one by one.
    """
    now = timezone.now()
    moment = at or now
    try:
        with ContentVersion.raised_at_the_end():
            items = _locked_items(revisions)
            for revision, item in zip(revisions, items, strict=True):
                if item.published_at is None or item.published_at > now:
                    item.published_at = moment
                if item.retired_at and item.retired_at <= moment:
                    item.retired_at, item.replacement_address = None, ""
                check(revision, live=item, check_links=check_links, check_constraints=check_constraints)
            waiting = Revision.objects.in_line().filter(pk__in=[one.pk for one in revisions], published_at=None)
            if waiting.update(published_at=now) != len(revisions):
                raise Stale
            _write(items)
            kind = Activity.Kind.SCHEDULED if moment > now else Activity.Kind.PUBLISHED
            Activity.log_each(zip(items, revisions, strict=True), kind, by=by, text=note)
    except IntegrityError as error:
        # A race that validation cannot see: somebody took the address between the check and the writing.
        model = revisions[0].content_type.model_class()
        raise NotReady({"item": {NON_FIELD_ERRORS: [_conflict_sentence(error, model)]}}) from error
    for revision in revisions:
        revision.published_at = now
    return items


def _locked_items(revisions):
    """The live rows of the items, in the order of the revisions; raise Stale where one is gone or public already.

    The texts that they translate are locked too: of two that name each other, the second is judged after the first.
    """
    model = revisions[0].content_type.model_class()
    keys = [revision.object_id for revision in revisions]
    originals = filter(None, (revision.data["item"].get("translation_of_id") for revision in revisions))
    wanted = Q(pk__in={*keys, *originals}) | _newly_above(model, revisions)
    rows = model._base_manager.filter(wanted).order_by("pk").select_for_update()
    items = {item.pk: item for item in rows}
    public = Revision.objects.last_published_numbers(model, keys)
    if any(one.object_id not in items or public.get(one.object_id, 0) >= (one.number or 0) for one in revisions):
        raise Stale
    return [items[key] for key in keys]


def _newly_above(model, revisions):
    """The condition for the rows under which items come to stand, where the kind is a tree.

    Whoever moves such a row writes the rows below it too, and cannot see one that comes to stand there meanwhile. Those
    that stand there already are written by both, and it is enough that they are locked.
    """
    condition = Q(pk__in=[])
    for field in model._meta.concrete_fields:
        if field.related_model is model and field.name != "translation_of":
            for revision in revisions:
                if key := revision.data["item"].get(field.attname):
                    there = model._base_manager.filter(pk=revision.object_id, **{field.attname: key})
                    condition |= Q(pk=key) & ~Exists(there)
    return condition


def _conflict_sentence(error, model):
    """What the constraint that was broken says of itself; of one that keeps addresses apart, that one is taken."""
    broken = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
    constraints = [one for owner in (model, *part_models(model)) for one in owner._meta.constraints]
    constraint = next((one for one in constraints if one.name == broken), None)
    if {"slug", "path"} & set(getattr(constraint, "fields", ())):
        return _("Another item took this address a moment ago. Choose another one.")
    if constraint and constraint.violation_error_message != constraint.default_violation_error_message:
        return constraint.get_violation_error_message()
    return _("The database refused this text. Check the fields and publish again.")


def _write(items):
    """Write items in memory, of one kind, into the live tables: their rows, their parts, their links."""
    for item in items:
        item.save()
    stored = stored_parts(items)
    for part in part_models(type(items[0])):
        rows = [row for item in items for row in item.part_rows[part._meta.label_lower]]
        owner = part._meta.get_field(part.parent_field).attname
        owners = {row.pk: getattr(row, owner) for row in rows}
        if len(owners) < len(rows) or any(stored[part].get(key, owners[key]) != owners[key] for key in owners):
            raise _copied_rows(part)
        if gone := stored[part].keys() - owners.keys():
            part._base_manager.filter(pk__in=gone).delete()
        names = [field.name for field in part_fields(part) if not field.primary_key]
        if rows:
            part._base_manager.bulk_create(
                rows, update_conflicts=True, unique_fields=[part._meta.pk.name], update_fields=names
            )
    many_to_many.write(items)
    hooks.run(*items)
    ContentVersion.bump()


def _copied_rows(part):
    """A text that was copied with its keys must not write into the blocks of the item that it was copied from."""
    kind = part._meta.verbose_name
    sentence = _("A block (%(kind)s) belongs to another text. Delete it here and add it anew.") % {"kind": kind}
    return NotReady({"item": {NON_FIELD_ERRORS: [sentence]}})


def show_anew(items):
    """Tell everybody that readers see other words on some items, though nobody published them: a name that they show
    was changed. Call it inside the transaction that changes the name, and `lock_items` before the name is written.
    """
    for rows in lock_items(items):
        rows.update(updated_at=timezone.now())
    hooks.run(*items)
    ContentVersion.bump()


def lock_items(items):
    """Lock the live rows of items of any kinds as `publish()` locks them; return a queryset of those of each kind.

    Whoever publishes an item locks it before the records that it names: whoever changes a record does the same.
    """
    keys = defaultdict(list)
    for item in items:
        keys[type(item)].append(item.pk)
    models = sorted(keys, key=lambda model: model._meta.label)
    locked = [model._base_manager.filter(pk__in=keys[model]) for model in models]
    for rows in locked:
        list(rows.order_by("pk").select_for_update().values_list("pk"))
    return locked


def first_revision(item):
    """The first revision of a row that has none yet: what stands in the live tables, as public as the row is."""
    with transaction.atomic():
        revision = add_revision(type(item), item.pk, capture(item), base=None)
        if item.published_at:
            revision.published_at = item.published_at
            revision.save(update_fields=["published_at"])
    return revision


def ensured_revision(item):
    """The end of an item's line; made from the live row where there is none. Two may ask at once."""
    newest = Revision.objects.of(item).newest()
    if newest is None:
        try:
            return first_revision(item)
        except Stale:
            return Revision.objects.of(item).newest()
    return newest


def restore(revision, *, by=None):
    """Make an old revision the draft: a new revision with its text at the end of the line."""
    model = revision.content_type.model_class()
    newest = Revision.objects.of_key(model, revision.object_id).newest()
    text = _("Text of version %(number)s brought back") % {"number": revision.number or "–"}
    return add_revision(model, revision.object_id, revision.data, base=newest, author=by, note=text)


def recover(model, pk, *, by=None):
    """Bring a deleted item back under its old key, as an unpublished item whose draft is its last text.

    Raises Stale when it was not deleted, or has come back already.
    """
    newest = Revision.objects.of_key(model, pk).newest()
    if newest is None:
        raise Stale
    try:
        with transaction.atomic():
            item = model.create_stub(pk=pk, language=newest.data["item"].get("language") or "en")
            Revision.objects.of(item).take_back_approvals()
            add_revision(model, pk, newest.data, base=newest, author=by, note=_("Recovered"))
            Activity.log(item, Activity.Kind.RECOVERED, by=by)
    except IntegrityError as error:
        raise Stale from error
    return item


def undo_publish(item, *, by=None, note=""):
    """Make public again what was public before; an open draft stays the open draft. One step, nothing is lost.

    Raises NotReady for what is not public now or was not before.
    """
    revisions = Revision.objects.of(item)
    with ContentVersion.raised_at_the_end():
        row = type(item)._base_manager.select_for_update().get(pk=item.pk)
        before = revisions.published()[1:2]
        if not (row.is_public and before):
            raise NotReady({"item": {NON_FIELD_ERRORS: [_("There is no earlier public text to go back to.")]}})
        newest = revisions.newest()
        # What was approved before is older now than what is public. The open draft goes on as it was, as a copy.
        for overtaken in revisions.approved():
            if overtaken != newest:
                Activity.log(item, Activity.Kind.WITHDRAWN, by=by, revision=overtaken, text=_("Publishing undone"))
        revisions.take_back_approvals()
        back = add_revision(type(item), item.pk, before[0].data, base=newest, author=by, note=_("Publishing undone"))
        # It was public before, so a link that died since then is no reason to refuse.
        publish(back, by=by, note=note or _("Publishing undone"), check_links=False)
        if newest.published_at is None:
            draft = add_revision(type(item), item.pk, newest.data, base=back, author=newest.author, note=newest.note)
            Revision.objects.filter(pk=draft.pk).update(state=newest.state, publish_at=newest.publish_at)
    return back
