"""What entries, questions and all later texts share that stand in blocks at `/<place>/<slug>/`, in their language."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import get_language, override

from publishing import blocks, together
from publishing.instead import gone, untranslated
from publishing.models import FormerSlug, Publishable, PublishableQuerySet, State
from publishing.moved import moved


class ArticleQuerySet(PublishableQuerySet):
    def for_page(self):
        """What the page of one item shows of the rows that it names. Kinds with more to fetch override it."""
        return self.all()

    def at(self, slug):
        """The item at an address in the language at hand, public or not, found by its former addresses too."""
        return self.standing_at(slug, get_language())


class Article(Publishable):
    """A text with an address of its own. A kind names its view by `detail_view`, which takes the slug."""

    detail_view = ""
    shown_relations = ()  # names, as `together.fetch` reads them, of what its page shows beside its own columns

    class Meta(Publishable.Meta):
        abstract = True

    def get_absolute_url(self):
        """The page of this item; None while a draft has no address, or one that cannot be."""
        try:
            validate_slug(self.slug)
        except ValidationError:
            return None
        with override(self.language):
            return reverse(self.detail_view, args=[self.slug])

    def save(self, *args, **kwargs):
        with transaction.atomic():
            FormerSlug.objects.keep(self)
            super().save(*args, **kwargs)

    @cached_property
    def blocks(self):
        return blocks.blocks_of(self)[self.pk]


def answer(request, model, slug, show, *, view=""):
    """What readers get at the address of an article: `show(request, item)`; or, where it is gone, has moved or is not
    translated, what stands there instead. `view` is that of the address, where it is not the page of the item.
    """
    item = model.objects.for_page().at(slug)
    if item is None or not item.was_public:
        return _untranslated(request, model, slug, view or model.detail_view)
    if item.state == State.RETIRED:
        return gone(request, item)
    if (item.language, item.slug) != (get_language(), slug):
        with override(item.language):
            return moved(request, reverse(view or model.detail_view, args=[item.slug]))
    together.fetch([item], *model.shown_relations)
    return show(request, item)


def _untranslated(request, model, slug, view):
    """The way to the English item, for a reader of another language; to its translation where there is one."""
    original = model.objects.public().filter(language=settings.LANGUAGE_CODE, slug=slug).first()
    if original is None or get_language() == settings.LANGUAGE_CODE:
        raise Http404
    return untranslated(request, original, lambda translation: reverse(view, args=[translation.slug]))
