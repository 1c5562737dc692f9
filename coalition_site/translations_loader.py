"""Loads the pages of the starting content that are not English: `pages/<language>/<slug>.toml` names its original."""

from django.conf import settings

from coalition_site.articles_loader import Articles
from pages import models as pages

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]


def load_translations(loader, folder):
    """Write what is new or changed, after the originals."""
    files = TranslatedPages(loader, folder / "pages")
    for path, (language, file) in _places(folder).items():
        files.load_file(f"page {path}", file, path, pages.Page, language)


def translation_files(folder):
    """Path of a page → its file."""
    return {path: file for path, (_language, file) in _places(folder).items()}


def _places(folder):
    return {
        f"/{language}/{file.stem}/": (language, file)
        for language in LANGUAGES
        for file in sorted((folder / "pages" / language).glob("*.toml"))
    }


class TranslatedPages(Articles):
    """Pages at the top of their language."""

    blocks = {"heading": pages.Heading, "rich_text": pages.RichText}

    def values(self, path, data):
        original = pages.Page.objects.filter(pk=self.loader.key_of(f"page {data['translation_of']}")).first()
        fields = {name: data[name] for name in ("addition", "position") if name in data}
        return fields | {"translation_of": original}, {}, []
