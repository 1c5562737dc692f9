"""What a message is about: a page of this site, named by a path, and at times one field of what it shows."""

import unicodedata
from typing import NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.core.exceptions import FieldDoesNotExist
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

_resolvers = []
_places = {}  # the name of a view → the title of the page that it shows


class Subject(NamedTuple):
    """What readers see at a path. Of an address that shows no single item, at most the title is known."""

    title: str = ""
    content_type: object = None
    pk: int | None = None
    language: str = ""

    @classmethod
    def of(cls, item):
        """The subject that a public item is."""
        from django.contrib.contenttypes.models import ContentType

        return cls(str(item), ContentType.objects.get_for_model(type(item)), item.pk, item.language)

    def label_of(self, field):
        """The name of a field in words; None for one that the item has not."""
        model = self.content_type and self.content_type.model_class()
        try:
            found = model and model._meta.get_field(field)
        except FieldDoesNotExist:
            return None
        # What leads here from another table is named after the rows of that table.
        return found and (getattr(found, "verbose_name", None) or found.related_model._meta.verbose_name_plural)


def register_subject(resolver):
    """Let another app say what stands at its addresses.

    `resolver(path)` takes a decoded path without query and gives a Subject, or None where it has nothing *public*:
    the title is shown to whoever asks.
    """
    if resolver not in _resolvers:
        _resolvers.append(resolver)
    return resolver


def register_place(view_name, title):
    """Let another app say what a page of its own is called that shows no single item, such as a list. `title`: lazy."""
    _places[view_name] = title


def subject_at(path):
    """The Subject at a path of this site; None where no reader finds anything.

    Words that somebody put into a link never come back as an address of ours: a path is one that an app has
    something public at, or one that stands letter by letter in the address table.
    """
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in path):
        return None
    found = (resolver(path) for resolver in _resolvers)
    return next(filter(None, found), None) or _fixed(path)


def _fixed(path):
    """The Subject where the address table names a path without anything variable in it; None elsewhere."""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    with override(language):
        try:
            match = resolve(quote(path))
        except Resolver404:
            return None
        if match.kwargs:
            return None
        title = _places.get(match.view_name)
        return Subject(str(title), language=language) if title else Subject()
