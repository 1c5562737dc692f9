from django.conf import settings
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language

from publishing.http import read_only
from search.forms import SearchForm
from search.plain import matching_items

RESULTS_A_PAGE = 10


@read_only
def results(request):
    form = SearchForm(request.GET)
    words = form.query.split()
    # A reader of Spanish is offered English items rather than nothing.
    items = matching_items(words, get_language()) or matching_items(words, settings.LANGUAGE_CODE)
    page = Paginator(items, RESULTS_A_PAGE).get_page(form.page_number)
    return render(request, "search/results.html", {"form": form, "results": page})
