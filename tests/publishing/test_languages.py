"""Links of the site in the language at hand: those to a page follow it, all others stay as they were written."""

import pytest

from pages.models import LinkBlock, MenuItem, Statement
from tests.whole_site.reading import Reading

pytestmark = pytest.mark.django_db

OUTSIDE = [
    "/media/pictures/garden.jpg", "/media/guide.pdf", "/static/css/site.css", "/sitemap.xml", "/admin/", "/admin",
    "/accounts/login/", "/robots.txt", "/oai?verb=Identify", "https://www.example.com/about/",
]  # fmt: skip
OF_A_LANGUAGE = ["/es/", "/es", "/es/quienes-somos/", "/es/quienes-somos/#equipo", "/es/search/?q=a", "/es?print=y"]


def link_from(page, *addresses):
    for number, address in enumerate(addresses):
        place = {"parent": page, "region": "main", "ordering": 10 * number}
        LinkBlock.objects.create(label=f"Link {number}", address=address, **place)
        Statement.objects.create(heading=f"Value {number}", address=address, **place)


def links_in_text(client, page):
    (article,) = Reading(client.get(page.get_absolute_url()).content).all("article")
    return {link.get("href") for part in ("li", "dt") for element in article.iter(part) for link in element.iter("a")}


def test_an_english_text_leads_to_a_spanish_page(client, make_page):
    page = make_page("Partners")
    link_from(page, *OF_A_LANGUAGE, *OUTSIDE, "/about/")
    assert links_in_text(client, page) == {*OF_A_LANGUAGE, *OUTSIDE, "/about/"}


def test_a_spanish_text_leads_to_files_and_machine_addresses_as_they_are(client, make_page):
    page = make_page("Socios", language="es")
    link_from(page, *OF_A_LANGUAGE, *OUTSIDE)
    assert links_in_text(client, page) == {*OF_A_LANGUAGE, *OUTSIDE}


@pytest.mark.parametrize(
    "address",
    ["/", "/about/", "/resources/", "/resources/publications/", "/resources", "/blog/#top", "/search/?q=sitemap.xml"],
)
def test_a_spanish_text_leads_to_pages_behind_its_prefix(client, make_page, address):
    page = make_page("Socios", language="es")
    link_from(page, address)
    assert links_in_text(client, page) == {f"/es{address}"}


def test_lines_of_menus_do_the_same(client, home, make_page):
    spanish = make_page("Quiénes somos", slug="quienes-somos", language="es")
    MenuItem.objects.create(menu="footer", label="Español", page=spanish)
    for address in ("/es/search/", "/sitemap.xml", "/faq/"):
        MenuItem.objects.create(menu="footer", label=f"To {address}", address=address)
    english, translated = (client.get(f"{prefix}/search/").content.decode() for prefix in ("", "/es"))
    for html in (english, translated):
        assert '<a href="/es/quienes-somos/">Español</a>' in html
        assert '<a href="/es/search/">To /es/search/</a>' in html
        assert '<a href="/sitemap.xml">To /sitemap.xml</a>' in html
    assert '<a href="/faq/">' in english and '<a href="/es/faq/">To /faq/</a>' in translated
