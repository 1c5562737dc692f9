"""What stands beside the form of a draft: its state, its last versions and notes, the steps at hand."""

from django.conf import settings

from publishing import preview
from publishing.checks import findings_of, report_on
from publishing.draft_steps import STEPS
from publishing.models import Activity, Revision, State
from publishing.presence import who_else
from publishing.versions import with_standing
from publishing.workflow import may_publish


def panel_of(item, request, *, may_change):
    """The context of `admin/publishing/_panel.html`: of a draft in memory, with its live row in `item.stored`."""
    stored, user = item.stored, request.user
    revisions = Revision.objects.of(item).select_related("author").defer("data")
    published = list(revisions.published()[:2]) if stored.published_at else []
    approved = list(revisions.approved().order_by("publish_at"))
    at_hand = _steps_at_hand(stored, item.newest, published, approved) if may_change else set()
    return {
        "item": stored,
        "may_change": may_change,
        "base": item.base or item.newest,
        "newest": item.newest,
        "stays_because": stored.stays_because(),
        "is_draft": item.newest.published_at is None,
        "revisions": with_standing(
            revisions.in_line().newest_first()[:5], stored, last=published[0] if published else None, newest=item.newest
        ),
        "approved": approved,
        "activities": Activity.objects.of(item).select_related("author")[:5],
        # A form that was sent has put what was typed into the item.
        "checks": findings_of(item.newest) if request.method == "POST" else report_on(item),
        "who_else": who_else(item, user),
        "preview_address": _preview_address(item.newest, stored),
        "preview_days": preview.DAYS,
        "steps": [
            step for step in STEPS if step.name in at_hand and (may_publish(user, type(item)) or not step.needs_publish)
        ],
    }


def _preview_address(revision, stored):
    return settings.SITE_URL + preview.signed_path(revision) if preview.is_given_out(revision, stored) else ""


def _steps_at_hand(stored, newest, published, approved):
    """The names of the steps that make sense now."""
    is_draft = newest.published_at is None
    steps = {
        "publish": is_draft,
        "submit": is_draft and newest.state == Revision.State.WORKING,
        "send_back": newest.waits_for_review,
        "withdraw": approved,
        "retire": stored.published_at and not stored.retired_at and not stored.stays_because(),
        "keep_online": stored.retired_at and stored.state != State.RETIRED,
        "replacement": stored.retired_at,
        "undo": stored.is_public and len(published) == 2,
    }
    return {"comment", "revoke"} | {name for name, makes_sense in steps.items() if makes_sense}
