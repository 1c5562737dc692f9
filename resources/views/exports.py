"""Works to take along: files for reference managers, of one work, of a list, of what a reader has chosen."""

from django.db.models import Case, IntegerField, When
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse

from publishing.http import read_only, reading
from publishing.instead import gone
from publishing.models import State
from publishing.moved import moved
from resources import crumbs, exports
from resources.citations import cite
from resources.describing import record_of
from resources.formats import FORMATS
from resources.forms import ChoiceForm
from resources.models import Publication
from resources.views.lists import ONLY_PUBLICATIONS, found_compartment
from resources.views.records import found
from search.engine import search
from search.forms import SearchForm

MOST_EXPORTED = 2_000  # works of one search
RETRY_AFTER = 30  # seconds


@read_only
def work_export(request, slug, name):
    work = found(slug)
    if work.state == State.RETIRED:
        return gone(request, work)
    if work.slug != slug:
        return moved(request, reverse("resources:work_export", args=[work.slug, name]))
    return _file(request, Publication.objects.filter(pk=work.pk), name, work.slug)


@read_only
def export(request, name):
    return _file(request, Publication.objects.public().by_title(), name, "publications")


@read_only
def shelf_export(request, shelf, slug, name):
    compartment = found_compartment(shelf, slug)
    return _file(request, compartment.works.by_title(), name, f"publications-{shelf}-{compartment.slug}")


@read_only
def search_export(request, name):
    """The publications that a search finds, in the order in which it finds them."""
    form = SearchForm(request.GET, fixed=ONLY_PUBLICATIONS)
    query = form.to_query(page=1, size=MOST_EXPORTED, with_facets=False, with_snippets=False)
    keys = [int(hit.owner[1]) for hit in search(query).hits]
    as_found = Case(*(When(pk=key, then=place) for place, key in enumerate(keys)), output_field=IntegerField())
    works = Publication.objects.public().filter(pk__in=keys)
    return _file(request, works.order_by(as_found) if keys else works, name, "publications-found")


@reading("work", "style")
def chosen(request):
    """The works that a reader has chosen, as a list of references in one style; the address is the list.

    Nothing of it is kept, not even in the page cache: so it is told to the reader.
    """
    form = ChoiceForm(request.GET)
    references = [cite(record_of(work), form.style_chosen) for work in form.works.for_record()]
    context = {
        "form": form,
        "ancestors": crumbs.above_record(),
        "references": sorted(references, key=lambda citation: citation.text.casefold()),
        "links": exports.links_of_choice(form.query_of_works),
    }
    return render(request, "resources/chosen.html", context)


@read_only
def chosen_export(request, name):
    return _file(request, ChoiceForm(request.GET).works, name, "my-publications")


def _file(request, works, name, stem):
    if name not in FORMATS:
        raise Http404
    if request.method == "HEAD":  # whose answer has no body, for which no works need be read
        works = works.none()
    try:
        return exports.response_in_turn(works, name, stem)
    except exports.Busy:
        page = render_to_string("resources/export_busy.html")
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_AFTER)})
