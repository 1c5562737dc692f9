"""Who has an item open in the admin at this moment, so that two people need not write over each other's heads."""

from datetime import timedelta

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.activity import name_of

HERE = timedelta(minutes=2)  # four heartbeats of static/js/presence.js


class PresenceQuerySet(models.QuerySet):
    def of(self, item):
        return self.filter(content_type=ContentType.objects.get_for_model(type(item)), object_id=item.pk)

    def here(self):
        return self.filter(seen_at__gte=timezone.now() - HERE)

    def others_than(self, user):
        return self.exclude(user=user)


class Presence(models.Model):
    """A person was seen with an item open. Nothing is kept of it: old rows go when new ones are written."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    # Without the person there is nothing to say, so the row goes with the account.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField(db_index=True)

    objects = PresenceQuerySet.as_manager()

    class Meta:
        verbose_name = "presence"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id", "user"], name="publishing_presence_once_a_person"
            ),
        ]

    def __str__(self):
        return f"{self.user} {self.content_type} {self.object_id}"

    @classmethod
    def note(cls, item, user):
        """This person has this item open now."""
        content_type = ContentType.objects.get_for_model(type(item))
        with transaction.atomic():
            cls.objects.bulk_create(
                [cls(content_type=content_type, object_id=item.pk, user=user, seen_at=timezone.now())],
                update_conflicts=True,
                unique_fields=["content_type", "object_id", "user"],
                update_fields=["seen_at"],
            )
            cls.objects.filter(seen_at__lt=timezone.now() - HERE).delete()


def forget_who_is_gone():
    """Delete the rows that the last person who was there has left behind: the worker's daily work."""
    Presence.objects.filter(seen_at__lt=timezone.now() - HERE).delete()


def who_else(item, user):
    """A sentence on the others who have the item open."""
    rows = Presence.objects.of(item).here().others_than(user).select_related("user").order_by("user__username")
    names = [name_of(row.user) for row in rows]
    if not names:
        return _("Nobody else has this page open.")
    return ngettext("%(names)s has this page open, too.", "%(names)s have this page open, too.", len(names)) % {
        "names": get_text_list(names, _("and"))
    }
