"""From one language to the other: by the link in the header, by the menus, by changing the address."""

import pytest
from django.conf import settings

from tests.whole_site.reading import Reading


@pytest.fixture
def pair(make_page):
    """An English page and its Spanish translation, whose slug is another."""
    english = make_page("Partners")
    return english, make_page("Socios", language="es", translation_of=english)


def language_links(client, address, language):
    page = Reading(client.get(address).content)
    return {link.get("href") for link in page.all("a", hreflang=language)}


def test_the_link_to_the_other_language_leads_to_the_translation_and_back(client, pair):
    assert language_links(client, "/partners/", "es") == {"/es/socios/"}
    assert language_links(client, "/es/socios/", "en") == {"/partners/"}


def test_the_english_path_of_a_translated_page_under_es_leads_to_the_translation(client, pair):
    """Menus, role lists and features link by the English path; nobody is told that the page is not translated."""
    response = client.get("/es/partners/", follow=True)
    assert response.request["PATH_INFO"] == "/es/socios/"
    assert "Socios" in response.content.decode()


def test_a_spanish_menu_leads_to_the_spanish_page(client, home, pair):
    from pages.models import MenuItem

    MenuItem.objects.create(menu="header", label="Partners", label_es="Socios", page=pair[0])
    page = Reading(client.get("/es/search/").content)
    (line,) = [link for link in page.all("a") if link.text == "Socios"]
    answer = client.get(line.get("href"), follow=True)
    assert answer.request["PATH_INFO"] == "/es/socios/"


def test_the_language_link_of_a_page_that_is_only_in_spanish_leads_somewhere(client, home, make_page):
    make_page("Solo en español", slug="solo", language="es")
    for address in language_links(client, "/es/solo/", "en"):
        assert client.get(address, follow=True).status_code == 200, address


def test_an_untranslated_page_is_found_under_es_without_its_last_slash_too(client, make_page):
    make_page("Partners")
    assert client.get("/es/partners", follow=True).status_code == 200


def test_the_browsers_language_and_cookies_change_nothing(client, home):
    client.cookies["django_language"] = "es"
    response = client.get("/", headers={"accept-language": "es"})
    assert (response.status_code, Reading(response.content).language) == (200, settings.LANGUAGE_CODE)
    assert "Accept-Language" not in response.headers.get("Vary", "")
