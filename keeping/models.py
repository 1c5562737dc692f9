"""What the health page knows of backups: the last time that each thing went well, and the last that it did not."""

from django.db import models
from django.utils import timezone


class Outcome(models.Model):
    """The last outcome of one kind, good or bad: two rows a kind, so that the last good one survives a bad one."""

    class Kind(models.TextChoices):
        BACKUP = "backup", "Backup"
        PROOF = "proof", "Proof"
        CHECK = "check", "Check of the content"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    is_good = models.BooleanField()
    at = models.DateTimeField()
    detail = models.TextField(blank=True)

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["kind", "is_good"], name="keeping_outcome_one_row_an_outcome")]

    def __str__(self):
        return f"{self.kind} {self.at}"

    @classmethod
    def note(cls, kind, is_good, detail=""):
        """This has just gone well, or not."""
        cls.objects.bulk_create(
            [cls(kind=kind, is_good=is_good, at=timezone.now(), detail=detail)],
            update_conflicts=True,
            unique_fields=["kind", "is_good"],
            update_fields=["at", "detail"],
        )

    @classmethod
    def last(cls):
        """Kind → pair (last good outcome or None, last bad one or None); one query."""
        found = {(row.kind, row.is_good): row for row in cls.objects.all()}
        return {kind: (found.get((kind, True)), found.get((kind, False))) for kind in cls.Kind.values}
