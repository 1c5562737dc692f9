"""What the public face puts together: the page of a role, the promotion, structured data, the way on paper."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.models import ContactFacts, Promotion
from publishing.retiring import retire
from tests.articles import draft_of, publish_entry, publish_question
from tests.library import publish_work, saved
from vocabulary.models import Role

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def data_of(response):
    html = response.content.decode()
    return [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    ]


@pytest.fixture
def forums(make_page):
    return make_page("Forums")


def promote(**values):
    now = timezone.now()
    moments = {"begins_at": now - HOUR, "ends_at": now + HOUR}
    promotion = Promotion(**{"title": "National Forum", "address": "/forums/"} | moments | values)
    promotion.full_clean()
    promotion.save()
    return promotion


def test_the_page_of_a_role_gathers_what_is_for_it(client, make_page):
    from faq.models import Question

    role = saved(Role(label="Principal"))
    page = make_page("Principal", addition="role")
    work = publish_work("For principals", issued_year=2003)
    work.roles.add(role)
    from publishing import hooks

    hooks.run(type(work).objects.get(pk=work.pk))
    for number in range(7):
        publish_question(f"Question {number}", roles=[role], position=number)
    publish_entry("An entry", roles=[role])
    publish_entry("For others")
    draft_of(Question, "A draft", roles=[role])
    html = client.get(page.get_absolute_url()).content.decode()
    assert "For principals</a>" in html and "An entry</a>" in html
    assert html.count("Question ") == 5
    assert "For others" not in html and "A draft" not in html
    for address in ("/faq/?role=principal", "/resources/publications/role/principal/"):
        assert f'href="{address}"' in html
        assert client.get(address).status_code == 200


def test_a_page_of_a_role_that_nobody_knows_stands_without_shelves(client, make_page):
    page = make_page("Astronaut", addition="role")
    assert client.get(page.get_absolute_url()).status_code == 200


def test_a_promotion_is_shown_for_its_time_only(client, home, forums, clock):
    promotion = promote(text="Register now.")
    html = client.get("/").content.decode()
    assert '<a href="/forums/">National Forum</a>' in html and "Register now." in html
    clock(promotion.ends_at)
    assert "National Forum" not in client.get("/").content.decode()


def test_a_promotion_to_come_and_one_in_another_language_are_not_shown(client, home, forums):
    promote(title="Later", begins_at=timezone.now() + HOUR, ends_at=timezone.now() + 2 * HOUR)
    promote(title="Foro", language="es")
    html = client.get("/").content.decode()
    assert "Later" not in html and "Foro" not in html


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"ends_at": timezone.now() - 2 * HOUR}, "end only after it has begun"),
        ({"ends_at": timezone.now().replace(year=9999)}, "up to the year 2200"),
        ({"address": "javascript:alert(1)"}, "Write an address of this site"),
        ({"address": "/forum/?a=1#top"}, "Readers find nothing at /forum/"),
    ],
)
def test_what_a_promotion_cannot_be_is_said(forums, values, sentence):
    with pytest.raises(ValidationError, match=sentence):
        promote(**values)


def test_a_promotion_hides_while_its_target_is_not_public(client, home, forums, clock):
    """Another one in force stands in its place; addresses of other sites are not asked."""
    promote()
    promote(title="Elsewhere", address="https://www.iel.org/", begins_at=timezone.now() - 2 * HOUR)
    assert "National Forum" in client.get("/").content.decode()
    retire(forums)
    html = client.get("/").content.decode()
    assert "National Forum" not in html and "Elsewhere" in html
    with pytest.raises(ValidationError, match="publish the page there first"):
        promote(title="Again")


def test_the_front_page_says_who_we_are_and_how_to_search(client, home):
    ContactFacts.objects.create(organization="The Coalition", email="office@example.org", city="Washington")
    (data,) = data_of(client.get("/"))
    organization, site = data["@graph"]
    assert (organization["@type"], organization["name"]) == ("Organization", "The Coalition")
    assert organization["address"] == {"@type": "PostalAddress", "addressLocality": "Washington"}
    assert "faxNumber" not in organization
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert client.get(target.removeprefix("https://www.example.org").replace("{words}", "school")).status_code == 200


def test_a_page_says_the_way_to_it(client, make_page):
    about = make_page("About us", slug="about")
    (data,) = data_of(client.get(make_page("Partners", parent=about).get_absolute_url()))
    assert data["@type"] == "BreadcrumbList"
    assert [(one["position"], one["name"], one["item"]) for one in data["itemListElement"]] == [
        (1, "Home", "https://www.example.org/"),
        (2, "About us", "https://www.example.org/about/"),
    ]


def test_what_is_asked_for_on_paper_has_everything_open(client, make_page, add_blocks):
    page = make_page("Partners")
    add_blocks(page)
    usual = client.get(page.get_absolute_url()).content.decode()
    assert 'href="?print=y"' in usual and "for-paper" not in usual
    for_paper = client.get(f"{page.get_absolute_url()}?print=y").content.decode()
    assert 'class="for-paper"' in for_paper
    assert '<link rel="canonical" href="https://www.example.org/partners/">' in for_paper
