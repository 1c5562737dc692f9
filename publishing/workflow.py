"""From draft to reader: who may do what, and the steps between writing and publishing."""

import logging

from django.contrib.auth import get_permission_codename
from django.db import InterfaceError, OperationalError, transaction
from django.utils.translation import gettext as _

from publishing import notices
from publishing.deadlocks import is_deadlock
from publishing.models import Activity, Revision
from publishing.publish import publish
from publishing.readiness import NotReady, check
from publishing.revisions import Stale, item_of

logger = logging.getLogger(__name__)


def may_publish(user, model):
    """Whether a person may approve, publish and retire items of a kind."""
    return user.has_perm(f"{model._meta.app_label}.{get_permission_codename('publish', model._meta)}")


def _set_state(revision, state, *, was=Revision.State.values, **values):
    """Change the state of a draft; raise Stale when it was published, parked or in none of the states `was`."""
    open_ = Revision.objects.filter(pk=revision.pk, published_at=None, is_parked=False, state__in=was)
    if not open_.update(state=state, **values):
        raise Stale
    revision.state = state


def submit(revision, *, by, note=""):
    """Ask for review. The text may have faults still; the reviewer sees them. Raises Stale for what is approved."""
    with transaction.atomic():
        _set_state(revision, Revision.State.SUBMITTED, was=[Revision.State.WORKING])
        Activity.log(item_of(revision), Activity.Kind.SUBMITTED, by=by, revision=revision, text=note)
        reviewers = notices.publishers(revision.content_type.model_class()).exclude(pk=by.pk)
        notices.tell(reviewers, revision, by, "asks for review", note)


def send_back(revision, *, by, note):
    with transaction.atomic():
        _set_state(revision, Revision.State.WORKING, publish_at=None)
        Activity.log(item_of(revision), Activity.Kind.SENT_BACK, by=by, revision=revision, text=note)
        notices.tell(_authors(revision, by), revision, by, "sent back", note)


def approve(revision, *, at, by, note=""):
    """Publish a revision at a moment to come.

    What was never public becomes live content that waits for its moment, with nothing running. A change of what is
    live stays a revision, which the worker publishes when the moment has come. Raises NotReady, Stale.
    """
    with transaction.atomic():
        # Locked, or a colleague might publish it first: this text would then be public at once, not at its moment.
        item = item_of(revision, lock=True)
        if item is None:
            raise Stale
        if item.published_at is None:
            item = publish(revision, by=by, at=at, note=note)
        else:
            check(revision)
            _set_state(revision, Revision.State.APPROVED, publish_at=at, waits_because="")
            Activity.log(item, Activity.Kind.APPROVED, by=by, revision=revision, text=note, moment=at)
        notices.tell(_authors(revision, by), revision, by, "approved", note)
    return item


def publish_now(revision, *, by, note=""):
    """Publish a revision and tell its author, when that is somebody else."""
    with transaction.atomic():
        item = publish(revision, by=by, note=note)
        notices.tell(_authors(revision, by), revision, by, "published", note)
    return item


def _authors(revision, by):
    return [revision.author] if revision.author and revision.author != by else []


def withdraw(item, *, by, note=""):
    """Take back, before its moment, what is approved of an item, whatever was saved on top of it since.

    Raises Stale when nothing is approved (any more).
    """
    with transaction.atomic():
        approved = list(Revision.objects.of(item).approved().select_for_update())
        if not approved:
            raise Stale
        for revision in approved:
            _set_state(revision, Revision.State.WORKING, publish_at=None)
            Activity.log(item, Activity.Kind.WITHDRAWN, by=by, revision=revision, text=note)


def publish_due():
    """Publish every approved revision whose moment has come; return how many.

    One that cannot be published waits, shows on the dashboard and, with the reason, on the health page, and keeps no
    other from its moment; one that was overtaken, or whose item is gone, is a draft again.
    """
    published = 0
    for revision in Revision.objects.due():
        try:
            published += _publish_if_still_due(revision)
        except NotReady as error:
            _keep_waiting(revision, " ".join(error.sentences()))
        except Stale:
            Revision.objects.filter(pk=revision.pk).take_back_approvals()
            logger.warning("Revision %s was overtaken before its moment.", revision.pk)
        except (OperationalError, InterfaceError) as error:
            if not is_deadlock(error):
                raise  # it is the database that is away
            logger.warning("Revision %s is due; somebody else changed the same. The next round has it.", revision.pk)
        except Exception:
            logger.exception("Revision %s is due, and publishing it failed.", revision.pk)
            _keep_waiting(revision, _("A fault of the site stopped it: the log of the worker says which."))
    return published


@transaction.atomic
def _publish_if_still_due(revision):
    """Publish an approved revision; do nothing, and return False, where that was taken back meanwhile."""
    item_of(revision, lock=True)  # in the order in which all publishing locks: first the item
    if not Revision.objects.due().filter(pk=revision.pk).select_for_update():
        return False
    publish(revision, at=revision.publish_at, check_links=False)  # its links were good when it was approved
    return True


def _keep_waiting(revision, reason):
    """Write down why a revision could not be published; the worker asks every few seconds and says it once."""
    if revision.waits_because != reason:
        Revision.objects.filter(pk=revision.pk).update(waits_because=reason)
        logger.warning("Revision %s is due but not ready: %s", revision.pk, reason)
