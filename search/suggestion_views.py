from dataclasses import asdict

from django.http import JsonResponse
from django.utils.translation import get_language

from publishing.http import for_everyone
from search.forms import SearchForm
from search.suggestions import suggestions

SECONDS = 5  # for which a copy may be shown: who goes back a letter is answered at once


@for_everyone("q")
def suggest(request):
    """What `q` may mean so far, as JSON, for the module that shows it while somebody types."""
    text = SearchForm(request.GET).query
    found = [asdict(suggestion) for suggestion in suggestions(text, get_language())]
    headers = {"Cache-Control": f"public, max-age={SECONDS}", "X-Robots-Tag": "noindex"}
    return JsonResponse({"query": text, "suggestions": found}, headers=headers)
