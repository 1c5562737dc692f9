from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from search.forms import SearchForm
from search.plain import matching_items

RESULTS_A_PAGE = 10


@require_safe
def results(request):
    form = SearchForm(request.GET)
    items = matching_items(form.query.split(), get_language())
    page = Paginator(items, RESULTS_A_PAGE).get_page(form.page_number)
    return render(request, "search/results.html", {"form": form, "results": page})
