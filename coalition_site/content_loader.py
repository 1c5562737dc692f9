"""Loads the starting content from the files beside this module into the database, as an editor would write it.

A file that was loaded before and has not changed is passed over. One that has changed is written again,
unless an editor has changed or deleted what it wrote.
"""

import tomllib
from functools import partial
from pathlib import Path

from django.core.exceptions import ValidationError

from coalition_site.articles_loader import article_files, load_articles
from coalition_site.library_loader import load_library, paths_of_works
from coalition_site.loading import KEPT, Loader, block_rows, named
from coalition_site.translations_loader import LANGUAGES, load_translations, translation_files
from pages.addresses import HOME_SLUG, ancestor_paths
from pages.models import ContactFacts, Heading, MenuItem, Page, Redirect, RichText, Statement
from publishing import hooks
from publishing.checks import links_of
from publishing.checks.links import dead_paths, fault_of_address
from publishing.models import ContentVersion
from search.models import Synonym

FOLDER = Path(__file__).parent / "starting_content"
NOT_IN_FILES = (*KEPT, "translation_of_id")
BLOCKS = {"heading": Heading, "rich_text": RichText, "statement": Statement}


def load_starting_content(folder=FOLDER):
    """Write what is new or changed, all or nothing; return the number of items written.

    Raises ValidationError, with the file's name in front, where a text does not pass the models' checks.
    """
    with ContentVersion.raised_at_the_end(), hooks.together():
        loader = Loader()
        for file, path in _page_files(folder):
            with named(file):
                data = tomllib.loads(file.read_text())
                loader.load(f"page {path}", data, partial(_write_page, loader, path, data), Page)
        load_library(loader, folder)
        load_articles(loader, folder)
        load_translations(loader, folder)
        for name, load in SETTINGS.items():
            with named(file := folder / f"{name}.toml"):
                load(loader, tomllib.loads(file.read_text()))
        _check_links(loader.revisions, folder)
    return loader.number_written


def _write_page(loader, path, data, page):
    if page is None:
        if Page.objects.filter(language="en", path=path).exists():
            return None  # an editor was there first
        page = Page.create_stub()
    fields = {name: value for name, value in data.items() if name != "blocks"}
    slug = path.strip("/").rpartition("/")[2] or HOME_SLUG
    filled = Page(slug=slug, parent=_page_loaded_for(loader, path), **fields)
    loader.write_item(path, page, filled, block_rows(BLOCKS, path, data.get("blocks", [])), kept=NOT_IN_FILES)
    return page


def _page_loaded_for(loader, path):
    """The page above a path, wherever an editor has moved it since; None at the top."""
    above = ancestor_paths(path)
    if not above:
        return None
    key = loader.key_of(f"page {above[-1]}")
    return Page.objects.get(pk=key) if key else Page.objects.get(language="en", path=above[-1])


def _page_files(folder):
    """Pairs (file, path of the page) of the English pages, parents before children."""
    root = folder / "pages"
    for file in sorted(root.rglob("*.toml"), key=lambda file: (len(file.parts), file)):
        place = file.relative_to(root).with_suffix("").as_posix()
        if place.partition("/")[0] not in LANGUAGES:
            yield file, "/" if place == HOME_SLUG else f"/{place}/"


def _check_links(revisions, folder):
    """Look at the links of all new texts at once, when everything that they lead to is there.

    A link to a page or a work of the starting content is good even where an editor has moved or deleted that since.
    """
    links = [(path, link, target) for path, revision in revisions.items() for link, target in links_of(revision)]
    files = {path: file for file, path in _page_files(folder)} | article_files(folder) | translation_files(folder)
    known = {path for _file, path in _page_files(FOLDER)} | translation_files(FOLDER).keys()
    known |= paths_of_works(FOLDER) | article_files(FOLDER).keys()
    dead = dead_paths({target for _path, _link, target in links}) - known
    for path, link, target in links:
        if target in dead - files.keys():
            with named(files[path]):
                raise ValidationError(f"The link “{link.words}” leads to {link.address}, where nothing answers.")


def _load_contact(loader, data):
    loader.load("contact", data, lambda facts: _write(facts or _absent(ContactFacts), data), ContactFacts)


def _load_menus(loader, data):
    for menu, lines in data.items():
        for position, line in enumerate(lines, start=1):
            values = {"menu": menu, "position": position * 10} | line
            loader.load(f"menu {menu} {line['label']}", values, partial(_write_menu_item, values), MenuItem)


def _load_redirects(loader, data):
    for line in data["redirects"]:
        loader.load(f"redirect {line['old']}", line, partial(_write_redirect, line), Redirect)


def _load_search(loader, data):
    for name, group in data["synonyms"].items():
        with named(name):
            if strange := group.keys() - {"words", "words_es"}:
                raise ValidationError(f"A group of synonyms has no “{min(strange)}”.")
            values = {field: "\n".join(group.get(field, ())) for field in ("words", "words_es")}
            loader.load(f"synonyms {name}", values, partial(_write_synonym, values), Synonym)


def _write_synonym(values, group):
    if group is None and Synonym.objects.filter(**values).exists():
        return None
    return _write(group or Synonym(), values)


SETTINGS = {"contact": _load_contact, "menus": _load_menus, "redirects": _load_redirects, "search": _load_search}


def _absent(model):
    return None if model.objects.exists() else model()


def _write(item, values):
    if item is None:
        return None
    for name, value in values.items():
        setattr(item, name, value)
    return _save(item)


def _write_menu_item(data, item):
    page = Page.objects.filter(language="en", path=data["address"]).first()
    if page is None and fault_of_address(data["address"]):
        return None  # an editor has taken away what stood there
    target = {"page": page, "address": ""} if page else {"page": None}
    return _write(item or MenuItem(), data | target)


def _write_redirect(line, item):
    if item is None and Redirect.objects.at(line["old"]):
        return None
    page = Page.objects.filter(language="en", path=line["new"]).first()
    if page is None and fault_of_address(line["new"]):
        return None
    target = {"page": page, "new_address": ""} if page else {"page": None, "new_address": line["new"]}
    return _write(item or Redirect(), {"old_path": line["old"]} | target)


def _save(item):
    item.full_clean()
    item.save()
    return item
