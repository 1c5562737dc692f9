"""The alphabet of lists: capitals and accents do not count, whatever collation the database was made with."""

from django.contrib.postgres.lookups import Unaccent
from django.db.models import Value
from django.db.models.functions import Coalesce, Lower, NullIf


def alphabetical(words):
    """A column of names, or an expression, as something to order by: “Case studies” before “COVID-19”."""
    return Lower(Unaccent(words))


def alphabetical_in(language):
    """The same for the names that stand in `label`, and in `label_es` for readers of Spanish."""
    in_spanish = Coalesce(NullIf("label_es", Value("")), "label")
    return alphabetical(in_spanish if language == "es" else "label")
