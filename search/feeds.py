"""A search as a feed: what is new among the items that hold all of its words."""

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.feeds import XML_FEEDS, ItemFeed, whole
from search.engine import Sort, search
from search.results import with_items

ITEMS_IN_A_FEED = 50


class SearchFeed(ItemFeed):
    """The items that were published last stand first; what is only similar is not news."""

    def __init__(self, kind, form):
        self.kind, self.feed_type, self.form = kind, XML_FEEDS[kind], form

    def title(self):
        asked = " · ".join(filter(None, (self.form.query, *(one.text for one in self.form.conditions))))
        # Not within the braces below: what collects words for translation does not look there.
        search, everything, site = _("Search"), _("everything"), _("Coalition for Community Schools")
        return f"{search}: {asked or everything} - {site}"

    def path(self):
        return f"{reverse('search:results')}?{self.form.query_string}"

    def feed_path(self):
        return f"{reverse('search:feed', args=[self.kind])}?{self.form.query_string}"

    def items(self):
        query = self.form.to_query(
            sort=Sort.PUBLISHED, page=1, size=ITEMS_IN_A_FEED, all_words=True, with_facets=False, with_snippets=False
        )
        return [hit.item for hit in with_items(search(query).hits)]

    def item_title(self, item):
        return getattr(item, "full_title", item.title)

    def item_description(self, item):
        return item.summary

    def item_guid(self, item):
        # Stays the same when the address changes.
        return whole(f"/#{item._meta.label_lower}-{item.pk}")

    def item_categories(self, item):
        return [str(item.kind)]
