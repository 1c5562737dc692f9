"""What the site holds for one leadership role, on the page of that role."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from publishing.languages import path_in
from search.newest import newest_with
from vocabulary.models import Role


@dataclass(frozen=True)
class Shelf:
    """The newest of a kind, and where all of them stand; empty where none is in the language of the page."""

    title: str
    items: list
    url: str


# Label of a model → where all of its items for a role stand.
ADDRESSES = {
    "faq.question": "/faq/?role={slug}",
    "blog.entry": "/search/?content=entry&role={slug}",
    "resources.publication": "/resources/publications/role/{slug}/",
}


def gathered_for(page):
    """The shelves for the role whose address is that of a page, or of the page that it translates; one without works
    has none.
    """
    slug = page.translation_of.slug if page.translation_of else page.slug
    role = Role.objects.at(slug)
    found = newest_with("role", role.pk, page.language) if role else {}
    titles = {
        "faq.question": _("Questions"),
        "blog.entry": _("From the blog"),
        "resources.publication": _("Publications"),
    }
    return [
        Shelf(titles[label], found[label], _url_of_all(found[label], page.language, address.format(slug=role.slug)))
        for label, address in ADDRESSES.items()
        if label in found
    ]


def _url_of_all(items, language, address):
    return path_in(language, address) if any(item.language == language for item in items) else ""
