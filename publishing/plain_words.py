"""What Django says of a wrong value, in the words of the office."""

from django.db import models
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.usage import Use

ADDRESS = {
    "invalid": gettext_lazy(
        "Write it in small letters, digits and hyphens, such as “vision-and-mission”, without spaces and accents."
    )
}
NUMBER = {
    "max_value": gettext_lazy("Write a number that is not larger than %(limit_value)s."),
    "min_value": gettext_lazy("Write a number that is not smaller than %(limit_value)s."),
}
FILE = {
    "max_length": gettext_lazy(
        "The name of this file has %(length)s characters, and %(max)s can be kept. Rename it, and choose it again."
    )
}


def messages_of(column):
    """What forms say of a wrong value of a column in the place of Django's messages, as {code: sentence}."""
    kinds = ((models.SlugField, ADDRESS), (models.IntegerField, NUMBER), (models.FileField, FILE))
    return next((messages for kind, messages in kinds if isinstance(column, kind)), {})


def in_words(column, fault):
    """The sentences of a ValidationError of one value of a column."""
    if sentence := messages_of(column).get(fault.code):
        fault.message = sentence
    return fault.messages


def with_name(model, name, sentence):
    """A sentence that stands apart from its field: with the name of the field in front, unless it names it itself."""
    label = str(model._meta.get_field(name).verbose_name)
    return sentence if label.casefold() in sentence.casefold() else f"{capfirst(label)}: {sentence}"


def taken(row, names):
    """Where another row has the same values in some columns: the column to change, and a sentence with a link to the
    other one. None where there is none any more.
    """
    same = {name: getattr(row, name) for name in names}
    other = type(row)._base_manager.filter(**same).exclude(pk=row.pk).first()
    if other is None:
        return None
    if "translation_of" in names:
        sentence = _("{item} translates that text into this language already. Change that one, or choose another text.")
        return "translation_of", format_html(sentence, item=Use.by(other).link)
    return "slug", format_html(_("{item} has this address already. Choose another one."), item=Use.by(other).link)
