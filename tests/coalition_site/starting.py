"""Helpers for the tests of the starting content: files to change, and what stands in the database."""

import shutil
from pathlib import Path

from coalition_site.content_loader import FOLDER

KEPT = ("home.toml", "about.toml", "about", "policy.toml", "policy", "privacy.toml")


def copy_a_quarter(place):
    """Copy the starting content with a quarter of its pages into a folder, and give the copy: all take seconds.

    Without the table of works it has no library, and no articles, which use the words of the library: see
    test_library_loader.py and test_articles_loader.py.
    """

    def left_out(folder, names):
        if Path(folder).name == "pages":
            return set(names) - set(KEPT)
        return {"publications.csv", "blog", "faq"}

    return shutil.copytree(FOLDER, place / "starting_content", ignore=left_out)


def change(folder, file, old, new):
    path = folder / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def page_at(path):
    from pages.models import Page

    return Page.objects.get(language="en", path=path)


def work(slug):
    from resources.models import Publication

    return Publication.objects.for_record().get(slug=slug)


def everything():
    """What the database holds of the content, with the moment of the last change of every page."""
    from coalition_site.models import LoadedContent
    from pages.models import ContactFacts, Heading, MenuItem, Page, Redirect, RichText, Statement
    from publishing.models import ContentVersion
    from search.models import Synonym

    content = (Page, Heading, RichText, Statement, MenuItem, Redirect, ContactFacts, Synonym)
    models = (*content, LoadedContent, ContentVersion)
    return {model: list(model.objects.order_by("pk").values()) for model in models}
