"""Which kinds of content there are: every concrete model that inherits Publishable."""

from functools import cache

from django.apps import apps

from publishing.models import Publishable


@cache
def publishable_models():
    """All content models, in the order of INSTALLED_APPS."""
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def newest_items(language, limit):
    """The newest public items of all kinds in one language, newest first; one query a kind."""
    items = []
    for model in publishable_models():
        items += model.objects.public().in_language(language).for_list().newest()[:limit]
    return sorted(items, key=lambda item: (item.shown_on, item.published_at), reverse=True)[:limit]
