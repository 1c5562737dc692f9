"""Feeds of the library: its newest works, all of them or those of one shelf, as Atom and RSS."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from publishing.feeds import XML_FEEDS, ItemFeed, whole
from publishing.http import for_everyone
from resources.models import Publication
from resources.views.lists import found_compartment

WORKS_IN_A_FEED = 50


class PublicationFeed(ItemFeed):
    """Newest to the site first: a reader of a feed asks what is new here."""

    def __init__(self, kind, compartment=None):
        self.kind, self.feed_type, self.compartment = kind, XML_FEEDS[kind], compartment

    def title(self):
        about = self.compartment.title if self.compartment else _("Publications")
        site = _("Coalition for Community Schools")
        return f"{about} - {site}"

    def path(self):
        return self.compartment.get_absolute_url() if self.compartment else reverse("resources:publication_list")

    def feed_path(self):
        if self.compartment is None:
            return reverse("resources:feed", args=[self.kind])
        return reverse("resources:shelf_feed", args=[self.compartment.shelf.name, self.compartment.slug, self.kind])

    def items(self):
        works = self.compartment.works if self.compartment else Publication.objects.public()
        return works.for_list().newest()[:WORKS_IN_A_FEED]

    def item_title(self, work):
        return work.full_title

    def item_description(self, work):
        return "\n\n".join(filter(None, (work.makers_in_words, work.summary, work.about_in_words)))

    def item_guid(self, work):
        # Stays the same when the address changes.
        return whole(f"/resources/publications/#{work.pk}")

    def item_categories(self, work):
        return [topic.name for topic in work.topics.all()]


@for_everyone()
def feed(request, kind):
    return _feed(request, kind)


@for_everyone()
def shelf_feed(request, shelf, slug, kind):
    return _feed(request, kind, found_compartment(shelf, slug))


def _feed(request, kind, compartment=None):
    if kind not in XML_FEEDS:
        raise Http404
    return PublicationFeed(kind, compartment)(request)
