"""What the dashboard of the admin shows first: the work that waits for the person who signed in."""

from dataclasses import dataclass, field

from django.contrib.auth import get_permission_codename
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from publishing.admin_urls import change_url, list_url
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
    drafts, approved = there.open_drafts().order_by("-created_at"), there.approved().order_by("publish_at", "pk")
    publishable = ContentType.objects.get_for_models(*(model for model in models if may_publish(user, model)))
    now = timezone.now()
    for_review = drafts.filter(state=Revision.State.SUBMITTED, content_type__in=publishable.values())
    yield _line(for_review, _("Drafts sent for review"), Revision.State.SUBMITTED)
    late = approved.filter(publish_at__lte=now)
    late_words = _("Approved texts whose moment has passed: is the worker running?")
    yield _line(late, late_words, Revision.State.APPROVED, is_due=True)
    waiting = approved.filter(publish_at__gt=now)
    yield _line(waiting, _("Approved texts that wait for their moment"), Revision.State.APPROVED)
    yield _line(drafts.filter(author=user), _("Your open drafts"), DraftFilter.MINE)


def editable_models(user):
    """The kinds of content that a person may change."""
    return [
        model
        for model in publishable_models()
        if user.has_perm(f"{model._meta.app_label}.{get_permission_codename('change', model._meta)}")
    ]


def _line(revisions, text, draft, is_due=False):
    """A line on some revisions; `draft` is what the filter of the lists calls them."""
    counts = dict(revisions.order_by().values_list("content_type").annotate(Count("pk")))
    number = sum(counts.values())
    first = revisions[:EXAMPLES] if number else ()
    examples = [(r.name, change_url(r.content_type.model_class(), r.object_id)) for r in first]
    lists = []
    if number > EXAMPLES:
        for key, count in counts.items():
            model = ContentType.objects.get_for_id(key).model_class()
            address = f"{list_url(model)}?{DraftFilter.parameter_name}={draft}"
            lists.append((capfirst(str(model._meta.verbose_name_plural)), count, address))
    return Waiting(number, text, examples, is_due and bool(number), sorted(lists))


def _reviews_passed(user):
    today = timezone.localdate()
    for model in editable_models(user):
        passed = model.objects.public().filter(review_by__lt=today).order_by("review_by", "pk")
        number = passed.count()
        examples = [(str(item), change_url(model, item.pk)) for item in (passed[:EXAMPLES] if number else ())]
        yield Waiting(number, _("Texts past their day of review"), examples, is_due=True)
