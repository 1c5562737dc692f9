"""Atom and RSS that every program can read, whatever a text holds: all feeds of the site are made by these."""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.characters import fit_for_xml

AUTHOR = _("Coalition for Community Schools")  # of a feed, and with it of what names no author of its own


def fit(value):
    """A value, or a list or a dict of such, whose texts hold nothing that XML cannot."""
    if isinstance(value, str | Promise):
        return fit_for_xml(str(value))
    if isinstance(value, list | tuple):
        return [fit(one) for one in value]
    if isinstance(value, dict):
        return {name: fit(one) for name, one in value.items()}
    return value


class _Fit:
    """A feed that takes besides, of an item, `authors`, a list of names, and `content`, its whole text as HTML."""

    def __init__(self, **texts):
        super().__init__(**fit(texts | {"author_name": AUTHOR}))

    def add_item(self, **texts):
        super().add_item(**fit(texts))


class AtomFeed(_Fit, Atom1Feed):
    """Atom, https://www.rfc-editor.org/rfc/rfc4287"""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item.get("authors", ()):
            handler.startElement("author", {})
            handler.addQuickElement("name", name)
            handler.endElement("author")
        if "content" in item:
            handler.addQuickElement("content", item["content"], {"type": "html"})


class RssFeed(_Fit, Rss201rev2Feed):
    """RSS 2.0, with the element of https://web.resource.org/rss/1.0/modules/content/ for the text."""

    def rss_attributes(self):
        return super().rss_attributes() | {
            "xmlns:content": "http://purl.org/rss/1.0/modules/content/",
            "xmlns:dc": "http://purl.org/dc/elements/1.1/",
        }

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        for name in item.get("authors", ()):
            handler.addQuickElement("dc:creator", name)
        if "content" in item:
            handler.addQuickElement("content:encoded", item["content"])


XML_FEEDS = {"atom": AtomFeed, "rss": RssFeed}


def whole(path):
    """An address of this site as programs need it. It does not depend on the host that was asked."""
    return f"{settings.SITE_URL}{path}"


class ItemFeed(Feed):
    """A feed of public items, by Django's view. A subclass says which, and by `path` and `feed_path` where its list
    and the feed itself stand.
    """

    item_guid_is_permalink = False

    def link(self):
        return whole(self.path())

    def feed_url(self):
        return whole(self.feed_path())

    def item_link(self, item):
        return whole(item.get_absolute_url())

    def item_extra_kwargs(self, item):
        return {"authors": item.names_of_authors}

    def item_pubdate(self, item):
        return item.published_at

    def item_updateddate(self, item):
        return item.last_changed_at
