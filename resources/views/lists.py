"""The lists of the library."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from publishing.http import read_only
from resources import crumbs, toolbars
from resources.forms import PublicationListForm
from resources.models import Publication
from resources.shelves import SHELVES

WORKS_A_PAGE = 20


@read_only
def publication_list(request):
    context = {"shelves": SHELVES.values(), "ancestors": crumbs.above_list()}
    return _show_list(request, Publication.objects.public(), context)


@read_only
def shelf_index(request, shelf):
    """All compartments of a shelf that hold something, with their numbers."""
    shelf = SHELVES[shelf]
    context = {"shelf": shelf, "compartments": shelf.compartments(), "ancestors": crumbs.above_record()}
    return render(request, "resources/shelf_index.html", context)


@read_only
def shelf(request, shelf, slug):
    """One lasting list: everything on a topic, by an author, of a year."""
    compartment = found_compartment(shelf, slug)
    if compartment.slug != slug:
        return HttpResponsePermanentRedirect(compartment.get_absolute_url())
    context = {"compartment": compartment, "ancestors": [*crumbs.above_record(), compartment.shelf]}
    return _show_list(request, compartment.works, context)


def found_compartment(shelf, slug):
    compartment = SHELVES[shelf].find(slug)
    if compartment is None:
        raise Http404
    return compartment


def _show_list(request, works, context):
    form = PublicationListForm(request.GET)
    page = Paginator(form.sorted(works).for_list(), WORKS_A_PAGE).get_page(form.page_number)
    compartment = context.get("compartment")
    context |= {
        "form": form,
        "works": page,
        "said": toolbars.in_words(page.paginator.count, form),
        "toolbar": toolbars.of_list(form, compartment),
        "feeds": toolbars.feeds(compartment),
        "title": compartment.title if compartment else _("Publications"),
        "lead": compartment.text if compartment else "",
    }
    return render(request, "resources/publication_list.html", context)
