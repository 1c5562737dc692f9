"""Where items stand in time. Which of them the public sees, `public()` alone says to whoever shows something."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.changes import ChangesQuerySet
from publishing.former import FormerSlug


class State(models.TextChoices):
    """Where an item stands in time. Derived from its dates, never stored."""

    NEW = "new", _("Not published")
    SCHEDULED = "scheduled", _("Scheduled")
    LIVE = "live", _("Live")
    RETIRED = "retired", _("Retired")


class PublishableQuerySet(ChangesQuerySet):
    def public(self):
        """What the public may see at this moment."""
        now = timezone.now()
        return self.filter(Q(published_at__lte=now) & (Q(retired_at=None) | Q(retired_at__gt=now)))

    def placed_in_time(self):
        """What is public, was, or waits for its moment: all that the search holds."""
        return self.exclude(published_at=None)

    def standing_at(self, slug, language=None):
        """The item at a slug among these, public or not, found by its former slugs too; None where there never was one.

        `language`: that of the slug, where each has its own; what once stood there may be in another by now. Until an
        item that waits for its moment appears, the one that had its slug before is still found there.
        """
        own = (self.in_language(language) if language else self).filter(slug=slug).first()
        if own and own.was_public:
            return own
        before = self.filter(pk__in=FormerSlug.objects.keys_at(self.model, slug, language)).first()
        return before if before and (before.was_public or not own) else own

    def in_language(self, language):
        return self.filter(language=language)

    def in_state(self, state):
        """Items in one `State`, for the lists of the admin."""
        if state == State.LIVE:
            return self.public()
        now = timezone.now()
        retired = Q(retired_at__lte=now)
        return self.filter(
            {
                State.NEW: Q(published_at=None),
                State.SCHEDULED: Q(published_at__gt=now) & ~retired,
                State.RETIRED: Q(published_at__isnull=False) & retired,
            }[state]
        )

    def for_list(self):
        """Only what one line of a list shows. Kinds with more to fetch override it."""
        return self.all()

    def for_results(self):
        """What a result of the search shows beside that, such as who made it. Kinds with more to fetch override it."""
        return self.for_list()

    def for_search(self):
        """What the search reads of an item. Kinds with more to fetch override it."""
        return self.all()

    def in_order(self):
        """As the list of a kind shows them. Kinds in another order override it."""
        return self.newest()

    def newest(self):
        """The newest first, by the day that readers see."""
        return self.order_by("-published_at", "-pk")
