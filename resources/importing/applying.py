"""From a plan to drafts and, where it is asked for, to the public: all rows or none."""

import re
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import hooks
from publishing.models import ContentVersion, State
from publishing.publish import ensured_revision, publish, publish_together
from publishing.readiness import NotReady
from publishing.revisions import Stale, add_revision
from publishing.snapshots import blank
from resources.importing.comparing import text_of
from resources.importing.planning import NEW
from resources.models import Publication
from resources.models.publication import RESERVED_SLUGS
from vocabulary.slugs import LONGEST_SLUG, free_slug

AT_ONCE = 100  # works
IN_SHORT = {"check_links": False, "check_constraints": False}  # texts that come in together are judged together
LOCK = 710_294_551  # of the database, held by an import until its transaction ends; the number has no meaning


class Refused(Exception):
    """An import that did not happen; the sentence says why, nothing was written."""


@dataclass(frozen=True)
class Result:
    """Numbers of works: made, updated, and how many of both were published."""

    made: int
    updated: int
    published: int


@contextmanager
def one_at_a_time():
    """A transaction in which no other import runs: make the plan and apply it inside.

    What all who publish write to comes at its end: they go on meanwhile.
    """
    with ContentVersion.raised_at_the_end(), hooks.together():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        yield


def apply(plan, *, by=None, note="", with_publishing=False):
    """Write a plan through the store of revisions. Raises Refused.

    With publishing, new works and changes of public texts become public; what was taken offline, and what somebody
    has an open draft of, stays a draft.
    """
    if not plan.is_good:
        raise Refused(_("Some rows have faults. Nothing was imported."))
    written = [row for row in plan.rows if row.is_written]
    with transaction.atomic():
        plan.register.make(plan.made, by, note)
        slugs = plan.taken_slugs | RESERVED_SLUGS
        saved = [(row, _saved(row, slugs, by, note)) for row in written]
        public = [one for one in saved if _may_go_out(one[0])] if with_publishing else []
        _publish(public, by, note)
        # Who harvests asks for what has changed since the last time: all of it changes when it can be seen.
        Publication.objects.filter(pk__in=[one.object_id for _row, one in public]).update(updated_at=timezone.now())
    new = sum(row.outcome == NEW for row in written)
    return Result(new, len(written) - new, len(public))


def _saved(row, slugs, by, note):
    """The revision with the text of a row; `slugs` learns the address of a new work."""
    if row.current:
        pk = row.current.pk
        base = row.current.base or ensured_revision(Publication.objects.get(pk=pk))
        data = text_of(row.target, base.data)
    else:
        pk, base = Publication.create_stub(owner=by).pk, None
        data = text_of(row.target, blank(Publication))
        data["item"]["slug"] = _address(row.target.record, slugs)
    try:
        return add_revision(Publication, pk, data, base=base, author=by, note=note)
    except Stale as stale:
        raise _refused(row, _("Somebody else has saved this publication a moment ago.")) from stale


def _address(record, slugs):
    """The key of the record where it is free and fit to be an address, else one made from the title."""
    is_fit = re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", record.key) and not record.key.isdecimal()
    wanted = record.key[:LONGEST_SLUG] if is_fit else record.title
    slug = free_slug(wanted, slugs, otherwise="publication")
    slugs.add(slug)
    return slug


def _may_go_out(row):
    current = row.current
    return current is None or not (current.has_open_draft or current.state == State.RETIRED)


def _publish(saved, by, note):
    """Publish pairs of a row and its revision, many at a time; where one cannot be, say which."""
    for start in range(0, len(saved), AT_ONCE):
        batch = saved[start : start + AT_ONCE]
        try:
            publish_together([revision for _row, revision in batch], by=by, note=note, **IN_SHORT)
        except (NotReady, Stale):
            for row, revision in batch:
                _publish_one(row, revision, by, note)


def _publish_one(row, revision, by, note):
    try:
        publish(revision, by=by, note=note, **IN_SHORT)
    except NotReady as error:
        raise _refused(row, " ".join(error.sentences())) from error
    except Stale as stale:
        raise _refused(row, _("Somebody else has published this publication a moment ago.")) from stale


def _refused(row, sentence):
    words = _("Row %(row)s, “%(title)s”: %(sentence)s Nothing was imported.")
    return Refused(words % {"row": row.number, "title": row.title, "sentence": sentence})
