"""What stands above a list: its number in words, its order, its files and feeds."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing.toolbars import FeedLink, Group, Link
from resources.api.works import url_of_list
from resources.exports import links_of_list


def in_words(count, form):
    """“59 publications, newest first”."""
    number = ngettext("%(count)s publication", "%(count)s publications", count) % {"count": count}
    order = _("by title") if form.order_chosen == "title" else _("newest first")
    return f"{number}, {order}"


def of_list(form, compartment):
    orders = [Link(label, f"?order={name}", name == form.order_chosen) for name, label in form.ORDERS]
    take = [*links_of_list(compartment), *feeds(compartment)]
    return [Group(_("Order"), orders, is_said=True), Group(_("Take along"), take, is_said=True)]


def feeds(compartment):
    """What programs follow: the feeds of a list, Atom first, and its JSON."""
    place = [compartment.shelf.name, compartment.slug] if compartment else []
    name = "resources:shelf_feed" if compartment else "resources:feed"
    return [
        FeedLink(_("Atom feed"), reverse(name, args=[*place, "atom"]), media_type="application/atom+xml"),
        FeedLink(_("RSS feed"), reverse(name, args=[*place, "rss"]), media_type="application/rss+xml"),
        FeedLink(_("JSON, for programs"), url_of_list(compartment), media_type="application/json"),
    ]
