"""Since when items are as they are: for those who keep copies, and ask what has changed."""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Greatest
from django.utils import timezone

HAS_END = Q(retired_at__isnull=False)
CHANGED = Greatest("published_at", "updated_at")  # of what is public; indexes may have it


class ChangesQuerySet(models.QuerySet):
    """The part of `PublishableQuerySet` that knows of changes."""

    def ever_public(self):
        """What is public at this moment or was before."""
        return self.filter(published_at__lte=timezone.now())

    def ever_public_with_change(self):
        """The same for those who keep copies of it.

        `changed_at` is since when it is as it is: it appeared, was published anew, or was taken offline (`is_retired`).
        """
        retired = Q(retired_at__lte=timezone.now())
        # The largest of those that are known; a moment to come has changed nothing yet.
        changed_at = Greatest("published_at", "updated_at", Case(When(retired, then="retired_at")))
        is_retired = Case(When(retired, then=True), default=False)
        return self.ever_public().annotate(is_retired=is_retired, changed_at=changed_at)

    def public_with_change(self):
        """What is public at this moment, with its `changed_at`."""
        return self.public().annotate(is_retired=Value(False), changed_at=CHANGED)

    def retired_with_change(self):
        """The same for what was public before."""
        now = timezone.now()
        return self.filter(published_at__lte=now, retired_at__lte=now).annotate(
            is_retired=Value(True), changed_at=Greatest("published_at", "updated_at", "retired_at")
        )
