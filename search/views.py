"""The page of results for everything, and its feeds."""

from django.http import Http404
from django.shortcuts import render

from publishing.feeds import XML_FEEDS
from publishing.http import for_everyone
from search import feeds
from search.forms import SearchForm, names_of_parameters
from search.results import Results


@for_everyone(names_of_parameters)
def results(request):
    form = SearchForm(request.GET)
    found = Results(form) if form.asks else None
    context = {"form": form, "results": found}
    response = render(request, "search/results.html", context)
    if found and found.note_miss():
        response["Cache-Control"] = "no-store"  # the next who searches for it in vain counts too
    return response


@for_everyone(names_of_parameters)
def feed(request, kind):
    if kind not in XML_FEEDS:
        raise Http404
    return feeds.SearchFeed(kind, SearchForm(request.GET))(request)
