"""What machines read: site map, robots.txt, icon, and what the head says to search engines and to shared links."""

import io
import re
from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from PIL import Image

from tests.articles import publish_entry, publish_question
from tests.library import publish_work
from tests.whole_site.reading import Reading

SITE = "https://www.example.org"
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def pair(make_page):
    """An English page and its Spanish translation."""
    english = make_page("Partners")
    return english, make_page("Socios", language="es", translation_of=english)


def sitemap(client, address="/sitemap.xml"):
    """Address → its alternates, as the site map has them."""
    root = ET.fromstring(client.get(address).content)
    return {
        url.findtext("s:loc", namespaces=SITEMAP): {
            link.get("hreflang"): link.get("href") for link in url.findall("x:link", SITEMAP)
        }
        for url in root.findall("s:url", SITEMAP)
    }


def head_of(client, address):
    return Reading(client.get(address).content)


def test_the_site_map_holds_exactly_the_public_pages(client, home, make_page):
    now = timezone.now()
    about = make_page("About us")
    make_page("Networks", parent=about)
    make_page("Not yet", published_at=now + timedelta(hours=1))
    make_page("No more", published_at=now - timedelta(days=2), retired_at=now - timedelta(hours=1))
    make_page("Never", published_at=None)
    make_page("Quiénes somos", slug="quienes-somos", language="es")
    assert sitemap(client).keys() == {
        f"{SITE}/",
        f"{SITE}/about-us/",
        f"{SITE}/about-us/networks/",
        f"{SITE}/es/quienes-somos/",
    }


def test_the_site_map_pairs_a_page_with_its_public_translation_and_with_no_other(client, pair, make_page):
    about = make_page("About us")
    make_page("Quiénes somos", slug="quienes", language="es", translation_of=about, published_at=None)
    both = {"en": f"{SITE}/partners/", "es": f"{SITE}/es/socios/"}
    assert sitemap(client) == {both["en"]: both, both["es"]: both, f"{SITE}/about-us/": {}}


def test_the_site_map_says_when_a_page_was_last_changed(client, home):
    root = ET.fromstring(client.get("/sitemap.xml").content)
    moments = [datetime.fromisoformat(element.text) for element in root.iterfind(".//s:lastmod", SITEMAP)]
    assert all(moment.tzinfo for moment in moments)
    assert [abs(moment - home.updated_at) < timedelta(seconds=1) for moment in moments] == [True]


def test_the_site_map_dates_no_page_before_it_appeared(client, make_page, clock):
    moment = timezone.now() + timedelta(days=3)
    make_page("Later", published_at=moment)
    clock(moment + timedelta(days=1))
    (lastmod,) = ET.fromstring(client.get("/sitemap.xml").content).iterfind(".//s:lastmod", SITEMAP)
    assert datetime.fromisoformat(lastmod.text) == moment


def test_the_site_map_is_xml_in_utf_8_at_an_address_of_its_own(client, make_page):
    make_page("R & D", slug="r-and-d")
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert sitemap(client) == {f"{SITE}/r-and-d/": {}}
    assert client.get("/es/sitemap.xml").status_code == 404


def test_the_map_of_a_large_site_is_an_index_of_parts_that_hold_every_page_once(client, pair, make_page, monkeypatch):
    monkeypatch.setattr("coalition_site.sitemaps.MOST", 2)
    for number in range(3):
        make_page(f"Page {number}")
    whole = ET.fromstring(client.get("/sitemap.xml").content)
    addresses = [element.text.removeprefix(SITE) for element in whole.iterfind("s:sitemap/s:loc", SITEMAP)]
    assert addresses == ["/sitemap-page-1.xml", "/sitemap-page-2.xml", "/sitemap-page-3.xml"]
    found = [sitemap(client, address) for address in addresses]
    assert [len(part) for part in found] == [2, 2, 1]
    assert {address for part in found for address in part} == {
        f"{SITE}/partners/", f"{SITE}/es/socios/", *(f"{SITE}/page-{number}/" for number in range(3)),
    }  # fmt: skip
    assert found[0][f"{SITE}/partners/"] == {"en": f"{SITE}/partners/", "es": f"{SITE}/es/socios/"}
    for nowhere in ("page-4", "page-0", "user-1", f"page-{10**20}"):
        assert client.get(f"/sitemap-{nowhere}.xml").status_code == 404


def test_the_site_map_names_the_lists_that_hold_something_in_their_language(client, db, monkeypatch):
    assert sitemap(client) == {}
    publish_work("A report")
    publish_entry("First")
    publish_question("Why?")
    publish_question("¿Por qué?", language="es")
    lists = {"/resources/publications/", "/blog/", "/faq/", "/es/faq/"}
    items = {"/resources/publications/a-report/", "/blog/first/", "/faq/why/", "/es/faq/por-que/"}
    assert {address.removeprefix(SITE) for address in sitemap(client)} == lists | items
    monkeypatch.setattr("coalition_site.sitemaps.MOST", 1)
    parts = [sitemap(client, f"/sitemap-question-{number}.xml") for number in (1, 2)]
    assert [{address.removeprefix(SITE) for address in part} & lists for part in parts] == [
        {"/faq/", "/es/faq/"},
        set(),
    ]


def test_robots_may_read_pages_and_the_site_map_but_neither_search_nor_forms_nor_the_admin(client, db):
    response = client.get("/robots.txt")
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    robots = RobotFileParser()
    robots.parse(response.content.decode().splitlines())
    assert robots.site_maps() == [f"{SITE}/sitemap.xml"]
    for path in ("/", "/about/", "/es/", "/static/css/site.css", "/media/pictures/x.png"):
        assert robots.can_fetch("*", SITE + path), path
    for path in ("/search/?q=school", "/es/search/", "/feedback/contact/", "/es/feedback/contact/", "/admin/"):
        assert not robots.can_fetch("*", SITE + path), path


@pytest.mark.parametrize("prefix", ["/resources/publications/", "/es/resources/publications/"])
def test_robots_take_no_files_of_works_along(client, db, prefix):
    """Robots know `*` (RFC 9309); Python's reader of such files does not yet."""
    rules = re.findall(r"^Disallow: (\S+)$", client.get("/robots.txt").content.decode(), re.MULTILINE)
    closed = re.compile("|".join(re.escape(rule).replace(r"\*", ".*") for rule in rules))
    for place in ("", "found/", "chosen/", "topic/partners/", "a-handbook/"):
        assert closed.match(f"{prefix}{place}export/csv/"), place
        assert not closed.match(prefix + place), place


def test_a_browser_that_asks_for_the_icon_gets_one(client, db):
    response = client.get("/favicon.ico")
    assert (response.status_code, response.headers["Location"]) == (302, "/static/img/favicon.ico")
    with Image.open(finders.find("img/favicon.ico")) as icon:
        assert icon.format == "ICO"


def test_every_page_names_its_icon_and_the_icon_exists(client, home):
    (icon,) = head_of(client, "/").head_links("icon")
    assert finders.find(icon.removeprefix("/static/"))


@pytest.mark.parametrize("address", ["/", "/partners/"])
def test_a_shared_link_shows_title_summary_address_and_picture(client, home, pair, address):
    page = head_of(client, address)
    shown = {name: page.meta(f"og:{name}") for name in ("title", "description", "url", "type", "site_name", "locale")}
    title, summary = (home.title, home.summary) if address == "/" else (pair[0].title, pair[0].summary)
    assert shown == {
        "title": [title],
        "description": [summary],
        "url": [SITE + address],
        "type": ["website"],
        "site_name": ["Coalition for Community Schools"],
        "locale": ["en_US"],
    }
    assert page.meta("og:image") == [f"{SITE}/static/img/share.png"]


def test_a_shared_spanish_page_says_that_it_is_spanish(client, pair):
    page = head_of(client, "/es/socios/")
    assert page.meta("og:locale") == ["es_US"]
    assert page.meta("og:url") == [f"{SITE}/es/socios/"]


def test_the_picture_of_a_shared_link_is_a_picture_of_the_size_that_services_ask_for():
    with open(finders.find("img/share.png"), "rb") as file:
        data = file.read()
    with Image.open(io.BytesIO(data)) as picture:
        assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(data) < 300_000


def test_a_page_and_its_translation_name_each_other(client, pair):
    both = {"en": f"{SITE}/partners/", "es": f"{SITE}/es/socios/"}
    assert head_of(client, "/partners/").alternates == both
    assert head_of(client, "/es/socios/").alternates == both


def test_a_page_without_a_public_translation_names_no_other_language(client, home, make_page):
    about = make_page("About us")
    make_page("Quiénes somos", slug="quienes", language="es", translation_of=about, published_at=None)
    for address in ("/", "/about-us/", "/es/about-us/"):
        assert head_of(client, address).alternates == {}, address


def test_the_spanish_front_page_and_the_english_one_name_each_other(client, home, make_page):
    make_page("Coalición", slug="home", language="es", translation_of=home)
    both = {"en": f"{SITE}/", "es": f"{SITE}/es/"}
    assert head_of(client, "/").alternates == both
    assert head_of(client, "/es/").alternates == both


def test_the_query_of_an_address_is_not_part_of_the_canonical_one(client, pair):
    assert head_of(client, "/partners/?utm_source=letter").head_links("canonical") == [f"{SITE}/partners/"]
