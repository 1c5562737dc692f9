"""The content version: one number that changes with everything that readers see."""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models, transaction
from django.db.models import F, Q

from publishing.characters import fit_texts

CHANNEL = "content_version"  # on which a trigger of the table tells every process that listens

_after_commit = []
_asked = ContextVar("asked", default=None)  # is_removal of each bump() that waits for the end of its transaction


def after_commit(function):
    """Run `function()` in this process when a transaction that changes what readers see is committed."""
    if function not in _after_commit:
        _after_commit.append(function)
    return function


class ContentVersion(models.Model):
    """One row with one number, raised in every transaction that changes what the public sees.

    Caches compare it with the number under which they stored a page. `last_removal` is the number at which something
    was last taken from readers: what was stored earlier may hold it, and is shown to nobody, not even in need.
    """

    id = models.BooleanField(primary_key=True, default=True, editable=False)
    number = models.PositiveBigIntegerField(default=0, editable=False)
    last_removal = models.PositiveBigIntegerField(default=0, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=True), name="publishing_contentversion_one_row")]

    def __str__(self):
        return str(self.number)

    @classmethod
    def current(cls):
        return cls.objects.values_list("number", flat=True).first() or 0

    @classmethod
    def marks(cls):
        """The number, and that of the last removal: a query for one row."""
        return cls.objects.values_list("number", "last_removal")

    @classmethod
    def bump(cls, *, is_removal=False):
        """Raise the number by one. Call it inside the transaction that writes the content."""
        if (asked := _asked.get()) is not None:
            asked.append(is_removal)
            return
        raised = {"number": F("number") + 1} | ({"last_removal": F("number") + 1} if is_removal else {})
        if not cls.objects.update(**raised):
            cls.objects.bulk_create([cls(number=0)], ignore_conflicts=True)
            cls.objects.update(**raised)
        for function in _after_commit:
            transaction.on_commit(function)

    @classmethod
    @contextmanager
    def raised_at_the_end(cls):
        """A transaction whose last statement raises the number, once, if anything inside asked for that.

        The row stays locked until the commit, and everybody who publishes needs it. Whoever raises it and then writes
        on keeps them waiting, and waits in turn for the rows that they have locked.
        """
        with transaction.atomic():
            if _asked.get() is not None:  # the outermost does it
                yield
                return
            asked = []
            token = _asked.set(asked)
            try:
                yield
            finally:
                _asked.reset(token)
            if asked:
                cls.bump(is_removal=any(asked))


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
            ContentVersion.bump(is_removal=True)
        return deleted
