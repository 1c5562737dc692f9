from django.utils.translation import gettext_lazy as _

from vocabulary.models import Term


class Series(Term):
    """Entries that belong together and are read in order."""

    class Meta(Term.Meta):
        verbose_name = _("series of entries")
        verbose_name_plural = _("series of entries")
