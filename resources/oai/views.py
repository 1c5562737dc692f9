"""The one address of the protocol."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from resources.oai import answers, arguments, verbs


@csrf_exempt  # a POST reads, as a GET does
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def provide(request):
    """Answer a harvester. What is wrong with a request is an error of the protocol, sent with the status 200."""
    moment = timezone.now()
    pairs = [(name, value) for form in (request.GET, request.POST) for name in form for value in form.getlist(name)]
    asked = None
    try:
        asked = arguments.read(pairs)
        answer = verbs.VERBS[asked.verb](asked)
    except arguments.Refused as refused:
        answer = answers.Error(refused.code, refused.sentence)
    return HttpResponse(answers.document(answer, asked, moment), content_type="text/xml; charset=utf-8")
