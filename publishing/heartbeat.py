"""When the worker last looked for work, so that people notice when it stands still."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

LATE = timedelta(minutes=5)  # it looks every few seconds; a long task takes it a while


class Heartbeat(models.Model):
    """One row: the worker's last look."""

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    seen_at = models.DateTimeField(editable=False)

    class Meta:
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=models.Q(id=True), name="publishing_heartbeat_one_row")]

    def __str__(self):
        return str(self.seen_at)

    @classmethod
    def note(cls):
        """The worker is here now."""
        cls.objects.bulk_create(
            [cls(seen_at=timezone.now())], update_conflicts=True, unique_fields=["id"], update_fields=["seen_at"]
        )

    @classmethod
    def last(cls):
        """The moment of the last look; None before the first."""
        return cls.objects.values_list("seen_at", flat=True).first()
