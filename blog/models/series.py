from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from vocabulary.models import Vocabulary


class Series(Vocabulary):
    """Entries that belong together and are read in order."""

    label = models.CharField(_("name"), max_length=100, unique=True)
    label_es = models.CharField(_("name in Spanish"), max_length=100, blank=True)
    description = models.CharField(
        _("description"), max_length=300, blank=True, help_text=_("One sentence that says what the series is about.")
    )
    description_es = models.CharField(_("description in Spanish"), max_length=300, blank=True)

    name_fields = ("label", "label_es")

    class Meta:
        verbose_name = _("series of entries")
        verbose_name_plural = _("series of entries")
        ordering = ["label"]

    def __str__(self):
        return self.label

    @property
    def name(self):
        """The name in the language at hand."""
        return (self.label_es if get_language() == "es" else "") or self.label

    @property
    def text(self):
        """The description in the language at hand; empty where there is none."""
        return self.description_es if get_language() == "es" else self.description
