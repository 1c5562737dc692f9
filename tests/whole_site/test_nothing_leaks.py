"""What is not public appears nowhere, and what becomes public by the clock appears everywhere with nothing run."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.whole_site.reading import Reading

SECRET = "Zanzibarnik"  # stands in every text of the hidden page
BAIT = "quixotry"  # stands in its title and slug, and in what a reader asks for

DAY = timedelta(days=1)
HIDDEN = {
    "new": {"published_at": None},
    "scheduled": {"published_at": DAY},
    "retired": {"published_at": -2 * DAY, "retired_at": -DAY},
}

EVERYWHERE = [
    "/",
    "/about/",
    "/about/partners/",
    "/about/quixotry/",
    "/about/quixotry/below/",
    "/site-map/",
    f"/search/?q={BAIT}",
    f"/{BAIT}/",
    "/old-address/",
    "/feedback/contact/?about=/about/quixotry/",
    "/feedback/correction/?about=/about/quixotry/&field=title",
    "/es/feedback/format/?about=/es/about/quixotry/",
    "/feedback/thanks/?about=/about/quixotry/&answer=no",
    "/sitemap.xml",
    "/es/",
    "/es/about/",
    "/es/about/quixotry/",
    f"/es/search/?q={BAIT}",
    f"/es/{BAIT}/",
]


def moments(**offsets):
    now = timezone.now()
    return {name: offset if offset is None else now + offset for name, offset in offsets.items()}


@pytest.fixture
def hide(home, make_page, add_blocks):
    """A function that builds a small site around one page with those dates: hide(published_at=…, retired_at=…)."""
    from pages.models import MenuItem, Redirect

    def build(**offsets):
        about = make_page("About us", slug="about", published_at=timezone.now() - 3 * DAY)
        make_page("Partners", parent=about)
        hidden = make_page(
            f"{SECRET} {BAIT}", slug=BAIT, summary=f"{SECRET} about {BAIT}.", parent=about, **moments(**offsets)
        )
        add_blocks(hidden, words=SECRET)
        if hidden.published_at:
            make_page("Below", parent=hidden)
        make_page("Site map", addition="site_map")
        for menu in ("header", "footer", "small_print"):
            MenuItem.objects.create(menu=menu, label=f"{SECRET} line", page=hidden)
        Redirect.objects.create(old_path="/old-address/", page=hidden)
        return hidden

    return build


def where_it_shows(client):
    return {address for address in EVERYWHERE if SECRET in client.get(address).content.decode()}


@pytest.mark.parametrize("state", HIDDEN)
def test_a_page_that_is_not_public_shows_nowhere(client, hide, state):
    hidden = hide(**HIDDEN[state])
    assert hidden.state == state
    # A retired page says at its own address what it was: its title and no more.
    gone = {"/about/quixotry/"} if state == "retired" else set()
    assert where_it_shows(client) == gone
    for address in gone:
        assert client.get(address).content.decode().count(f"{SECRET} about") == 0
        assert f"{SECRET} stated" not in client.get(address).content.decode()
    links = {
        address: [link for link in Reading(client.get(address).content).links if link.endswith(f"/{BAIT}/")]
        for address in EVERYWHERE
        if not address.endswith((f"/{BAIT}/", ".xml"))
    }
    assert not any(links.values()), links
    assert b"quixotry/<" not in client.get("/sitemap.xml").content


@pytest.mark.parametrize("state", HIDDEN)
def test_a_page_that_is_not_public_has_no_address(client, hide, state):
    hide(**HIDDEN[state])
    own = 410 if state == "retired" else 404
    for address in ("/about/quixotry/", "/about/quixotry", "/es/about/quixotry/", "/old-address/"):
        assert client.get(address).status_code == (own if address == "/about/quixotry/" else 404), address


def test_a_public_page_shows_wherever_the_others_must_not(client, hide):
    """The proof that the two tests above look in the right places."""
    hide(published_at=-DAY)
    assert where_it_shows(client) == set(EVERYWHERE) - {"/sitemap.xml", "/old-address/"}
    assert b"/about/quixotry/</loc>" in client.get("/sitemap.xml").content
    assert client.get("/old-address/").headers["Location"] == "/about/quixotry/"
    search = Reading(client.get(f"/search/?q={BAIT}").content)
    assert any(SECRET in "".join(title.itertext()) for title in search.all("h3"))
    lost = Reading(client.get(f"/{BAIT}/").content)
    assert any(SECRET in "".join(title.itertext()) for title in lost.all("h3"))
    front = Reading(client.get("/").content)
    assert any(SECRET in "".join(title.itertext()) for title in front.all("h3"))


def test_a_scheduled_page_appears_by_itself_when_its_moment_comes(client, hide, monkeypatch):
    page = hide(published_at=DAY)
    assert where_it_shows(client) == set()
    moment = page.published_at
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment - timedelta(seconds=1))
    assert client.get("/about/quixotry/").status_code == 404
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    assert client.get("/about/quixotry/").status_code == 200
    assert {"/", "/about/", "/about/partners/", f"/search/?q={BAIT}", f"/{BAIT}/"} <= where_it_shows(client)
    assert b"/about/quixotry/</loc>" in client.get("/sitemap.xml").content


def test_a_page_with_an_end_disappears_by_itself_when_it_has_come(client, hide, monkeypatch):
    page = hide(published_at=-DAY, retired_at=DAY)
    assert "/about/" in where_it_shows(client)
    moment = page.retired_at
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment - timedelta(seconds=1))
    assert client.get("/about/quixotry/").status_code == 200
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    assert where_it_shows(client) == {"/about/quixotry/"}
    assert client.get("/about/quixotry/").status_code == 410
    assert b"/about/quixotry/</loc>" not in client.get("/sitemap.xml").content


@pytest.mark.parametrize("state", HIDDEN)
def test_the_front_page_says_nothing_from_a_mission_page_or_a_role_that_is_not_public(
    client, home, make_page, add_blocks, state
):
    about, leadership = make_page("About us", slug="about"), make_page("Your role", slug="leadership")
    mission = make_page(f"{SECRET} mission", slug="vision-and-mission", parent=about, **moments(**HIDDEN[state]))
    add_blocks(mission, words=SECRET)
    make_page(f"{SECRET} role", slug="principal", parent=leadership, **moments(**HIDDEN[state]))
    assert SECRET not in client.get("/").content.decode()


def test_the_front_page_shows_the_mission_and_the_roles_that_are_public(client, home, make_page, add_blocks):
    about, leadership = make_page("About us", slug="about"), make_page("Your role", slug="leadership")
    mission = make_page("Our mission", slug="vision-and-mission", parent=about)
    add_blocks(mission, words=SECRET)
    make_page("The principal’s role", slug="principal", parent=leadership)
    html = client.get("/").content.decode()
    assert f"{SECRET} stated" in html
    assert "The principal’s role" in html


@pytest.mark.parametrize("state", ["scheduled", "retired"])
def test_the_roles_vanish_from_the_front_page_with_the_page_above_them(client, home, make_page, state):
    leadership = make_page("Your role", slug="leadership", **moments(**HIDDEN[state]))
    make_page("The principal’s role", slug="principal", parent=leadership, published_at=timezone.now() - DAY)
    assert "I am a" not in client.get("/").content.decode()


@pytest.mark.parametrize("state", HIDDEN)
def test_a_translation_that_is_not_public_is_named_nowhere(client, home, make_page, state):
    about = make_page("About us", slug="about")
    make_page(f"{SECRET} {BAIT}", slug=BAIT, language="es", translation_of=about, **moments(**HIDDEN[state]))
    for address in ("/about/", "/es/about/", "/es/", f"/es/{BAIT}/", f"/es/search/?q={BAIT}", "/sitemap.xml"):
        html = client.get(address).content.decode()
        # At its own address a retired page says its title.
        assert (SECRET in html) == (state == "retired" and address == f"/es/{BAIT}/"), address
    assert "hreflang" not in client.get("/sitemap.xml").content.decode()
    assert f"/es/{BAIT}/" not in client.get("/about/").content.decode()


@pytest.mark.parametrize("state", HIDDEN)
def test_while_the_front_page_is_not_public_its_address_is_a_404(client, make_page, state):
    make_page(f"{SECRET} front", slug="home", **moments(**HIDDEN[state]))
    for address in ("/", "/es/"):
        response = client.get(address)
        assert response.status_code == 404, address
        assert SECRET not in response.content.decode()
