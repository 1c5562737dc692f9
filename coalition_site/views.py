"""What needs more than one app: the front page, the style guide, and the addresses that machines ask for."""

from datetime import UTC, timedelta

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language

from coalition_site import sitemaps
from coalition_site.front_page import FrontPage
from coalition_site.styleguide import samples
from pages.views import show_page
from publishing.http import for_everyone, read_only
from publishing.instead import untranslated

XML = "application/xml; charset=utf-8"

SECURITY_TXT_LASTS = timedelta(days=182)


@for_everyone()
def home(request):
    """The front page; in a language that has none yet, the short page that offers the English one."""
    language = get_language()
    front = FrontPage.in_language(language)
    if front:
        return show_front(request, front)
    original = FrontPage.in_language("en")
    if original and language != "en":
        return untranslated(request, original.page)
    raise Http404


def show_front(request, front):
    return render(request, "home.html", {"front": front, "translations": front.page.public_translations()})


def show_page_or_front(request, page):
    """A page in memory as readers would see it; the home page as the front page."""
    return show_front(request, FrontPage.of(page)) if page.is_home else show_page(request, page)


@read_only
def styleguide(request):
    """Every component in every state. In production for staff only."""
    if not settings.DEBUG and settings.SITE_ENV != "local" and not request.user.is_staff:
        return redirect_to_login(request.get_full_path(), "admin:login")
    return render(request, "styleguide.html", {"samples": samples()})


@for_everyone()
def robots(request):
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")


@for_everyone()
def security_txt(request):
    """Whom to tell of a hole in the site: https://www.rfc-editor.org/rfc/rfc9116. Good for half a year from today."""
    today = timezone.now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    facts = {"expires": (today + SECURITY_TXT_LASTS).strftime("%Y-%m-%dT%H:%M:%SZ"), "mail": settings.SECURITY_MAIL}
    return render(request, "security.txt", facts, content_type="text/plain; charset=utf-8")


@for_everyone()
def sitemap(request):
    """The public items of all kinds with their translations; of a large site the index of its parts."""
    entries = sitemaps.whole_site()
    if entries is None:
        return render(request, "sitemap_index.xml", {"parts": sitemaps.parts()}, content_type=XML)
    return render(request, "sitemap.xml", {"entries": entries}, content_type=XML)


@for_everyone()
def sitemap_part(request, name, number):
    entries = sitemaps.part(name, number)
    if not entries:
        raise Http404
    return render(request, "sitemap.xml", {"entries": entries}, content_type=XML)


@read_only
def favicon(request):
    return redirect(static("img/favicon.ico"), permanent=False)
