"""What the lists of versions say of each: whether readers see it, saw it, or will."""

from django.utils.translation import gettext as _

from publishing.models import Revision, State


def with_standing(revisions, item, *, last, newest):
    """Give each of some revisions of an item its `standing` in words, empty where there is nothing to say.

    `item` is the live row, `last` what was published last (None: nothing was), `newest` the end of the line.
    """
    for revision in revisions:
        revision.standing = _standing(revision, item, last, newest)
    return revisions


def _standing(revision, item, last, newest):
    if revision.published_at:
        return _of_published(item, is_last=revision == last)
    if revision == newest or revision.state == Revision.State.APPROVED:
        return revision.get_state_display()
    return ""


def _of_published(item, *, is_last):
    if item.state == State.SCHEDULED:  # what was approved for its moment before was replaced, and never seen
        return _("approved for its moment") if is_last else ""
    return _("live") if is_last and item.is_public else _("was public")
