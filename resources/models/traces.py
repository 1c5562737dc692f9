"""What is learned of works as time goes by: links that answered, downloads counted. None of it is part of a draft."""

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resources.models.files import StoredFile
from resources.models.publication import Publication


class LinkSighting(models.Model):
    """When an address on another site was last seen to answer. The worker looks."""

    address = models.CharField(_("web address"), max_length=2000, unique=True)
    seen_on = models.DateField(_("last seen working on"), null=True)
    checked_at = models.DateTimeField(_("last looked at"), null=True)
    fault = models.CharField(_("what was wrong"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("link seen")
        verbose_name_plural = _("links seen")
        default_permissions = ("view",)

    def __str__(self):
        return self.address

    @property
    def in_words(self):
        """“last seen working on November 3, 2026”; empty where it never was."""
        if not self.seen_on:
            return ""
        return gettext("last seen working on %(day)s") % {"day": date_format(self.seen_on, "DATE_FORMAT")}


class DownloadCountQuerySet(models.QuerySet):
    def add_one(self, publication, file):
        """Count a download of today. Nothing is kept of who it was."""
        row = {"publication": publication, "file": file, "day": timezone.localdate()}
        self.bulk_create([self.model(**row)], ignore_conflicts=True)
        self.filter(**row).update(number=F("number") + 1)


class DownloadCount(models.Model):
    """How often a file of a work was downloaded on a day."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="downloads")
    file = models.ForeignKey(StoredFile, on_delete=models.CASCADE, related_name="downloads")
    day = models.DateField(_("day"))
    number = models.PositiveIntegerField(_("number"), default=0)

    objects = DownloadCountQuerySet.as_manager()

    class Meta:
        verbose_name = _("downloads")
        verbose_name_plural = _("downloads")
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(fields=["publication", "file", "day"], name="resources_downloadcount_one_a_day")
        ]

    def __str__(self):
        return f"{self.file} {self.day}: {self.number}"
