"""Series of reports, and journals."""

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.sorting import alphabetical
from resources import identifiers
from resources.kinds import Scheme
from vocabulary.models import Vocabulary


class Series(Vocabulary):
    """What a work appeared in, under one name for years: a series of reports or a journal."""

    label = models.CharField(_("name"), max_length=200, unique=True)
    is_journal = models.BooleanField(_("is a journal"), default=False)
    issn = models.CharField(_("ISSN"), max_length=9, blank=True, help_text=_("Such as 0148-432X"))

    name_fields = ("label",)
    other_facts = ("is_journal", "issn")

    class Meta:
        verbose_name = _("series or journal")
        verbose_name_plural = _("series and journals")
        ordering = [alphabetical("label")]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return reverse("resources:shelf", args=["series", self.slug])

    @property
    def name(self):
        return self.label

    def clean(self):
        super().clean()
        if self.issn:
            try:
                self.issn = identifiers.normal(Scheme.ISSN, self.issn)
            except ValidationError as error:
                raise ValidationError({"issn": error.messages}) from error
