"""The addresses of other sites that ours leads to, and what the last looks at them brought."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from links.addresses import host_of
from links.faults import Fault
from links.looking import State

BETWEEN_LOOKS = timedelta(days=7)
BETWEEN_LOOKS_AT_FAILING = timedelta(days=1)
DEAD_AFTER = 3  # failures in a row, each on another day
MOST_FAILURES = 1_000  # that are counted


class OutwardLinkQuerySet(models.QuerySet):
    def due(self):
        """Those whose turn it is, the longest waiting first."""
        return self.filter(next_look_at__lte=timezone.now()).order_by("next_look_at", "pk")

    def due_one_a_host(self):
        """The longest waiting of each site, so that no site is asked twice in a moment."""
        first = self.due().order_by("host", "next_look_at", "pk").distinct("host")
        return self.filter(pk__in=first.values("pk")).order_by("next_look_at", "pk")

    def dead(self):
        return self.filter(failures__gte=DEAD_AFTER)

    def leave_alone(self, host, until):
        """Look at nothing of a site before a moment."""
        self.filter(host=host, next_look_at__lt=until).update(next_look_at=until)


class OutwardLink(models.Model):
    """An address on another site that something public leads to."""

    address = models.CharField(_("web address"), max_length=2000, unique=True)
    host = models.CharField(_("site"), max_length=255, db_index=True)
    used_in = models.JSONField(default=list)  # pairs [label of a model, key], the first few
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.NEW)
    status = models.PositiveSmallIntegerField(_("answer"), null=True)  # of HTTP
    fault = models.CharField(_("what was wrong"), max_length=20, choices=Fault.choices, blank=True)
    moved_to = models.CharField(_("has moved to"), max_length=2000, blank=True)
    seen_on = models.DateField(_("last seen working on"), null=True)
    checked_at = models.DateTimeField(_("last looked at"), null=True)
    next_look_at = models.DateTimeField(_("next look"), default=timezone.now, db_index=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    first_failed_on = models.DateField(_("first failed on"), null=True)
    last_failed_on = models.DateField(null=True)

    objects = OutwardLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link to another site")
        verbose_name_plural = _("links to other sites")
        default_permissions = ("view",)
        ordering = ["-failures", "address"]
        constraints = [
            models.CheckConstraint(
                condition=Q(failures=0, first_failed_on=None, last_failed_on=None)
                | Q(failures__gt=0, first_failed_on__isnull=False, last_failed_on__gte=F("first_failed_on")),
                name="links_outwardlink_failures_have_days",
            )
        ]

    def __str__(self):
        return self.address

    @classmethod
    def to(cls, address, used_in):
        return cls(address=address, host=host_of(address), used_in=used_in)

    @property
    def is_dead(self):
        """Whether it failed on several days: one day may be a repair."""
        return self.failures >= DEAD_AFTER

    @property
    def seen_in_words(self):
        """“last seen working on November 3, 2026”; empty where it never was."""
        if not self.seen_on:
            return ""
        return gettext("last seen working on %(day)s") % {"day": date_format(self.seen_on, "DATE_FORMAT")}

    def note(self, seen):
        """Keep what a look brought, and when to look again. What cannot be told changes no count."""
        now, today = timezone.now(), timezone.localdate()
        self.state, self.status, self.fault, self.moved_to = seen.state, seen.status, seen.fault, seen.moved_to[:2000]
        self.checked_at = now
        self.next_look_at = now + max(BETWEEN_LOOKS, seen.wait)
        if seen.state in (State.WORKS, State.MOVED):
            self.seen_on = today
            self.failures, self.first_failed_on, self.last_failed_on = 0, None, None
        elif seen.state == State.FAILS:
            if self.last_failed_on != today:
                self.failures = min(self.failures + 1, MOST_FAILURES)
                self.first_failed_on = self.first_failed_on or today
                self.last_failed_on = today
            self.next_look_at = now + max(BETWEEN_LOOKS if self.is_dead else BETWEEN_LOOKS_AT_FAILING, seen.wait)
        self.save()
        if seen.wait:
            OutwardLink.objects.leave_alone(self.host, now + seen.wait)
