"""Languages in addresses: English stands without a prefix, every other language under its code."""

from django.conf import settings

NAMES = {"en": "English", "es": "Español"}  # each in its own words, whatever the language of the page


def path_in(language, path):
    """The path of a page as written for another language: ('es', '/about/') → '/es/about/'."""
    for code, _name in settings.LANGUAGES:
        if path == f"/{code}" or path.startswith(f"/{code}/"):
            # One slash, never two: “//host/” would be another site.
            path = "/" + path.removeprefix(f"/{code}").lstrip("/")
    return path if language == settings.LANGUAGE_CODE else f"/{language}{path}"
