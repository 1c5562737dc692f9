"""Taking an item away from the public, at once or by the clock, and what readers are told at its address.

Every function here is one transaction, as in `publishing.publish`.
"""

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import hooks
from publishing.checks.links import own_path, path_of
from publishing.models import Activity, ContentVersion
from publishing.readiness import NotReady
from publishing.revisions import Revision


def retire(item, *, by=None, at=None, note="", replacement=""):
    """Take an item away from the public, now or at a moment to come; its address then answers 410.

    `replacement` is where readers are sent instead. The text and its history stay; changes approved for a later
    moment are drafts again, or they would bring it back. An item that waits for its first moment, and would not have
    come to it, is a draft again at once: `published_at` of the row that is returned is None then. Raises NotReady for
    what was never meant to be public.
    """
    now = timezone.now()
    with ContentVersion.raised_at_the_end():
        row = _locked(item)
        if row.published_at is None:
            _refuse(_("It is not public: there is nothing to take offline."))
        if sentence := row.stays_because():
            _refuse(sentence)
        _check_replacement(row, replacement)
        moment = at or now
        if row.published_at > moment:
            moment = None
            _unschedule(row)
        else:
            row.retired_at, row.replacement_address = moment, replacement
            row.save()
            Revision.objects.of(row).filter(publish_at__gte=moment).take_back_approvals()
            hooks.run(row)
        ContentVersion.bump(is_removal=True)
        Activity.log(row, Activity.Kind.RETIRED, by=by, text=note, moment=moment)
    return row


def _unschedule(row):
    """Make an item that never was public yet a draft again."""
    row.published_at = row.retired_at = None
    row.replacement_address = ""
    row.save()
    Revision.objects.of(row).filter(published_at__isnull=False).update(published_at=None)
    Revision.objects.of(row).take_back_approvals()
    hooks.run(row)


def keep_online(item, *, by=None, note=""):
    """Take back the moment to come at which an item would have gone offline. Raises NotReady where there is none."""
    with ContentVersion.raised_at_the_end():
        row = _locked(item)
        if not (row.retired_at and row.retired_at > timezone.now()):
            _refuse(_("It is not going offline: there is nothing to take back."))
        row.retired_at, row.replacement_address = None, ""
        row.save()
        hooks.run(row)
        Activity.log(row, Activity.Kind.STAYS, by=by, text=note)
    return row


def change_replacement(item, *, by=None, note="", replacement=""):
    """Say anew what replaces an item that is offline, or goes there. Raises NotReady for one that stays."""
    with ContentVersion.raised_at_the_end():
        row = _locked(item)
        if not row.retired_at:
            _refuse(_("It is not offline: nothing has to replace it."))
        _check_replacement(row, replacement)
        row.replacement_address = replacement
        row.save()
        hooks.run(row)
        Activity.log(row, Activity.Kind.POINTED, by=by, text=note)
    return row


def _locked(item):
    return type(item)._base_manager.select_for_update().get(pk=item.pk)


def _check_replacement(row, replacement):
    if replacement and path_of(replacement) == own_path(row):
        _refuse(_("It cannot be replaced by itself: write another address, or leave it empty."))


def _refuse(sentence):
    raise NotReady({"item": {NON_FIELD_ERRORS: [sentence]}})
