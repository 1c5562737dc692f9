"""The list of the library and one work of it, as JSON."""

from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponsePermanentRedirect

from publishing.feeds import whole
from publishing.http import EVERY_NAME
from publishing.models import State
from resources.api.answers import answer, for_programs, refusal
from resources.api.forms import ParametersForm
from resources.api.works import described, url_of_list, url_of_work
from resources.models import Publication


@for_programs
def publication_list(request):
    """A page of the public works that pass the filters of the address."""
    form = ParametersForm(request.GET)
    page, query = form.page_of(form.works.for_record())
    following = whole(f"{url_of_list()}?{query}") if query else None
    data = {
        "count": form.count,
        "page_size": form.page_size_chosen,
        "next": following,
        "notes": form.notes,
        "publications": described(page),
    }
    response = answer(request, data, **({"Link": f'<{following}>; rel="next"'} if following else {}))
    if not form.notes:  # an answer to made-up parameters names them: it is nobody else's, and would only take room
        response.parameters = EVERY_NAME
    return response


@for_programs
def publication_detail(request, slug):
    """One work; a former address leads to its present one, a retired work is gone."""
    work = Publication.objects.at(slug)
    if work is None or not work.was_public:
        return refusal(404, "There is no publication at this address.")
    if work.state == State.RETIRED:
        instead = work.replacement_address
        replacement = urljoin(f"{settings.SITE_URL}/", instead) if instead else None
        return refusal(410, "This publication was taken offline.", replacement=replacement)
    if work.slug != slug:
        return HttpResponsePermanentRedirect(url_of_work(work))
    works = Publication.objects.ever_public_with_change().filter(pk=work.pk).for_record()
    response = answer(request, {"publication": described(works)[0]})
    response.parameters = frozenset()
    return response
