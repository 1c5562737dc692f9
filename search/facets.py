"""The ways to narrow a search: what addresses call them, what the index calls their values, and what readers read.

A facet has a `name`, the same in addresses and in the index, and knows its values:

    facet.values()    # index value → `Value(slug, label)`, all that there are, in the language at hand
"""

from dataclasses import dataclass
from functools import cache

from django.conf.locale import LANG_INFO
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from publishing.remembered import remembered
from search.languages import base
from search.registry import registered_models


@dataclass(frozen=True)
class Value:
    """One value of a facet: as addresses write it and as readers read it."""

    slug: str
    label: str


class Facet:
    """`position`: where it stands among the others on the page."""

    def __init__(self, name, label, position):
        self.name, self.label, self.position = name, label, position

    def values(self):
        raise NotImplementedError

    def former(self, slug):
        """The index value of a slug that once was one; None where none is known."""
        return None


class ChoiceFacet(Facet):
    """The members of a list of choices, pairs of value and label; addresses have hyphens for underscores."""

    def __init__(self, name, label, position, choices):
        super().__init__(name, label, position)
        self.choices = choices

    def values(self):
        return {value: Value(value.replace("_", "-"), str(label)) for value, label in self.choices if value}


class LanguageFacet(Facet):
    """The languages of items, by their codes and with Django's own names for them."""

    def values(self):
        return _values_of_languages(get_language())


class ContentFacet(Facet):
    """The kinds of content: pages, publications."""

    def values(self):
        return {
            model._meta.model_name: Value(model._meta.model_name, capfirst(str(model._meta.verbose_name_plural)))
            for model in registered_models()
        }


class RecordFacet(Facet):
    """The records of a vocabulary. The index knows them by key, so that none is lost when it is renamed."""

    def __init__(self, name, label, position, model):
        super().__init__(name, label, position)
        self.model = model

    def values(self):
        return _values_of_records(self.model)

    def former(self, slug):
        record = self.model.objects.at(slug)
        return str(record.pk) if record else None


@cache
def _values_of_languages(language):
    """All languages, named in the language at hand."""
    return {
        code: Value(code, capfirst(gettext(info["name"])))
        for code, info in LANG_INFO.items()
        if code == base(code) and "name" in info
    }


@remembered
def _values_of_records(model):
    return {str(record.pk): Value(record.slug, record.name) for record in model.objects.all()}
