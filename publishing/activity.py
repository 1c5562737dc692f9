"""Who did what with an item, when and why: the log that editors read, and their comments."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


def name_of(user):
    """What colleagues call a person; her account where it has no name; the site for what nobody did."""
    return user.get_full_name() or user.get_username() if user else _("The site")


class ActivityQuerySet(models.QuerySet):
    def of(self, item):
        return self.of_key(type(item), item.pk)

    def of_key(self, model, pk):
        return self.filter(content_type=ContentType.objects.get_for_model(model), object_id=pk)


class Activity(models.Model):
    """One act on one item. Rows are added, never changed."""

    class Kind(models.TextChoices):
        COMMENTED = "commented", _("commented")
        SUBMITTED = "submitted", _("sent for review")
        SENT_BACK = "sent_back", _("sent back")
        APPROVED = "approved", _("approved for a moment")
        WITHDRAWN = "withdrawn", _("took the approval back")
        PUBLISHED = "published", _("published")
        SCHEDULED = "scheduled", _("scheduled")
        RETIRED = "retired", _("took offline")
        STAYS = "stays", _("kept online")
        POINTED = "pointed", _("changed what replaces it")
        DELETED = "deleted", _("deleted")
        RECOVERED = "recovered", _("recovered")

    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    revision = models.ForeignKey("publishing.Revision", null=True, on_delete=models.SET_NULL, related_name="activities")
    moment = models.DateTimeField(null=True)  # for which the act was meant, where it was not “now”
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [models.Index(fields=["content_type", "object_id", "created_at"], name="publishing_activity_of_item")]

    def __str__(self):
        return f"{self.author_name} {self.get_kind_display()}"

    @property
    def author_name(self):
        return name_of(self.author)

    @classmethod
    def log(cls, item, kind, *, revision=None, **values):
        """Note one act on an item: `by` whom, with a `text`, for a `moment` where that is not now."""
        cls.log_each([(item, revision)], kind, **values)

    @classmethod
    def log_each(cls, acts, kind, *, by=None, text="", moment=None):
        """Note the same act on many items, given as pairs of an item and its revision (or None)."""
        same = {"kind": kind, "author": by, "text": text, "moment": moment}
        cls.objects.bulk_create(
            cls(content_type=ContentType.objects.get_for_model(item), object_id=item.pk, revision=revision, **same)
            for item, revision in acts
        )
