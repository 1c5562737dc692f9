"""What the dashboard of the admin shows first: the work that waits for the person who signed in."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.kinds import publishable_models
from publishing.models import Revision
from publishing.workflow import may_publish

EXAMPLES = 3

_sources = []


@dataclass
class Waiting:
    """One line: how many of what, the first of them by name, and where to go. `is_due` marks what cannot wait."""

    count: int
    text: str
    examples: list  # pairs (title, address)
    is_due: bool = False


def register(function):
    """Let another app add lines: `function(user)` gives an iterable of Waiting."""
    if function not in _sources:
        _sources.append(function)
    return function


def waiting_for(user):
    """All lines for a person that have something to say."""
    lines = [*_drafts(user), *_reviews_passed(user)]
    for source in _sources:
        lines += source(user)
    return [line for line in lines if line.count]


def _drafts(user):
    drafts = list(
        Revision.objects.open_drafts().filter(content_type__in=_editable_types(user)).select_related("content_type")
    )
    late = Revision.objects.due().filter(content_type__in=_editable_types(user)).select_related("content_type")
    models = [model for model in publishable_models() if may_publish(user, model)]
    publishable = set(ContentType.objects.get_for_models(*models).values()) if models else set()
    submitted = [r for r in drafts if r.state == Revision.State.SUBMITTED and r.content_type in publishable]
    yield _line(submitted, _("Drafts sent for review"))
    yield _line(list(late), _("Approved texts whose moment has passed: is the worker running?"), is_due=True)
    approved = [r for r in drafts if r.state == Revision.State.APPROVED and r.publish_at > timezone.now()]
    yield _line(approved, _("Approved texts that wait for their moment"))
    yield _line([r for r in drafts if r.author_id == user.pk], _("Your open drafts"))


def _editable_types(user):
    models = [m for m in publishable_models() if user.has_perm(f"{m._meta.app_label}.change_{m._meta.model_name}")]
    return list(ContentType.objects.get_for_models(*models).values()) if models else []


def _line(revisions, text, is_due=False):
    examples = [(r.title, _change_url(r.content_type.model_class(), r.object_id)) for r in revisions[:EXAMPLES]]
    return Waiting(len(revisions), text, examples, is_due and bool(revisions))


def _reviews_passed(user):
    today = timezone.localdate()
    for model in publishable_models():
        if user.has_perm(f"{model._meta.app_label}.change_{model._meta.model_name}"):
            passed = list(model.objects.public().filter(review_by__lt=today).order_by("review_by"))
            examples = [(str(item), _change_url(model, item.pk)) for item in passed[:EXAMPLES]]
            yield Waiting(len(passed), _("Texts past their day of review"), examples, is_due=True)


def _change_url(model, pk):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
