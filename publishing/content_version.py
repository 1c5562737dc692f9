"""The content version: one number that changes with everything that readers see."""

from django.db import models, transaction
from django.db.models import F, Q

from publishing.characters import fit_texts


class ContentVersion(models.Model):
    """One row with one number, raised in every transaction that changes what the public sees.

    Caches compare it with the number under which they stored a page.
    """

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    number = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=True), name="publishing_contentversion_one_row")]

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        return cls.objects.values_list("number", flat=True).first() or 0

    @classmethod
    def bump(cls):
        """Raise the number by one. Call it inside the transaction that writes the content."""
        if not cls.objects.update(number=F("number") + 1):
            cls.objects.bulk_create([cls(number=0)], ignore_conflicts=True)
            cls.objects.update(number=F("number") + 1)


class PublicRecord(models.Model):
    """A row that readers see: saving or deleting it raises the content version in the same transaction.

    Its texts hold only characters that feeds and records for harvesters can carry.
    """

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        fit_texts(self)
        with transaction.atomic():
            super().save(*args, **kwargs)
            ContentVersion.bump()

    def delete(self, *args, **kwargs):
        with transaction.atomic():
            deleted = super().delete(*args, **kwargs)
            ContentVersion.bump()
        return deleted
