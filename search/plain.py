"""A plain match in titles and summaries. The search issue replaces it by the ranked index."""

from functools import reduce
from operator import and_, or_

from django.db.models import Q

from publishing.kinds import publishable_models

MOST_MATCHES = 200  # of one kind
MOST_WORDS = 10


def matching_items(words, language, join=and_, limit=MOST_MATCHES):
    """Public items of a language whose title or summary holds all the words (any of them with `join=or_`).

    Those with more of the words in the title come first. One query for each kind of content.
    """
    words = words[:MOST_WORDS]
    if not words:
        return []
    condition = reduce(join, (Q(title__icontains=word) | Q(summary__icontains=word) for word in words))
    items = []
    for model in publishable_models():
        items += model.objects.public().in_language(language).filter(condition).for_list().order_by("title")[:limit]
    return sorted(items, key=lambda item: -sum(word.lower() in item.title.lower() for word in words))


def nearest_items(words, language, limit):
    """The public items that share the most words with an address."""
    return matching_items(words, language, join=or_)[:limit]
