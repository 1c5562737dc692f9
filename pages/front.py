"""The front page of a language: of all pages the one that has to stay, and stay where it is."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from pages.addresses import HOME_PATH, HOME_SLUG

STAYS = _(
    "This is the front page. It cannot be taken offline or deleted, or readers would find nothing at the address of "
    "the site. Change its text instead."
)


def why_it_stays(page):
    """A sentence where a page is the front page that readers see; else an empty one."""
    return STAYS if page.is_home and page.is_public else ""


def check_it_stays_in_place(page, path):
    """Raise ValidationError where the front page that readers see would get another path or language than it has."""
    if not (page.is_home and page.is_public):
        return
    if path != HOME_PATH:
        sentence = _("This is the front page: its address has to be “%(slug)s”, and it stands under nothing.")
        raise ValidationError({"parent" if page.parent else "slug": sentence % {"slug": HOME_SLUG}})
    if type(page).objects.filter(pk=page.pk).exclude(language=page.language).exists():
        raise ValidationError({"language": _("This is the front page: it has to stay in its language.")})
