"""Languages in addresses: English stands without a prefix, every other language under its code."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import get_language

NAMES = {"en": "English", "es": "Español"}  # each in its own words, whatever the language of the page


def path_in(language, path):
    """The path of a page as written for another language: ('es', '/about/') → '/es/about/'."""
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            # One slash, never two: “//host/” would be another site.
            path = "/" + path.removeprefix(f"/{code}").lstrip("/")
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"


def in_current_language(address):
    """An address as the pages of the language at hand lead to it: '/about/' → '/es/about/'.

    One that names its language stays as it is, and so does one outside of all languages: of a file, of another site.
    """
    language = get_language()
    if language == settings.LANGUAGE_CODE or not address.startswith("/"):
        return address
    path = unquote(re.split("[?#]", address, maxsplit=1)[0])
    names_its_language = path != path_in(settings.LANGUAGE_CODE, path)
    return address if names_its_language or _is_outside(path) else path_in(language, address)


def _is_outside(path):
    """Whether a path without prefix answers while another language than English is at hand."""
    if path.startswith((settings.STATIC_URL, settings.MEDIA_URL)):
        return True
    for candidate in {path, f"{path.rstrip('/')}/"}:  # readers are sent on to the one with a slash
        try:
            resolve(candidate)
        except Resolver404:
            continue
        return True
    return False
