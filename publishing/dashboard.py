"""What the dashboard of the admin shows first: the work that waits for the person who signed in."""

from collections import Counter
from dataclasses import dataclass, field

from django.contrib.auth import get_permission_codename
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.draft_filters import DraftFilter
from publishing.kinds import publishable_models
from publishing.models import Revision
from publishing.workflow import may_publish

EXAMPLES = 3

_sources = []


@dataclass
class Waiting:
    """One line: how many of what, the first of them by name, and where to go. `is_due` marks what cannot wait.

    `lists`: where there are more than the examples, the lists that hold them all. `list_url`: where one list does.
    """

    count: int
    text: str
    examples: list  # pairs (title, address)
    is_due: bool = False
    lists: list = field(default_factory=list)  # triples (name of the kind, how many, address)
    list_url: str = ""

    @property
    def number_more(self):
        """How many are not among the examples."""
        return self.count - len(self.examples)


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
    models = editable_models(user)
    there = Revision.objects.of_existing(models).select_related("content_type").defer("data")
    drafts = list(there.open_drafts().order_by("-created_at"))
    approved = list(there.approved().order_by("publish_at", "pk"))
    publishable = [model for model in models if may_publish(user, model)]
    now = timezone.now()
    submitted = [r for r in drafts if r.state == Revision.State.SUBMITTED]
    for_review = [r for r in submitted if r.content_type.model_class() in publishable]
    yield _line(for_review, _("Drafts sent for review"), Revision.State.SUBMITTED)
    late = [r for r in approved if r.publish_at <= now]
    late_words = _("Approved texts whose moment has passed: is the worker running?")
    yield _line(late, late_words, Revision.State.APPROVED, is_due=True)
    waiting = [r for r in approved if r.publish_at > now]
    yield _line(waiting, _("Approved texts that wait for their moment"), Revision.State.APPROVED)
    yield _line([r for r in drafts if r.author_id == user.pk], _("Your open drafts"), DraftFilter.MINE)


def editable_models(user):
    """The kinds of content that a person may change."""
    return [
        model
        for model in publishable_models()
        if user.has_perm(f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}")
    ]


def _line(revisions, text, draft, is_due=False):
    """A line on some revisions; `draft` is what the filter of the lists calls them."""
    examples = [(r.name, change_url(r.content_type.model_class(), r.object_id)) for r in revisions[:EXAMPLES]]
    lists = []
    if len(revisions) > EXAMPLES:
        for model, count in Counter(r.content_type.model_class() for r in revisions).items():
            address = f"{list_url(model)}?{DraftFilter.parameter_name}={draft}"
            lists.append((capfirst(str(model._meta.verbose_name_plural)), count, address))
    return Waiting(len(revisions), text, examples, is_due and bool(revisions), lists)


def _reviews_passed(user):
    today = timezone.localdate()
    for model in editable_models(user):
        passed = list(model.objects.public().filter(review_by__lt=today).order_by("review_by"))
        examples = [(str(item), change_url(model, item.pk)) for item in passed[:EXAMPLES]]
        yield Waiting(len(passed), _("Texts past their day of review"), examples, is_due=True)


def list_url(model):
    """Where the items of a kind are listed."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def change_url(model, pk):
    """Where an item is edited."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])
