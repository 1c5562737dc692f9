"""Requests that no browser would send, and doors that stay closed: refused in the site's look, never with a 500."""

import re

import pytest
from django.test import Client, RequestFactory

from coalition_site import errors
from tests.coalition_site.refusals import assert_stands_in_both_languages
from tests.pages_as_sent import StrictClient
from tests.whole_site.reading import Reading

CANNOT_READ = "This address cannot be read", "No podemos leer esta dirección"


MALFORMED = {
    "a NUL in the path": "/about%00/",
    "a NUL alone": "/%00",
    "a NUL in the path of a picture": "/media/pictures/%00.png",
    "a NUL under /es/": "/es/%00/",
    "a NUL in the admin": "/admin/pages/page/%00/change/",
    "a NUL in the query": "/?q=%00",
    "a NUL in a search": "/search/?q=school%00",
    "a NUL in the name of a value": "/search/?q%00=school",
    "invalid UTF-8 in the path": "/%ff/",
    "a cut sequence in the path": "/caf%c3",
    "an overlong slash in the path": "/%c0%af/",
    "half a surrogate in the path": "/%ed%a0%80/",
    "invalid UTF-8 in the query": "/?x=%ff",
    "invalid UTF-8 in a search": "/search/?q=%e9cole",
    "half a surrogate in a search": "/es/search/?q=%ed%b0%80",
    "100 kB of query": "/?x=" + "x" * 100_000,
    "100 kB of search": "/search/?q=" + "x" * 100_000,
    "5,000 characters of search": "/search/?q=" + "x" * 5_000,
    "5,000 values": "/search/?" + "&" * 5_000,
}


@pytest.mark.parametrize("address", MALFORMED.values(), ids=MALFORMED.keys())
def test_malformed_bytes_are_refused_without_a_question_to_the_database(client, no_database, address):
    path, _, query = address.partition("?")
    response = client.get(path, QUERY_STRING=query)
    assert response.status_code == 400
    assert_stands_in_both_languages(response, *CANNOT_READ)


def test_a_form_that_holds_too_much_is_called_that_and_not_an_odd_address(staff_client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 50
    for fields in ({"summary": "x" * 3_000}, {f"field-{number}": "x" for number in range(60)}):
        response = staff_client.post("/admin/pages/page/add/", fields)
        assert response.status_code == 413
        assert_stands_in_both_languages(response, "This form holds too much", "Este formulario contiene demasiado")
    assert staff_client.post("/admin/pages/page/add/", {"summary": "x" * 300}).status_code == 200


ODD = {
    "a page that is a word": "/search/?q=partners&page=abc",
    "a page below one": "/search/?q=partners&page=-1",
    "page zero": "/search/?q=partners&page=0",
    "a page beyond all numbers": "/search/?q=partners&page=99999999999999999999",
    "a page beyond the last": "/search/?q=partners&page=7",
    "a search of 3,900 characters": "/search/?q=" + "x" * 3_900,
    "an emoji": "/search/?q=%F0%9F%8F%AB",
    "right to left": "/search/?q=%D7%9E%D7%93%D7%A8%D7%A1%D7%94%E2%80%AE",
    "a quotation mark": "/search/?q=%22",
    "a backslash": "/search/?q=%5C",
    "the signs of LIKE": "/search/?q=%25_%25",
    "an apostrophe and a command": "/search/?q=%27%3B%20DROP%20TABLE%20pages_page%3B--",
    "a script": "/search/?q=%3Cscript%3Ealert(1)%3C/script%3E",
    "only spaces": "/search/?q=%20%20+",
    "a line break": "/search/?q=a%0D%0AX-Evil:%201",
    "two searches": "/search/?q=partners&q=blog",
    "unknown values": "/?utm_source=x&__proto__=1&q[]=2",
    "a percent sign alone": "/search/?q=100%",
    "a control character": "/search/?q=%1b%5b31m",
}


@pytest.mark.parametrize("address", ODD.values(), ids=ODD.keys())
@pytest.mark.parametrize("language", ["", "/es"])
def test_odd_but_well_formed_values_are_answered(client, home, make_page, address, language):
    make_page("Partners")
    path, _, query = address.partition("?")
    response = client.get(language + path, QUERY_STRING=query)
    assert response.status_code == 200
    if "%1b" not in query:  # HTML has no way to write this sign
        assert not Reading(response.content).fault
    assert "X-Evil" not in response.headers


@pytest.mark.parametrize("value", ["abc", "-1", "0", "99999999999999999999", "1.5"])
def test_a_page_number_that_makes_no_sense_is_ignored_and_told(client, make_page, value):
    make_page("Partners")
    page = Reading(client.get("/search/", {"q": "partners", "page": value}).content)
    assert "The page number was not understood" in page.words()
    assert "1 result for partners" in page.words()


def test_a_search_that_is_too_long_is_left_out_and_told(client, make_page):
    make_page("Partners")
    page = Reading(client.get("/search/", {"q": "x" * 201}).content)
    assert "longer than 200 characters" in page.words()
    assert "result" not in " ".join("".join(heading.itertext()) for heading in page.all("h2", id="said"))


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "' autofocus x='"])
def test_what_was_searched_is_shown_as_it_was_typed_and_is_never_code(db, words):
    response = Client().get("/search/", {"q": words})
    page = Reading(response.content)
    assert "<script>" not in response.content.decode()
    assert not page.all("img")
    (field,) = page.all("input", id="q")
    assert field.get("value") == words
    assert field.get("autofocus") is None
    assert words in page.words() and words in page.title


def test_the_words_of_a_lost_address_are_shown_and_are_never_code(client, db):
    response = client.get("/%3Cscript%3Ealert(1)%3C/script%3E/")
    assert response.status_code == 404
    assert "<script>" not in response.content.decode()
    assert "<script>alert(1)</script>" in Reading(response.content).words()


ADDRESSES = [
    "/", "/about/", "/about", "/search/", "/search", "/es/", "/no-such-page/", "/sitemap.xml", "/robots.txt",
    "/favicon.ico", "/styleguide/", "/media/pictures/x.png",
]  # fmt: skip


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE"])
@pytest.mark.parametrize("sender", ["a stranger, without a token", "our own tests, without the check"])
def test_pages_can_only_be_read(about, method, sender):
    client = Client(enforce_csrf_checks=sender.startswith("a stranger"))
    wrong = {}
    for address in ADDRESSES:
        response = client.generic(method, address, b"x" * 100, "application/x-www-form-urlencoded")
        if (response.status_code, response.headers.get("Allow")) != (405, "GET, HEAD"):
            wrong[address] = response.status_code
    assert not wrong


def test_a_head_request_gets_the_same_answer_without_the_text(client, about):
    response = client.head("/about/")
    assert (response.status_code, response.content) == (200, b"")
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("host", ["evil.example", "www.example.org.evil.example", "a b", "", "www.example.org:x", "*"])
def test_another_sites_name_is_refused(client, home, settings, host):
    settings.ALLOWED_HOSTS = ["www.example.org"]
    response = client.get("/", headers={"host": host})
    assert response.status_code == 400
    assert_stands_in_both_languages(response, *CANNOT_READ)
    assert client.get("/", headers={"host": "www.example.org"}).status_code == 200


@pytest.mark.parametrize(
    "address", ["/" + "x" * 100_000 + "/", "/" + "a/" * 5_000, "/" + "long-word-" * 400, "/es/" + "x" * 20_000]
)
def test_a_very_long_address_is_not_found(client, home, address):
    response = client.get(address)
    assert response.status_code in (400, 404)
    assert len(response.content) < 3 * len(address) + 40_000


ELSEWHERE = [
    "//evil.example/",
    "//evil.example",
    "///evil.example/",
    "//evil.example/%2e%2e",
    "/%2F/evil.example/",
    "/%5Cevil.example/",
    "/\\evil.example",
    "/es//evil.example/",
    "/es//evil.example",
    "/es/%2F/evil.example/",
    "//evil.example/about",
    "//about",
    "//search",
    "/http://evil.example/",
    "/about//evil.example",
]


@pytest.mark.parametrize("address", ELSEWHERE)
def test_no_address_leads_to_another_site(client, about, address):
    """Neither by a redirect nor by a link that the page makes from its own address."""
    response = client.generic("GET", "/", PATH_INFO=address.replace("%2F", "/").replace("%5C", "\\"))
    away = re.compile(r"^(?:[a-z]+:)?[/\\]{2}", re.IGNORECASE)
    assert response.status_code in (301, 302, 404)
    if response.status_code != 404:
        assert not away.match(response.headers["Location"])
    else:
        elsewhere = [link for link in Reading(response.content).links if away.match(link)]
        assert not [link for link in elsewhere if not link.startswith("https://www.example.org/")]


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("/about", "/about/"),
        ("/about?x=1&y=%C3%A9", "/about/?x=1&y=%C3%A9"),
        ("/search?q=school", "/search/?q=school"),
        ("/es?x=1", "/es/?x=1"),
        ("/es/search?q=escuela", "/es/search/?q=escuela"),
    ],
)
def test_an_address_without_its_last_slash_leads_to_the_one_with_it_and_keeps_the_query(client, about, address, target):
    response = client.get(address)
    assert (response.status_code, response.headers["Location"]) == (301, target)


def test_a_stray_line_break_in_an_address_stays_out_of_the_headers(client, about):
    response = client.get("/about%0d%0aX-Evil:%201")
    assert response.status_code == 404
    assert "X-Evil" not in response.headers


def test_staff_without_the_right_to_a_page_read_so_in_both_languages(client, db, django_user_model):
    client.force_login(django_user_model.objects.create_user("new", password="a password", is_staff=True))
    response = client.get("/admin/pages/page/")
    assert response.status_code == 403
    assert_stands_in_both_languages(response, "This is for staff", "Solo para el personal")


def test_the_refusal_itself_asks_the_database_nothing(no_database):
    response = errors.permission_denied(RequestFactory().get("/admin/"))
    assert response.status_code == 403


def test_a_form_sent_without_its_token_is_refused_in_the_sites_look(db):
    response = StrictClient(enforce_csrf_checks=True).post("/accounts/login/", {"login": "a", "password": "b"})
    assert response.status_code == 403
    assert_stands_in_both_languages(response, "This is for staff", "Solo para el personal")


def test_a_refused_request_is_protected_like_any_other(client, home):
    for response in (client.get("/"), client.get("/%00"), client.get("/nowhere/")):
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "'unsafe-" not in response.headers["Content-Security-Policy"]
