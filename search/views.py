"""The page of results for everything, and its feeds."""

from django.http import Http404
from django.shortcuts import render

from publishing.feeds import XML_FEEDS
from publishing.http import read_only
from search import feeds
from search.forms import SearchForm
from search.results import Results


@read_only
def results(request):
    form = SearchForm(request.GET)
    found = Results(form) if form.asks else None
    if found:
        found.note_miss()
    context = {"form": form, "results": found}
    return render(request, "search/results.html", context)


@read_only
def feed(request, kind):
    if kind not in XML_FEEDS:
        raise Http404
    return feeds.SearchFeed(kind, SearchForm(request.GET))(request)
