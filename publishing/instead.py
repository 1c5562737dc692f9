"""What readers get at an address where no item stands, or none in their language: the same for every kind."""

from django.shortcuts import render
from django.utils.translation import get_language

from publishing.moved import moved


def gone(request, item):
    """410: says what was taken offline, and what replaces it.

    It may be kept like any answer: caches in front of the site put it in the place of the page that they still have.
    """
    return render(request, "errors/410.html", {"item": item}, status=410)


def untranslated(request, original, address_of=None):
    """A short page in the reader's language that offers a public English item; not for search engines.

    `address_of(item)`: where its translation stands, to which the reader is sent on if it is public.
    """
    translation = address_of and original.public_translations().get(get_language())
    if translation:
        return moved(request, address_of(translation), is_for_good=False)
    return render(request, "publishing/untranslated.html", {"original": original})
