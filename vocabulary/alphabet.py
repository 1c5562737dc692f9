"""The alphabet of lists of records that have names in both languages."""

from django.db.models import Value
from django.db.models.functions import Coalesce, NullIf

from publishing.sorting import alphabetical


def alphabetical_in(language):
    """What to order by: the names that stand in `label`, and in `label_es` for readers of Spanish."""
    in_spanish = Coalesce(NullIf("label_es", Value("")), "label")
    return alphabetical(in_spanish if language == "es" else "label")
