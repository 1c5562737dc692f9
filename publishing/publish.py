"""Publishing: the only code that writes the live rows of an item from a revision.

Every function here is one transaction: all of it happens, or nothing.
"""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import checks, hooks, many_to_many
from publishing.blocks import Block
from publishing.models import Activity, ContentVersion
from publishing.parts import part_models
from publishing.revisions import Revision, Stale, add_revision
from publishing.snapshots import capture, forget_lost_links, materialize, part_fields


class NotReady(Exception):
    """A draft that cannot be public as it is.

    `errors` is a dict: "item" → {field: [sentence]}, and label of a kind of part → {key of a row: {field: [sentence]}}.
    """

    def __init__(self, errors):
        super().__init__(errors)
        self.errors = errors

    def sentences(self):
        """All sentences in one list, for a message."""
        found = [sentence for sentences in self.errors.get("item", {}).values() for sentence in sentences]
        for label, rows in self.errors.items():
            if label != "item":
                found += [s for fields in rows.values() for sentences in fields.values() for s in sentences]
        return found


def item_of(revision, *, lock=False):
    """The live row of a revision's item; None when it was deleted."""
    rows = revision.content_type.model_class()._base_manager.filter(pk=revision.object_id)
    return (rows.select_for_update() if lock else rows).first()


def check(revision, *, check_links=True, check_constraints=True):
    """Judge a draft as strictly as the live tables do, and its content too; raise NotReady with what is wrong."""
    model = revision.content_type.model_class()
    draft = materialize(model, revision.object_id, revision.data, live=item_of(revision))
    draft.published_at = draft.published_at or timezone.now()
    if draft.retired_at and draft.retired_at <= timezone.now():
        draft.retired_at = None
    errors = {}
    lost = forget_lost_links(draft)
    try:
        asked = {"validate_unique": check_constraints, "validate_constraints": check_constraints}
        draft.full_clean(exclude=["owner"], **asked)
    except ValidationError as error:
        errors["item"] = error.message_dict
    for name in lost:
        sentence = _("What was chosen here has been deleted. Choose something else, or leave it empty.")
        errors.setdefault("item", {})[name] = [sentence]
    for name, sentences in many_to_many.errors_of(draft).items():
        errors.setdefault("item", {})[name] = sentences
    for label, rows in draft.part_rows.items():
        for row in rows:
            try:
                _clean(row, check_constraints)
            except ValidationError as error:
                errors.setdefault(label, {})[str(row.pk)] = error.message_dict
    checks.add_errors(errors, draft, check_links=check_links)
    if errors:
        raise NotReady(errors)
    return draft


def _clean(row, check_constraints):
    """Judge one part of a draft; raise ValidationError with what is wrong."""
    sure = {"id", row.parent_field}
    is_block = isinstance(row, Block)
    if is_block:
        # A page may have hundreds, so they ask the database nothing: the links read with a block exist, and its `clean`
        # says in words what the constraints of the database say.
        links = [field for field in row._meta.concrete_fields if field.is_relation]
        sure |= {field.name for field in links if field.get_cached_value(row, default=None)}
    asked = check_constraints and not is_block
    row.full_clean(exclude=sure, validate_unique=False, validate_constraints=asked)


def publish(revision, *, by=None, at=None, note="", check_links=True, check_constraints=True):
    """Make a revision what the public sees, now, or at a moment to come where nothing of the item was ever public.

    Raises NotReady when the text has faults, Stale when this or a later revision is public already or the item is gone.
    A change of an item that is live is approved for a moment instead: see `approve`. A moment that has passed is that
    of an approval that comes late: what ended since then stays ended. `check_links=False` is for texts that come in
    together and link to each other; whoever asks for it looks at the links at the end.
    `check_constraints=False` is for many texts judged together: what breaks a constraint is refused when it is
    written, in fewer words.
    """
    now = timezone.now()
    moment = at or now
    try:
        with transaction.atomic():
            item = item_of(revision, lock=True)
            if item is None:
                raise Stale
            live = Revision.objects.of(item).live()
            if live and live.number >= revision.number:
                raise Stale
            check(revision, check_links=check_links, check_constraints=check_constraints)
            if not Revision.objects.filter(pk=revision.pk, published_at=None, is_parked=False).update(published_at=now):
                raise Stale
            if item.published_at is None or item.published_at > now:
                item.published_at = moment
            if item.retired_at and item.retired_at <= moment:
                item.retired_at = None
            _apply(item, revision.data)
            kind = Activity.Kind.SCHEDULED if moment > now else Activity.Kind.PUBLISHED
            Activity.log(item, kind, by=by, revision=revision, text=note)
    except IntegrityError as error:
        # A race that validation cannot see: somebody took the address between the check and the writing.
        raise NotReady({"item": {NON_FIELD_ERRORS: [_conflict_sentence(error)]}}) from error
    revision.published_at = now
    return item


def _conflict_sentence(error):
    if "one_page_a_path" in str(error) or "unique" in str(error).lower():
        return _("Another item took this address a moment ago. Choose another one.")
    return _("The database refused this text. Check the fields and publish again.")


def _apply(item, data):
    """Write a snapshot into the live tables: the item, its parts, its links."""
    draft = materialize(type(item), item.pk, data, live=item)
    draft.save()
    for part in part_models(type(item)):
        rows = draft.part_rows[part._meta.label_lower]
        stored = part._base_manager.filter(**{part.parent_field: item})
        stored.exclude(pk__in=[row.pk for row in rows]).delete()
        names = [field.name for field in part_fields(part) if not field.primary_key]
        if rows:
            _refuse_rows_of_others(part, rows, item)
            part._base_manager.bulk_create(
                rows, update_conflicts=True, unique_fields=[part._meta.pk.name], update_fields=names
            )
    many_to_many.write(draft)
    hooks.run(item)
    ContentVersion.bump()


def show_anew(items):
    """Tell everybody that readers see other words on some items, though nobody published them: a name that they show
    was changed. Call it inside the transaction that changes the name.
    """
    for model in {type(item) for item in items}:
        keys = [item.pk for item in items if type(item) is model]
        model._base_manager.filter(pk__in=keys).update(updated_at=timezone.now())
    for item in items:
        hooks.run(item)
    ContentVersion.bump()


def _refuse_rows_of_others(part, rows, item):
    """A text that was copied with its keys must not write into the blocks of the item that it was copied from."""
    if part._base_manager.filter(pk__in=[row.pk for row in rows]).exclude(**{part.parent_field: item}).exists():
        kind = part._meta.verbose_name
        sentence = _("A block (%(kind)s) belongs to another text. Delete it here and add it anew.") % {"kind": kind}
        raise NotReady({"item": {NON_FIELD_ERRORS: [sentence]}})


def first_revision(item):
    """The first revision of a row that has none yet: what stands in the live tables, as public as the row is."""
    with transaction.atomic():
        revision = add_revision(type(item), item.pk, capture(item), base=None)
        if item.published_at:
            revision.published_at = item.published_at
            revision.save(update_fields=["published_at"])
    return revision


def newest_revision(item):
    """The end of an item's line; made from the live row where there is none. Two may ask at once."""
    newest = Revision.objects.of(item).newest()
    if newest is None:
        try:
            return first_revision(item)
        except Stale:
            return Revision.objects.of(item).newest()
    return newest


def retire(item, *, by=None, at=None, note="", replacement=""):
    """Take an item away from the public, now or at a moment to come; its address then answers 410.

    `replacement` is where readers are sent instead. The text and its history stay; changes approved for a later
    moment are drafts again, or they would bring it back. An item that still waits for its first moment simply stays
    a draft. Raises NotReady for what was never meant to be public.
    """
    now = timezone.now()
    with transaction.atomic():
        row = type(item)._base_manager.select_for_update().get(pk=item.pk)
        if row.published_at is None:
            raise NotReady({"item": {NON_FIELD_ERRORS: [_("It is not public: there is nothing to take offline.")]}})
        moment = at or now
        if row.published_at > moment:
            _unschedule(row)
        else:
            row.retired_at, row.replacement_address = moment, replacement
            row.save()
            Revision.objects.of(row).filter(publish_at__gte=moment).take_back_approvals()
            hooks.run(row)
        Activity.log(row, Activity.Kind.RETIRED, by=by, text=note, moment=moment)
    return row


def _unschedule(row):
    """Make an item that never was public yet a draft again."""
    row.published_at = None
    row.save()
    Revision.objects.of(row).filter(published_at__isnull=False).update(published_at=None)
    Revision.objects.of(row).take_back_approvals()
    hooks.run(row)


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
    with transaction.atomic():
        row = type(item)._base_manager.select_for_update().get(pk=item.pk)
        before = revisions.published()[1:2]
        if not (row.is_public and before):
            raise NotReady({"item": {NON_FIELD_ERRORS: [_("There is no earlier public text to go back to.")]}})
        newest = revisions.newest()
        back = add_revision(type(item), item.pk, before[0].data, base=newest, author=by, note=_("Publishing undone"))
        # It was public before, so a link that died since then is no reason to refuse.
        publish(back, by=by, note=note or _("Publishing undone"), check_links=False)
        if newest.published_at is None:
            draft = add_revision(type(item), item.pk, newest.data, base=back, author=newest.author, note=newest.note)
            Revision.objects.filter(pk=draft.pk).update(state=newest.state, publish_at=newest.publish_at)
    return back
