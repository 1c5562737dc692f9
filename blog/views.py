"""The lists of the blog, and each entry."""

from datetime import date

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from blog import archives
from blog.feeds import FEEDS
from blog.forms import EntryListForm
from blog.models import Entry
from blog.neighbors import neighbors_of
from blog.structured import posting
from feedback.models import Response
from publishing.articles import answer
from publishing.blocks import links_on_paper, reading_minutes
from publishing.crumbs import Crumb
from publishing.http import for_everyone, read_only
from publishing.languages import path_in
from publishing.markup import script_json
from publishing.moved import moved
from publishing.toolbars import FeedLink
from search.related import related_to

ENTRIES_A_PAGE = 10


@for_everyone("before")
def entry_list(request):
    return _list(request, archives.everything())


@for_everyone("before")
def archive(request, name, slug):
    found = archives.found(name, slug)
    if found.place != (name, slug):
        return moved(request, found.url)
    return _list(request, found)


@for_everyone("before")
def of_time(request, year, month=None):
    return _list(request, archives.of_time(year, month), has_feeds=False)


def _list(request, archive, *, has_feeds=True):
    form = EntryListForm(request.GET)
    last = None if archive.is_series else form.last_entry
    entries = archive.entries.in_series_order() if archive.is_series else archive.entries.newest()
    if last:
        entries = entries.older_than(last)
    # A series is read from its beginning and shown whole.
    entries = list(entries.for_list()[: None if archive.is_series else ENTRIES_A_PAGE + 1])
    shown = entries if archive.is_series else entries[:ENTRIES_A_PAGE]
    context = {
        "archive": archive,
        "entries": shown,
        "older": f"?before={shown[-1].pk}" if len(shown) < len(entries) else "",
        "last": last,
        "place": f"?before={last.pk}" if last else "",
        "form": form,
        "feeds": _feeds(archive) if has_feeds and entries else [],
        "in_english": path_in(settings.LANGUAGE_CODE, archive.url) if get_language() != settings.LANGUAGE_CODE else "",
        "ancestors": [] if archive.url == reverse("blog:entry_list") else _ancestors(),
        "months": archives.months(),
        "series": archives.series_in_use(),
    }
    return render(request, "blog/entry_list.html", context)


def _feeds(archive):
    return [FeedLink(feed.label, archive.feed_address(kind), feed.media_type) for kind, feed in FEEDS.items()]


@read_only
def former_address(request, year, month, slug, day=None):
    """An address with a date in it leads to the entry, which has none in its own."""
    try:
        date(year, month, 1 if day is None else day)
    except ValueError as error:
        raise Http404 from error
    entry = Entry.objects.at(slug)
    if entry and entry.was_public:
        return moved(request, entry.get_absolute_url())
    if Entry.objects.public().in_language(settings.LANGUAGE_CODE).filter(slug=slug).exists():
        # Where a reader of another language is offered the English entry, or its translation.
        return moved(request, reverse("blog:entry_detail", args=[slug]))
    raise Http404


@for_everyone()
def entry_detail(request, slug):
    return answer(request, Entry, slug, show_entry)


def show_entry(request, entry):
    """Render an entry. Its blocks may come from the database or from memory."""
    context = {
        "entry": entry,
        "writers": archives.links_to_writers(entry),
        "subjects": archives.links_to_subjects(entry),
        "minutes": reading_minutes(entry.blocks),
        "links": links_on_paper(entry.blocks),
        "related": related_to(entry.relations.all()),
        "responses": Response.objects.below(entry),
        "translations": entry.public_translations(),
        "neighbors": neighbors_of(entry),
        "structured": script_json(posting(entry)),
        "ancestors": _ancestors(),
    }
    return render(request, "blog/entry_detail.html", context)


def _ancestors():
    return [Crumb(_("Community Schools Blog"), reverse("blog:entry_list"))]
