"""What programs follow: the newest entries of a list with their whole text, as Atom, RSS and JSON Feed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import partial

from django.http import HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from blog import archives
from publishing import blocks
from publishing.feeds import XML_FEEDS, fit, whole
from publishing.http import for_everyone
from publishing.markup import whole_addresses

ENTRIES_IN_A_FEED = 20


@for_everyone()
def feed(request, kind):
    return _feed(kind, archives.everything())


@for_everyone()
def archive_feed(request, name, slug, kind):
    return _feed(kind, archives.found(name, slug))


def _feed(kind, archive):
    entries = list(archive.entries.newest().for_feed()[:ENTRIES_IN_A_FEED])
    texts = blocks.blocks_of(*entries)
    for entry in entries:
        entry.blocks = texts[entry.pk]
    return FEEDS[kind].write(archive, archive.feed_address(kind), entries)


def _xml_feed(maker, archive, address, entries):
    made = maker(
        title=_title(archive),
        link=whole(archive.url),
        description=archive.text or _title(archive),
        language=get_language(),
        feed_url=whole(address),
    )
    for entry in entries:
        made.add_item(
            title=entry.title,
            link=whole(entry.get_absolute_url()),
            description=entry.summary,
            unique_id=_id(entry),
            unique_id_is_permalink=False,
            authors=entry.names_of_authors,
            pubdate=_dated_at(entry),
            updateddate=entry.last_changed_at,
            categories=_categories(entry),
            content=_content(entry),
        )
    return HttpResponse(made.writeString("utf-8"), content_type=made.content_type)


def _json_feed(archive, address, entries):
    """https://www.jsonfeed.org/version/1.1/"""
    items = [
        {
            "id": _id(entry),
            "url": whole(entry.get_absolute_url()),
            "title": entry.title,
            "summary": entry.summary,
            "content_html": _content(entry),
            "language": entry.language,
            "date_published": _dated_at(entry).isoformat(),
            "date_modified": entry.last_changed_at.isoformat(),
            "tags": _categories(entry),
            "authors": [{"name": name} for name in entry.names_of_authors],
        }
        for entry in entries
    ]
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(archive),
        "home_page_url": whole(archive.url),
        "feed_url": whole(address),
        "language": get_language(),
        "items": items,
    }
    return JsonResponse(fit(data), content_type=FEEDS["json"].media_type, json_dumps_params={"ensure_ascii": False})


@dataclass(frozen=True)
class Feed:
    """A format: `write(archive, address of the feed, entries)` gives the response."""

    label: str
    media_type: str
    write: Callable


FEEDS = {
    "atom": Feed(_("Atom feed"), "application/atom+xml", partial(_xml_feed, XML_FEEDS["atom"])),
    "rss": Feed(_("RSS feed"), "application/rss+xml", partial(_xml_feed, XML_FEEDS["rss"])),
    "json": Feed(_("JSON Feed"), "application/feed+json", _json_feed),
}


def _dated_at(entry):
    """The moment of publishing on the day that readers see; the beginning of another day."""
    if entry.dated_on == timezone.localdate(entry.published_at):
        return entry.published_at
    moment = timezone.make_aware(datetime.combine(entry.dated_on, time()))
    # Before 1883 clocks went by the sun, to the second; no feed can say that.
    return moment.astimezone(UTC) if moment.utcoffset() % timedelta(minutes=1) else moment


def _content(entry):
    """The text of an entry with its lead picture, as HTML with whole addresses; `entry.blocks` is set."""
    html = render_to_string("blog/feed_content.html", {"entry": entry})
    return whole_addresses(html, whole(entry.get_absolute_url()))


def _categories(entry):
    return [one.name for one in (*entry.topics.all(), *entry.tags.all())]


def _title(archive):
    site = _("Coalition for Community Schools")
    return f"{archive.title} - {site}"


def _id(entry):
    # Stays the same when the address changes.
    return whole(f"/blog/#{entry.pk}")
