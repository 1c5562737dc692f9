"""The store of revisions: every saved text of every item, in one line of succession an item.

A revision has one successor at most; a constraint of the database says so. Whoever saves second on the
same base gets `Stale`, and her text is kept beside the line as a parked revision. See docs/decisions/0005.
"""

from functools import reduce
from operator import or_

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.indexes import GinIndex
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.activity import Activity, name_of


class Stale(Exception):
    """Somebody else saved on the same base first."""


class RevisionQuerySet(models.QuerySet):
    def of(self, item):
        """All revisions of an item, those of a deleted one too."""
        return self.of_key(type(item), item.pk)

    def of_key(self, model, pk):
        return self.of_kind(model).filter(object_id=pk)

    def of_kind(self, model):
        """All revisions of all items of a kind."""
        return self.filter(content_type=ContentType.objects.get_for_model(model))

    def of_existing(self, models):
        """All revisions of the items of some kinds that were not deleted."""
        condition = Q(pk__in=[])
        for model, content_type in ContentType.objects.get_for_models(*models).items():
            condition |= Q(content_type=content_type, object_id__in=model._base_manager.values("pk"))
        return self.filter(condition)

    def in_line(self):
        """Without the parked ones."""
        return self.filter(is_parked=False)

    def newest_first(self):
        return self.order_by(F("number").desc(nulls_last=True), "-pk")

    def newest(self):
        """The end of the line: the open draft, or what is live; None for an item without revisions."""
        return self.in_line().newest_first().first()

    def newest_of_each(self, model, keys):
        """The end of the line of each of some items of a kind, in one query."""
        lines = self.in_line().of_kind(model).filter(object_id__in=list(keys))
        return lines.order_by("object_id", "-number").distinct("object_id")

    def last_published(self):
        """The revision that was published last; None for what was never published."""
        return self.published().first()

    def published(self):
        """What is or was public, the last one first: an earlier one is never published after a later one."""
        return self.filter(published_at__isnull=False).order_by("-number")

    def last_published_numbers(self, model, keys):
        """Key → number of what was published last, for those of some items of a kind that ever were."""
        published = self.of_kind(model).published().order_by().filter(object_id__in=keys)
        return dict(published.values_list("object_id").annotate(Max("number")))

    def approved(self):
        """Approved for a moment, and not published yet."""
        return self.filter(state=Revision.State.APPROVED, published_at=None)

    def take_back_approvals(self):
        """Make what is approved a working draft again; return how many that were."""
        return self.approved().update(state=Revision.State.WORKING, publish_at=None)

    def open_drafts(self):
        """Revisions at the end of their line that are not published."""
        return self.ends().filter(published_at=None)

    def ends(self):
        """The last revision of each line. A parked one beside the line does not lengthen it."""
        return self.in_line().filter(~Exists(Revision.objects.in_line().filter(base=OuterRef("pk"))))

    def ends_of_deleted(self, model):
        """The newest revision of each item of a kind whose row is gone."""
        rows = model._base_manager.filter(pk=OuterRef("object_id"))
        return self.ends().of_kind(model).filter(~Exists(rows)).order_by("-created_at")

    def naming(self, record):
        """Texts that show or name a record, such as a picture or a topic."""
        from publishing.usage import traces_of

        traces = [
            Q(content_type=ContentType.objects.get_for_model(model), data__contains=trace)
            for model, trace in traces_of(type(record), record.pk)
        ]
        return self.filter(reduce(or_, traces, Q(pk__in=[])))

    def public_next(self):
        """The texts that are public next if somebody publishes, of all items: the end of each line, and what is
        approved for a moment.
        """
        return self.approved() | self.ends()

    def submitted_before(self, moment):
        """Open drafts that wait for review since before a moment, with it in `submitted_at`, the oldest first."""
        asked = Activity.objects.filter(
            kind=Activity.Kind.SUBMITTED, content_type=OuterRef("content_type"), object_id=OuterRef("object_id")
        )
        waiting = self.open_drafts().filter(state=Revision.State.SUBMITTED)
        # Saving once more while a text waits makes a new revision, so its own moment does not count.
        waiting = waiting.annotate(submitted_at=Subquery(asked.values("created_at")[:1]))
        return waiting.filter(submitted_at__lt=moment).order_by("submitted_at", "pk")

    def due(self):
        """Approved revisions whose moment has come, the oldest moment first."""
        return self.approved().filter(publish_at__lte=timezone.now()).order_by("publish_at", "pk")


class Revision(models.Model):
    """A snapshot of an item as it was saved, with its blocks, links and tags, as JSON (see publishing.snapshots)."""

    class State(models.TextChoices):
        """How far a draft has come. Of no meaning once it is published."""

        WORKING = "working", _("Working draft")
        SUBMITTED = "submitted", _("Waiting for review")
        APPROVED = "approved", _("Approved for a moment")

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()  # no foreign key: revisions survive the deletion of their item
    number = models.PositiveIntegerField(_("number"), null=True)  # null when parked
    base = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="successors")
    is_parked = models.BooleanField(default=False)
    title = models.CharField(_("title"), max_length=200)
    data = models.JSONField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.CharField(_("note"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("saved at"), auto_now_add=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WORKING)
    publish_at = models.DateTimeField(_("to be published at"), null=True)
    # Why the worker could not publish it at its moment, in words.
    waits_because = models.TextField(blank=True, default="", editable=False)
    published_at = models.DateTimeField(_("published at"), null=True)
    # Part of a preview's signed address; another key revokes all addresses given out before.
    preview_key = models.PositiveIntegerField(default=0)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.UniqueConstraint(fields=["content_type", "object_id", "number"], name="publishing_revision_number"),
            models.UniqueConstraint(
                fields=["base"], condition=Q(is_parked=False), name="publishing_revision_one_successor"
            ),
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=Q(base=None, is_parked=False),
                name="publishing_revision_one_first",
            ),
            models.CheckConstraint(
                condition=Q(is_parked=True, number=None) | Q(is_parked=False, number__isnull=False),
                name="publishing_revision_parked_without_number",
            ),
            models.CheckConstraint(
                condition=Q(is_parked=False) | Q(published_at=None), name="publishing_revision_parked_never_public"
            ),
            models.CheckConstraint(
                condition=~Q(state="approved") | Q(publish_at__isnull=False) | Q(published_at__isnull=False),
                name="publishing_revision_approved_for_a_moment",
            ),
        ]
        indexes = [
            models.Index(fields=["publish_at"], condition=Q(published_at=None), name="publishing_revision_due"),
            # For `naming()`: what is shown in texts without end is looked up, and not read.
            GinIndex(fields=["data"], name="publishing_revision_names", opclasses=["jsonb_path_ops"]),
        ]

    def __str__(self):
        return f"{self.name} ({self.number or _('parked')})"

    @property
    def name(self):
        """Its title, or words in place of one."""
        return self.title or _("(no title yet)")

    @property
    def author_name(self):
        return name_of(self.author) if self.author else ""

    @property
    def waits_for_review(self):
        return self.state == self.State.SUBMITTED and not self.published_at


def item_of(revision, *, lock=False):
    """The live row of a revision's item; None when it was deleted."""
    rows = revision.content_type.model_class()._base_manager.filter(pk=revision.object_id)
    return (rows.select_for_update() if lock else rows).first()


def add_revision(model, pk, data, *, base, author=None, note="", is_parked=False):
    """Store a snapshot as the successor of `base` (None: the first of its line), or beside the line when parked.

    `data` is cleaned on its way in (publishing.snapshots.clean): this is the only door into the store.
    A text that waits for review goes on waiting, so that the reviewer sees its newest words.
    Raises Stale when `base` has a successor already.
    """
    from publishing.snapshots import clean

    data = clean(model, data)
    is_waiting = base is not None and base.waits_for_review and not is_parked
    revision = Revision(
        content_type=ContentType.objects.get_for_model(model),
        object_id=pk,
        base=base,
        is_parked=is_parked,
        number=None if is_parked else (base.number + 1 if base else 1),
        title=str(data["item"].get("title") or "")[:200],
        data=data,
        author=author,
        note=note,
        state=Revision.State.SUBMITTED if is_waiting else Revision.State.WORKING,
    )
    try:
        with transaction.atomic():
            revision.save(force_insert=True)
    except IntegrityError as error:
        raise Stale from error
    return revision
