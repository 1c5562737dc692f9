"""What readers see of the interface is in Spanish too: the catalog is whole, and the pages under /es/ use it."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation.template import templatize

from pages.models import MenuItem
from publishing.kinds import publishable_models

TEMPLATES = settings.BASE_DIR / "templates"
CATALOG = settings.BASE_DIR / "locale" / "es" / "LC_MESSAGES" / "django.po"
FOR_STAFF = ("admin/", "account/", "accounts/", "mfa/", "styleguide.html")
# Python whose words readers see
READERS_MODULES = (
    "blog/archives.py",
    "blog/feeds.py",
    "blog/forms.py",
    "blog/views.py",
    "blog/models/entry.py",
    "coalition_site/errors.py",
    "faq/forms.py",
    "faq/views.py",
    "search/apps.py",
    "search/feeds.py",
    "search/forms.py",
    "search/results.py",
    "search/suggestions.py",
    "feedback/forms.py",
    "feedback/guards.py",
    "feedback/inbox.py",
    "feedback/views.py",
    "pages/gathering.py",
    "resources/crumbs.py",
    "resources/facts.py",
    "resources/feeds.py",
    "resources/forms.py",
    "resources/kinds.py",
    "resources/reading.py",
    "resources/searching.py",
    "resources/shelves.py",
    "resources/toolbars.py",
    "resources/citations/__init__.py",
    "resources/formats/__init__.py",
    "resources/models/traces.py",
)

STRING = r"""u?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
GETTEXT = re.compile(rf"(?:\b_|gettext)\(\s*{STRING}\s*(?:,\s*{STRING}\s*,\s*count)?\s*\)")
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%")


def words_of_template(path):
    """Pairs of singular and plural (or None), as makemessages would collect them from a template."""
    code = templatize(path.read_text(), origin=str(path))
    for singular, plural in GETTEXT.findall(code):
        yield ast.literal_eval(singular), ast.literal_eval(plural) if plural else None


def words_of_module(path):
    """Pairs of singular and plural (or None) of the calls for a translation in a Python file."""
    for node in ast.walk(ast.parse(path.read_text())):
        name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
        if name in ("_", "gettext"):
            yield node.args[0].value, None
        elif name == "ngettext":
            yield node.args[0].value, node.args[1].value


def words_for_readers():
    """Text → plural or None, for all that a reader may see of the interface."""
    words = {}
    for path in TEMPLATES.rglob("*.*"):
        if not str(path.relative_to(TEMPLATES)).startswith(FOR_STAFF):
            words.update(words_of_template(path))
    for name in READERS_MODULES:
        words.update(words_of_module(settings.BASE_DIR / name))
    return words


@pytest.fixture(scope="module")
def catalog():
    return polib.pofile(CATALOG)


def test_words_of_templates_are_found():
    words = words_for_readers()
    assert {"Search", "%(start)s to %(end)s of %(total)s", "There is no page at this address"} <= set(words)
    assert words["%(counter)s minute"] == "%(counter)s minutes"


def test_everything_that_readers_see_has_a_spanish_form(catalog):
    """`make messages` collects new words; write their Spanish form in the catalog, then run it again."""
    missing = []
    for singular, plural in words_for_readers().items():
        entry = catalog.find(singular)
        forms = entry and (entry.msgstr_plural.values() if plural else [entry.msgstr])
        if not forms or not all(form.strip() for form in forms) or entry.msgid_plural != (plural or ""):
            missing.append(singular)
    assert missing == []


def test_words_for_readers_have_all_the_plurals_that_the_catalog_counts(catalog):
    """Django counts three in Spanish (1, a million, all others); one that is missing shows English instead."""
    count = int(re.search(r"nplurals=(\d)", catalog.metadata["Plural-Forms"])[1])
    plurals = [entry for entry in catalog if any(entry.msgstr_plural.values())]
    assert plurals
    assert [
        entry.msgid for entry in plurals if len([form for form in entry.msgstr_plural.values() if form]) < count
    ] == []


def test_every_kind_of_content_has_a_spanish_name(catalog):
    """Lists show the kind of an item to readers; its name is the model's."""
    names = []
    for model in publishable_models():
        with translation.override("en"):
            names.append(str(model._meta.verbose_name))
    assert [name for name in names if not (catalog.find(name) and catalog.find(name).msgstr)] == []


def test_translations_keep_the_placeholders(catalog):
    changed = []
    for entry in catalog.translated_entries():
        expected = set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))
        forms = entry.msgstr_plural.values() if entry.msgid_plural else [entry.msgstr]
        changed += [form for form in forms if set(PLACEHOLDER.findall(form)) != expected]
    assert changed == []


def test_nothing_in_the_catalog_is_guessed_or_left_over(catalog):
    assert [entry.msgid for entry in catalog.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalog.obsolete_entries()] == []


def test_the_compiled_catalog_holds_what_the_readable_one_holds(catalog):
    def contents(entries):
        return {(entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural for entry in entries}

    compiled = polib.mofile(Path(CATALOG).with_suffix(".mo"))
    assert contents(compiled) == contents(catalog.translated_entries())


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/es/", 200, "Esta página todavía no está en español"),
        ("/es/partners/", 200, "Esta página todavía no está en español"),
        ("/es/search/?q=guide", 200, "Buscar"),
        ("/es/no-such-page/", 404, "No hay ninguna página en esta dirección"),
    ],
)
@pytest.mark.usefixtures("home")
def test_spanish_pages_stand_in_a_spanish_frame(client, make_page, address, status, title):
    MenuItem.objects.create(menu="footer", label="Partners", page=make_page("Partners"))
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == status
    assert '<html lang="es">' in html
    assert f"<h1>{title}</h1>" in html
    for words in (
        "Ir al texto",
        "Menú",
        "Buscar en el sitio",
        "en el Institute for Educational Leadership",
        "Volver arriba",
    ):
        assert words in html
    for words in ("Skip to the text", "Search the site", "Back to top"):
        assert words not in html


def test_a_spanish_page_says_its_date_in_spanish(client, home, make_page):
    from pages.models import RichText

    page = make_page("Socios", language="es", reviewed_on="2026-11-03")
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>Nuestros socios.</p>")
    html = client.get("/es/socios/").content.decode()
    assert "Última revisión" in html
    assert "3 de noviembre de 2026" in html
    assert "1 minuto" in html


def test_search_counts_its_results_in_spanish(client, make_page):
    make_page("Guía", language="es")
    assert "1 resultado para <em>guía</em>" in client.get("/es/search/?q=guía").content.decode()
    assert "Páginas" in client.get("/es/search/?q=guía").content.decode()
    assert "0 resultados para <em>zepelín</em>" in client.get("/es/search/?q=zepelín").content.decode()
