import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test.utils import CaptureQueriesContext

from pages.models import Page, Redirect
from publishing import hooks
from search.models import Item


@pytest.fixture
def tree(make_page):
    """/about/, /about/networks/, /about/networks/state/ and /policy/."""
    about = make_page("About")
    networks = make_page("Networks", parent=about)
    state = make_page("State", parent=networks)
    return {"about": about, "networks": networks, "state": state, "policy": make_page("Policy")}


def move(page, **changes):
    for name, value in changes.items():
        setattr(page, name, value)
    page.full_clean()
    page.save()
    hooks.run(page)


def test_the_address_follows_from_the_slugs_above(tree):
    assert tree["state"].get_absolute_url() == "/about/networks/state/"


def test_spanish_pages_have_their_own_addresses_under_es(make_page):
    top = make_page("Quiénes somos", language="es")
    assert make_page("Visión", language="es", parent=top).get_absolute_url() == "/es/quienes-somos/vision/"


def test_a_moved_page_takes_its_pages_along_and_the_old_addresses_lead_to_the_new_ones(tree, client):
    move(tree["networks"], parent=tree["policy"], slug="alliances")
    for old, new in {
        "/about/networks/": "/policy/alliances/",
        "/about/networks/state/": "/policy/alliances/state/",
    }.items():
        assert client.get(new).status_code == 200
        assert client.get(old).status_code == 301
        assert client.get(old)["Location"] == new


def test_the_search_finds_the_pages_below_a_moved_one_at_their_new_addresses(tree):
    move(tree["about"], slug="us")
    assert set(Item.objects.values_list("title", "address")) == {
        ("About", "/us/"),
        ("Networks", "/us/networks/"),
        ("State", "/us/networks/state/"),
        ("Policy", "/policy/"),
    }


def test_moving_many_pages_asks_as_often_as_moving_few(make_page, add_blocks):
    asked = []
    for title, number in (("Few", 2), ("Many", 12)):
        top = make_page(title)
        for place in range(number):
            add_blocks(make_page(f"{title} {place}", parent=top))
        with CaptureQueriesContext(connection) as captured:
            move(top, slug=f"{title.lower()}-moved")
        asked.append(len(captured))
    assert asked[0] == asked[1]


def test_a_page_moved_twice_is_reached_from_both_old_addresses_in_one_step(tree, client):
    move(tree["about"], slug="who-we-are")
    move(tree["about"], slug="us")
    for old in ("/about/", "/who-we-are/"):
        assert client.get(old)["Location"] == "/us/"
    assert client.get("/about/networks/state/")["Location"] == "/us/networks/state/"


def test_a_page_that_moves_back_leaves_no_redirect_to_itself(tree, client):
    move(tree["about"], slug="us")
    move(tree["about"], slug="about")
    assert client.get("/about/").status_code == 200
    assert client.get("/us/")["Location"] == "/about/"
    assert not Redirect.objects.filter(old_path="/about/").exists()


def test_a_new_page_at_an_old_address_is_shown_there(tree, make_page, client):
    move(tree["policy"], slug="policies")
    make_page("Policy")
    assert client.get("/policy/").status_code == 200
    assert not Redirect.objects.exists()


def test_the_query_string_travels_with_a_redirect(tree, client):
    move(tree["about"], slug="us")
    assert client.get("/about/?print=y")["Location"] == "/us/?print=y"


@pytest.mark.parametrize("name", ["networks", "state", "about"])
def test_a_page_cannot_stand_under_itself_or_below(tree, name):
    tree["about"].parent = tree[name]
    with pytest.raises(ValidationError, match="cannot stand under itself"):
        tree["about"].full_clean()


def test_a_clash_of_addresses_is_a_form_error_and_a_constraint(tree, make_page):
    with pytest.raises(ValidationError, match="already has the address /about/networks/"):
        make_page("Networks", parent=tree["about"])
    with pytest.raises(IntegrityError, match="one_page_a_path"), transaction.atomic():
        Page.objects.filter(pk=tree["policy"].pk).update(path="/about/")


@pytest.mark.parametrize("slug", ["es", "admin", "search", "static", "styleguide", "accounts", "oai"])
def test_addresses_of_other_parts_of_the_site_are_refused(make_page, slug):
    with pytest.raises(ValidationError, match="belongs to another part"):
        make_page("Mine", slug=slug)


def test_a_section_of_an_app_has_a_front_page_and_no_pages_below(make_page):
    front = make_page("Resources")
    with pytest.raises(ValidationError, match="belongs to another part"):
        make_page("Publications", parent=front)


def test_pages_of_two_languages_do_not_stand_under_each_other(tree, make_page):
    with pytest.raises(ValidationError, match="same language"):
        make_page("Redes", language="es", parent=tree["about"])


def test_a_page_keeps_its_language_while_pages_in_it_stand_below(tree):
    tree["about"].language = "es"
    with pytest.raises(ValidationError, match="“Networks” stands under this one, in another language") as refusal:
        tree["about"].full_clean()
    assert list(refusal.value.error_dict) == ["language"]


def test_an_address_that_would_be_too_long_is_a_form_error(make_page):
    parent = None
    for _number in range(8):
        parent = make_page("Deep", slug="x" * 90, parent=parent)
    with pytest.raises(ValidationError, match="too long"):
        make_page("Too deep", slug="x" * 90, parent=parent)


def test_a_page_with_pages_below_it_cannot_be_deleted(tree):
    with pytest.raises(ProtectedError):
        tree["about"].delete()


def test_a_page_shows_where_it_stands(tree, make_page, client):
    sibling = make_page("Partners", parent=tree["about"], position=5)
    html = client.get("/about/networks/").content.decode()
    trail = html[html.index('class="breadcrumbs"') : html.index("page-head")]
    assert '<a href="/about/">About</a>' in trail
    assert "Networks" not in trail
    nav = html[html.index('class="section-nav') :]
    assert '<a href="/about/networks/" aria-current="page">Networks</a>' in nav
    assert f'<a href="{sibling.get_absolute_url()}">Partners</a>' in nav
    assert '<a href="/about/networks/state/" lang="en">State</a>' in nav
    assert "/policy/" not in html


def test_the_site_map_page_lists_every_public_page_once(tree, make_page, client):
    make_page("Hidden", published_at=None)
    page = make_page("Site map", addition=Page.Addition.SITE_MAP)
    html = client.get(page.get_absolute_url()).content.decode()
    listed = html[html.index("<article") : html.index("</article>")]
    assert [listed.count(f'href="{p.get_absolute_url()}"') for p in tree.values()] == [1, 1, 1, 1]
    assert "Hidden" not in listed
