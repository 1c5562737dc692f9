"""The frame of every reader's page: menus, contact facts and footer, asked only when a template shows them."""

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from pages.models import ContactFacts, MenuItem, Page
from publishing.freshness import watcher
from publishing.languages import in_current_language, path_in
from publishing.remembered import remembered


def frame(request):
    """`menus`: name of a menu → its lines for a reader of this language; `contact`: the contact facts or None;
    `footer`: the end of the page, which is the same on all pages of a language.
    """
    lines, contact = SimpleLazyObject(_lines_of_menus), SimpleLazyObject(contact_facts)
    return {
        "menus": SimpleLazyObject(lambda: menus(lines, request.path)),
        "contact": contact,
        # While nobody is sure of the content version, what this request has asked for serves both.
        "footer": SimpleLazyObject(lambda: remembered_footer() if watcher.known else footer(lines, contact)),
    }


@remembered
def contact_facts():
    return ContactFacts.objects.first()


@remembered
def remembered_footer():
    return footer(_lines_of_menus(), contact_facts())


def footer(lines, contact):
    return render_to_string("includes/footer.html", {"menus": menus(lines, path=""), "contact": contact})


def menus(lines, path):
    """Each line is a dict with `text`, `url`, `current` (“page” at its own address, “true” below it, else “”) and
    `is_untranslated`.

    Lines whose page is not public are left out.
    """
    return {
        menu: [
            {"text": text, "url": url, "current": _current(url, path), "is_untranslated": is_untranslated}
            for text, url, is_untranslated in its_lines
        ]
        for menu, its_lines in lines.items()
    }


@remembered
def _lines_of_menus():
    """Name of a menu → text, address and whether there is only English to read, in the language at hand."""
    lines = {}
    language = get_language()
    translations = _translations(language)
    for item in MenuItem.objects.select_related("page"):
        if item.page and not item.page.is_public:
            continue
        page = translations.get(item.page_id, item.page)
        url = page.address_in_current_language if page else in_current_language(item.address)
        is_untranslated = bool(page) and page.language == settings.LANGUAGE_CODE != language
        lines.setdefault(item.menu, []).append((item.text, url, is_untranslated))
    return lines


def _current(url, path):
    if url == path:
        return "page"
    is_front_page = path_in(settings.LANGUAGE_CODE, url) == "/"  # below which everything stands
    return "true" if url.endswith("/") and not is_front_page and path.startswith(url) else ""


def _translations(language):
    """Key of a page of the menus → its public translation; nothing is asked for English, the menus' own language."""
    if language == settings.LANGUAGE_CODE:
        return {}
    found = Page.objects.public().in_language(language).filter(translation_of__menu_items__isnull=False)
    return {page.translation_of_id: page for page in found}
