"""Texts in several languages: all translations name one original, which is none itself, so each finds all others."""

from django.conf import settings
from django.utils.translation import gettext as _


def fault_of_translation(item):
    """A sentence on why an item and those in other languages cannot name each other so; None where they can."""
    original, others = item.translation_of, ()
    # Nothing is asked of all the others: an import judges thousands of works.
    may_be_named = original or item.language != settings.LANGUAGE_CODE
    if original and original.language == item.language:
        return _("A translation is in another language. Choose a text in the other language.")
    if original and original.translation_of_id:
        return _("“%(title)s” is a translation itself. Choose the text that it translates.") % {"title": original}
    if may_be_named and not item._state.adding:
        others = type(item)._base_manager.filter(translation_of=item.pk)
    for other in others:
        if original:
            sentence = _("“%(title)s” is a translation of this text, so this one cannot be one. Leave this empty.")
        elif other.language == item.language:
            sentence = _("“%(title)s” translates this text and is in the same language. Choose another language.")
        else:
            continue
        return sentence % {"title": other}
    return None
