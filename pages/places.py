"""Where in the tree a page may stand."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from publishing.ancestors import stands_under


def check_place(page):
    """Raise ValidationError where a page cannot stand under the one that is chosen, or others cannot under it."""
    if page.pk and (child := page.children.exclude(language=page.language).first()):
        sentence = _("The page “%(title)s” stands under this one, in another language. Move it elsewhere first.")
        raise ValidationError({"language": sentence % {"title": child}})
    if not page.parent:
        return
    if page.parent.language != page.language:
        raise ValidationError({"parent": _("Choose a page in the same language.")})
    if page.published_at and page.parent.published_at is None:
        raise ValidationError({"parent": _("Publish the page above this one first, or choose another place.")})
    if page.parent.is_home:
        raise ValidationError({"parent": _("Pages at the top stand under nothing. Leave this empty.")})
    if stands_under(page, page, "parent"):
        raise ValidationError({"parent": _("A page cannot stand under itself or under a page below it.")})
