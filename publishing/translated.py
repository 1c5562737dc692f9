"""The public counterparts of a text in other languages."""

from django.db.models import Q

from publishing.remembered import remembered


def translations_of(item):
    """Language code → item, for an item and its public counterparts; a query, and one more where it has any."""
    model = type(item)
    if not item.translation_of_id and item.pk not in translated_keys(model):
        return {item.language: item}
    original = item.translation_of_id or item.pk
    others = model.objects.public().filter(Q(pk=original) | Q(translation_of=original)).exclude(pk=item.pk)
    return {item.language: item} | {other.language: other for other in others}


@remembered
def translated_keys(model):
    """The keys of the items of a kind that others translate, public or not: of most it is known that there are none."""
    translations = model._base_manager.exclude(translation_of=None)
    return frozenset(translations.values_list("translation_of", flat=True))
