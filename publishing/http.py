from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe


def read_only(view):
    """A view for readers: GET and HEAD; every other method is a 405, with or without the token of a form."""
    return csrf_exempt(require_safe(view))
