"""A former address leads on until something else answers there, and takes the query along."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.models import Redirect
from publishing.checks.links import dead_paths
from publishing.publish import publish
from publishing.retiring import retire
from tests.articles import publish_entry, publish_question
from tests.library import draft_work, publish_work

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def publish_a_work(title, *, item=None, at=None):
    return publish(draft_work(title, work=item), at=at)


PLACES = {
    "/blog/": publish_entry,
    "/faq/": publish_question,
    "/resources/publications/": publish_a_work,
}


@pytest.mark.parametrize("place", PLACES)
def test_an_item_that_waits_for_its_moment_takes_no_address_before(client, clock, place):
    make = PLACES[place]
    moved = make("First")
    make("Second", item=moved)
    moment = timezone.now() + HOUR
    make("First", at=moment)
    response = client.get(f"{place}first/?a=1&b=%C3%A9")
    assert (response.status_code, response["Location"]) == (301, f"{place}second/?a=1&b=%C3%A9")
    clock(moment + HOUR)
    response = client.get(f"{place}first/")
    assert response.status_code == 200
    assert "First" in response.content.decode()


@pytest.mark.parametrize("place", PLACES)
def test_an_item_that_was_never_seen_leaves_no_former_address(client, place):
    make = PLACES[place]
    moved = make("First")
    make("Second", item=moved)
    waiting = make("First", at=timezone.now() + HOUR)
    make("Third", item=waiting, at=timezone.now() + HOUR)
    assert client.get(f"{place}first/")["Location"] == f"{place}second/"


@pytest.mark.parametrize("place", ["/blog/", "/faq/"])
def test_a_text_that_is_in_another_language_now_is_found_at_its_old_address(client, place):
    item = PLACES[place]("First")
    PLACES[place]("First", item=item, language="es")
    response = client.get(f"{place}first/?a=1")
    assert (response.status_code, response.headers.get("Location")) == (301, f"/es{place}first/?a=1")
    PLACES[place]("Primero", item=item, language="es")
    assert client.get(f"{place}first/")["Location"] == f"/es{place}primero/"
    assert client.get(f"/es{place}first/")["Location"] == f"/es{place}primero/"


def test_a_text_that_takes_the_address_which_another_language_left_stands_there(client):
    moved = publish_entry("First")
    publish_entry("First", item=moved, language="es")
    publish_entry("First", summary="Another one.")
    assert client.get("/blog/first/").status_code == client.get("/es/blog/first/").status_code == 200


def test_a_card_of_a_question_that_is_in_another_language_now_is_found_too(client):
    publish_question("First", item=publish_question("First"), language="es")
    assert client.get("/faq/first/card/").headers.get("Location") == "/es/faq/first/card/"


def test_a_page_that_is_in_another_language_now_is_found_at_its_old_address(client, make_page):
    page = make_page("Vision")
    page.language = "es"
    page.save()
    assert client.get("/vision/?a=1").headers.get("Location") == "/es/vision/?a=1"
    assert client.get("/es/vision/").status_code == 200
    page.language = "en"
    page.save()
    assert client.get("/vision/").status_code == 200
    assert client.get("/es/vision/").headers.get("Location") == "/vision/"


def test_a_page_that_changes_its_language_and_moves_takes_its_own_pages_along_and_no_others(client, make_page):
    page, other = make_page("Vision"), make_page("Vision", language="es")
    below, of_other = make_page("Below", parent=page), make_page("Below", parent=other, language="es")
    page.language, page.slug = "es", "sight"
    page.save()
    assert client.get("/vision/").headers.get("Location") == "/es/sight/"
    below.refresh_from_db()
    of_other.refresh_from_db()
    assert (below.path, of_other.path) == ("/sight/below/", "/vision/below/")


def test_a_page_that_waits_for_its_moment_leaves_redirects_alone(client, clock, make_page):
    page = make_page("Vision")
    Redirect.objects.create(old_path="/mission/", page=page)
    moment = timezone.now() + HOUR
    mission = make_page("Mission", published_at=moment)
    assert client.get("/mission/")["Location"] == "/vision/"
    mission.slug = "task"
    mission.save()
    assert client.get("/mission/")["Location"] == "/vision/"
    mission.slug = "mission"
    mission.save()
    clock(moment)
    assert client.get("/mission/").status_code == 200


@pytest.mark.parametrize(
    ("asked", "now"),
    [
        ("/blog/first/?a=1", "/blog/second/?a=1"),
        ("/blog/2020/01/first/?a=1", "/blog/second/?a=1"),
        ("/blog/2020/01/31/first/?a=1", "/blog/second/?a=1"),
        ("/es/blog/second/", None),
    ],
)
def test_redirects_inside_the_blog_keep_the_query(client, asked, now):
    publish_entry("Second", item=publish_entry("First"))
    response = client.get(asked)
    assert response.headers.get("Location") == now


def test_redirects_to_a_translation_keep_the_query(client):
    original = publish_entry("First")
    publish_entry("Primero", language="es", translation_of_id=original.pk)
    response = client.get("/es/blog/first/?print=y")
    assert (response.status_code, response["Location"]) == (302, "/es/blog/primero/?print=y")


def test_an_address_with_a_date_leads_a_reader_of_spanish_to_what_there_is(client):
    entry = publish_entry("First")
    asked = "/es/blog/2020/05/first/"
    assert not dead_paths({asked})
    for address in (asked, "/es/blog/2015/04/first.html"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (301, "/es/blog/first/")
    assert client.get("/es/blog/2020/05/nothing/").status_code == 404
    publish_entry("Primero", language="es", translation_of_id=entry.pk)
    assert client.get(asked, follow=True).redirect_chain[-1][0] == "/es/blog/primero/"
    retire(entry)
    assert client.get(asked).status_code == 404


@pytest.mark.parametrize("place", ["2020/13", "2021/02/30", "2020/00", "0000/01", "2020/01/00", "2020/04/31"])
def test_a_former_address_with_a_day_that_never_was_is_none(client, place):
    publish_entry("First")
    assert client.get(f"/blog/{place}/first/").status_code == 404


def test_the_files_of_a_work_that_moved_are_found_with_their_query(client):
    work = publish_work("First")
    publish(draft_work("Second", work=work))
    response = client.get("/resources/publications/first/export/bibtex/?a=1")
    assert response["Location"] == "/resources/publications/second/export/bibtex/?a=1"
