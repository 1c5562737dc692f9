"""The site map for search engines."""

from collections import defaultdict

from publishing.kinds import publishable_models


def sitemap_entries():
    """A dict for each public item: `item`, and `alternates`, its public counterparts with itself; one query a kind."""
    entries = []
    for model in publishable_models():
        groups = defaultdict(list)
        for item in model.objects.public().for_list().order_by("pk"):
            groups[item.translation_of_id or item.pk].append(item)
        for group in groups.values():
            entries += [{"item": item, "alternates": group if len(group) > 1 else []} for item in group]
    return entries
