"""A page at its address; else the redirect from there, the address with its slash, or the page in English."""

from urllib.parse import quote, urlsplit

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.translation import get_language

from pages.gathering import gathered_for
from pages.models import Page, Redirect
from publishing import retention
from publishing.blocks import links_on_paper, reading_minutes, sections
from publishing.http import for_everyone
from publishing.instead import gone, untranslated
from publishing.languages import in_current_language, path_in
from publishing.models import State
from publishing.moved import moved


@for_everyone()
def page_detail(request, path):
    page = Page.objects.public().in_language(get_language()).filter(path=f"/{path}").first()
    if page:
        return show_page(request, page)
    if target := _moved_to(request.path) or _with_slash(request.path):
        return moved(request, target)
    if retired := Page.objects.in_state(State.RETIRED).in_language(get_language()).filter(path=f"/{path}").first():
        return gone(request, retired)
    if original := _original_at(path):
        return untranslated(request, original, Page.get_absolute_url)
    english_path = path_in(settings.LANGUAGE_CODE, request.path)
    if english_path != request.path and (target := _moved_to(english_path)):
        # A text in this language links to an old address, and the page writes the link as those of its language.
        address = in_current_language(target)
        if urlsplit(address).path != request.path:
            return moved(request, address)
    raise Http404


def show_page(request, page):
    """Render a page with its surroundings. Its blocks may come from the database or from memory."""
    family = list(Page.objects.public().family_of(page))
    parent = next((other for other in family if other.pk == page.parent_id), None)
    headings = [heading for heading, _blocks in sections(page.blocks) if heading]
    context = {
        "page": page,
        "ancestors": sorted(
            (other for other in family if page.path.startswith(other.path) and other != page), key=_depth
        ),
        "children": [other for other in family if other.parent_id == page.pk],
        "siblings": [other for other in family if parent and other.parent_id == parent.pk],
        "parent": parent,
        "headings": headings if len(headings) > 2 else [],
        "minutes": reading_minutes(page.blocks),
        "links": links_on_paper(page.blocks),
        "translations": page.public_translations(),
        "kept": retention.sentences() if page.shows_retention else [],
        "for_role": gathered_for(page) if page.gathers_for_a_role else None,
        "site_map": Page.objects.public().as_site_map(page.language) if page.shows_site_map else [],
    }
    return render(request, "pages/page_detail.html", context)


def _depth(page):
    return page.path.count("/")


def _original_at(path):
    """The English page whose path stands behind the prefix of another language; None for a reader of English."""
    if get_language() == settings.LANGUAGE_CODE:
        return None
    return Page.objects.public().in_language(settings.LANGUAGE_CODE).filter(path=f"/{path}").first()


def _moved_to(path):
    redirect = Redirect.objects.at(path)
    return redirect.target if redirect else None


def _with_slash(path):
    """The address with a slash at its end, if something answers there."""
    if path.endswith("/"):
        return None
    try:
        match = resolve(f"{path}/")
    except Resolver404:
        return None
    if match.func is not page_detail:
        return quote(f"{path}/")
    path = match.kwargs["path"]
    page = Page.objects.public().in_language(get_language()).filter(path=f"/{path}").first() or _original_at(path)
    return page.address_in_current_language if page else None
