"""What is learned of works as time goes by: how often they are downloaded. None of it is part of a draft."""

from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.models.files import StoredFile
from resources.models.publication import Publication


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
