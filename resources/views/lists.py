"""The lists of the library."""

from django.http import Http404
from django.shortcuts import render

from publishing.http import for_everyone
from publishing.moved import moved
from publishing.paging import Paginator
from resources import crumbs, toolbars
from resources.forms import PublicationListForm
from resources.shelves import SHELVES, compartments_of
from search.forms import SearchForm, names_of_parameters
from search.results import Results

WORKS_A_PAGE, COMPARTMENTS_A_PAGE = 20, 500
ONLY_PUBLICATIONS = {"content": ["publication"]}


@for_everyone(names_of_parameters)
def publication_list(request):
    """All publications, searched and narrowed by the site's one engine."""
    form = SearchForm(request.GET, fixed=ONLY_PUBLICATIONS)
    context = {
        "form": form,
        "results": Results(form),
        "shelves": SHELVES.values(),
        "ancestors": crumbs.above_list(),
        "feeds": toolbars.feeds(None),
    }
    return render(request, "resources/publication_search.html", context)


@for_everyone("page")
def shelf_index(request, shelf):
    """The compartments of a shelf that hold something, with their numbers."""
    form = PublicationListForm(request.GET)
    page = Paginator(compartments_of(shelf), COMPARTMENTS_A_PAGE).get_page(form.page_number)
    context = {
        "shelf": SHELVES[shelf],
        "form": form,
        "compartments": page,
        "query": f"?page={page.number}" if page.number > 1 else "",
        "ancestors": crumbs.above_record(),
    }
    return render(request, "resources/shelf_index.html", context)


@for_everyone("order", "page")
def shelf(request, shelf, slug):
    """One lasting list: everything on a topic, by an author, of a year."""
    compartment = found_compartment(shelf, slug)
    if compartment.slug != slug:
        return moved(request, compartment.get_absolute_url())
    form = PublicationListForm(request.GET)
    works = form.sorted(compartment.works).for_list()
    page = Paginator(works, WORKS_A_PAGE, count=compartment.count).get_page(form.page_number)
    context = {
        "compartment": compartment,
        "ancestors": [*crumbs.above_record(), compartment.shelf],
        "form": form,
        "works": page,
        "said": toolbars.in_words(page.paginator.count, form),
        "toolbar": toolbars.of_list(form, compartment),
        "feeds": toolbars.feeds(compartment),
    }
    return render(request, "resources/publication_list.html", context)


def found_compartment(shelf, slug):
    """The compartment at a slug, which may be a former one. Raises Http404 where nothing public stands."""
    compartment = SHELVES[shelf].find(slug)
    if compartment is None or not compartment.count:
        raise Http404
    return compartment
