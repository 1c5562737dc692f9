"""Works that were public and were deleted: what those who keep copies have to be told."""

from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.publication import Publication
from vocabulary.models import Topic


class DeletedWorkQuerySet(models.QuerySet):
    def still_gone(self):
        """Without those that were recovered and published again."""
        return self.exclude(Exists(Publication.objects.ever_public().filter(pk=OuterRef("pk"))))


class DeletedWork(models.Model):
    """The trace of a work that readers could find once: its key and its topics, none of its words."""

    id = models.PositiveBigIntegerField(primary_key=True)  # the key that the work had, and has again when recovered
    topics = models.ManyToManyField(Topic, blank=True, related_name="+")
    deleted_at = models.DateTimeField(_("deleted at"))

    objects = DeletedWorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("deleted publication")
        verbose_name_plural = _("deleted publications")
        default_permissions = ()
        indexes = [models.Index(fields=["deleted_at", "id"], name="resources_deletedwork_order")]

    def __str__(self):
        return f"{self.pk}, {self.deleted_at:%Y-%m-%d}"

    @classmethod
    def remember(cls, item):
        """Before a work is deleted. A delete hook: what never was public, and what is no work, leaves no trace."""
        if not isinstance(item, Publication) or not Publication.objects.ever_public().filter(pk=item.pk).exists():
            return
        trace, _is_new = cls.objects.update_or_create(pk=item.pk, defaults={"deleted_at": timezone.now()})
        trace.topics.set(item.topics.all())
