"""The page of one work."""

from django.conf import settings
from django.http import Http404
from django.template.response import TemplateResponse

from publishing import together
from publishing.http import for_everyone
from publishing.instead import gone
from publishing.markup import script_json
from publishing.models import State
from publishing.moved import moved
from resources import crumbs, exports, facts, inside, reading
from resources.citations import STYLES, cite
from resources.citations.json_ld import json_ld
from resources.citations.tags import dublin_core, highwire
from resources.describing import record_of
from resources.kinds import ContributorRole
from resources.models import Publication
from resources.relating import neighbors_of, related_to


def found(slug):
    """The work at an address, live or retired; 404 where readers never found one."""
    work = Publication.objects.for_page().at(slug)
    if work is None or not work.was_public:
        raise Http404
    return work


@for_everyone("in")
def publication_detail(request, slug):
    work = found(slug)
    if work.state == State.RETIRED:
        return gone(request, work)
    if work.slug != slug:
        return moved(request, work.get_absolute_url())
    together.fetch([work], *Publication.shown_relations)
    return show_publication(request, work)


def show_publication(request, work):
    """The page of a work, which may stand in the tables or only in memory."""
    record = record_of(work)
    files = reading.files_of(work)
    addresses = [f"{settings.SITE_URL}{file.url}" for file in files]
    relations = related_to(work)
    sightings = reading.sightings_of(work)
    paper = reading.paper_of(work)
    papers = [f"{settings.SITE_URL}{paper.absolute_url_in(work.language)}"] if paper else []
    context = {
        "work": work,
        "ancestors": crumbs.above_record(),
        "byline": [facts.maker_value(one) for one in work.authors],
        "is_edited": bool(work.authors) and not work.makers(ContributorRole.AUTHOR),
        "is_for_paper": request.GET.get("print") == "y",
        "files": files,
        "places": reading.places_of(work, sightings),
        "facts": facts.facts_of(work, sightings),
        "inside": inside.search(work, request.GET.get("in", "")),
        "citations": [(style, cite(record, style.name)) for style in STYLES],
        "formats": exports.links_to(work),
        "relations": relations,
        "neighbors": neighbors_of(work, relations),
        "tags": [*highwire(record, papers), *dublin_core(record)],
        "structured": script_json(json_ld(record, addresses)),
        "translations": work.public_translations(),
    }
    return TemplateResponse(request, "resources/publication_detail.html", context)
