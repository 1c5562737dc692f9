import pytest
from django.core.exceptions import ValidationError

from pages.models import ContactFacts, MenuItem, Page


@pytest.fixture
def policy(make_page, home):
    page = make_page("Policy")
    MenuItem.objects.create(menu="header", label="Policy", label_es="Políticas", page=page)
    return page


def test_the_menu_marks_where_the_reader_is(policy, make_page, client):
    below = make_page("Federal", parent=policy)
    assert '<a href="/policy/" aria-current="page">' in client.get("/policy/").content.decode()
    assert '<a href="/policy/" aria-current="true">' in client.get(below.get_absolute_url()).content.decode()
    assert '<a href="/policy/">Policy</a>' in client.get("/search/").content.decode()


def test_a_line_hides_while_its_page_is_not_public(policy, client):
    Page.objects.filter(pk=policy.pk).update(published_at=None)
    assert "Policy" not in client.get("/search/").content.decode()


def test_a_spanish_reader_gets_spanish_words_and_the_translation_where_there_is_one(policy, make_page, client):
    assert (
        '<a href="/es/policy/">Políticas <small>(en inglés)</small></a>' in client.get("/es/search/").content.decode()
    )
    make_page("Políticas públicas", language="es", slug="politicas", translation_of=policy)
    assert '<a href="/es/politicas/">Políticas</a>' in client.get("/es/search/").content.decode()


def test_a_line_may_lead_to_an_address_that_is_no_page(home, client):
    MenuItem.objects.create(menu="footer", label="Search everything", address="/search/")
    assert '<a href="/search/">Search everything</a>' in client.get("/").content.decode()
    assert '<a href="/es/search/">Search everything</a>' in client.get("/es/search/").content.decode()


def test_a_line_has_one_target(policy):
    for target in ({}, {"page": policy, "address": "/search/"}):
        with pytest.raises(ValidationError, match="one of the two"):
            MenuItem(menu="header", label="X", **target).full_clean()


def test_contact_facts_are_edited_in_one_place_and_shown_in_two(make_page, staff_client, client):
    facts = {
        "organization": "Coalition", "street": "1 Main St", "city": "Washington", "state": "DC", "postal_code": "20008",
        "telephone": "202.822.8405", "extension": "111", "email": "office@example.org", "copyright": "© Coalition",
    }  # fmt: skip
    assert staff_client.post("/admin/pages/contactfacts/add/", facts).status_code == 302
    page = make_page("Contact", addition=Page.Addition.CONTACT_FACTS)
    html = client.get(page.get_absolute_url()).content.decode()
    assert html.count("office@example.org") == 4  # twice as address, twice as words
    assert 'href="tel:+12028228405;ext=111"' in html
    assert staff_client.get("/admin/pages/contactfacts/add/").status_code == 403
    assert ContactFacts.objects.count() == 1


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_a_line_that_leads_to_the_front_page_is_current_there_alone(home, client, prefix):
    MenuItem.objects.create(menu="header", label="Home", address="/")
    line = f'<a href="{prefix}/">Home</a>'
    assert line in client.get(f"{prefix}/search/").content.decode()
    assert line.replace(">H", ' aria-current="page">H') in client.get(f"{prefix}/").content.decode()
