"""Carries what somebody typed before her session ended through the steps of signing in (publishing/typed_text.py)."""

from functools import wraps
from http import HTTPStatus
from urllib.parse import urlsplit

from django.contrib import admin
from django.urls import resolve

from publishing import typed_text


def carrying(view):
    """A step of signing in whose page goes on carrying the text; after the last step the text is offered."""

    @wraps(view)
    def step(request, *args, **kwargs):
        packed = request.POST.get(typed_text.FIELD, "")
        typed = typed_text.unpack(packed)
        if typed is None:
            return view(request, *args, **kwargs)
        request.typed_text = packed
        response = view(request, *args, **kwargs)
        if response.status_code != HTTPStatus.FOUND:
            return response
        if not request.user.is_authenticated:
            return show(request, urlsplit(response.url).path)
        if not admin.site.has_permission(request):
            return response
        offer = admin.site.offer_typed_text(request, typed)
        offer.cookies.update(response.cookies)
        return offer

    return step


def show(request, path):
    """The page of the next step at once: a redirect would lose what the request carries."""
    request.method = "GET"
    match = resolve(path)
    return match.func(request, *match.args, **match.kwargs)
