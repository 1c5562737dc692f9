"""The lists of the library, their feeds and files."""

import re

import pytest
from django.utils import timezone

from publishing.retiring import retire
from tests.library import draft_work, organization, person, publish_work, topic

pytestmark = pytest.mark.django_db

LIST = "/resources/publications/"


@pytest.fixture(scope="module")
def library(kept_for_the_module):
    """Two public works, and a draft that nobody may see."""
    evaluation = topic("Evaluation", label_es="Evaluación", other_names="assessment")
    melaville = person("Melaville", "Atelia")
    coalition = organization("Coalition for Community Schools")
    publish_work(
        "Learning Together",
        issued_year=1998,
        page_count=120,
        work_kind="report",
        topics=[evaluation],
        tags=["Mott"],
        authors=[melaville],
        publishers=[coalition],
        levels=["state"],
    )
    publish_work("A Framework for More and Better Learning", issued_year=2015, publishers=[coalition])
    draft_work("Unheard of", issued_year=2020, topics=[evaluation], tags=["secret"], authors=[melaville])


def titles(response):
    context = response.context
    works = [hit.item for hit in context["results"].hits] if "results" in context else context["works"]
    return [work.title for work in works]


def test_the_newest_works_stand_first(client, library):
    response = client.get(LIST)
    assert titles(response) == ["A Framework for More and Better Learning", "Learning Together"]
    assert "2 publications, newest first" in response.content.decode()


def test_by_title_the_first_article_does_not_count(client, library):
    assert titles(client.get(LIST, {"order": "title"})) == [
        "A Framework for More and Better Learning",
        "Learning Together",
    ]


@pytest.mark.parametrize(
    "place",
    ["topic/evaluation", "author/atelia-melaville", "year/1998", "kind/report", "level/state", "tag/mott", "a-z/l"],
)
def test_a_shelf_holds_its_public_works_and_no_draft(client, library, place):
    response = client.get(f"{LIST}{place}/")
    assert titles(response) == ["Learning Together"]


@pytest.mark.parametrize("shelf", ["topic", "author", "organization", "year", "kind", "level", "tag", "a-z"])
def test_a_shelf_lists_what_it_holds_with_numbers_of_public_works(client, library, shelf):
    page = client.get(f"{LIST}{shelf}/").content.decode()
    assert "(1)" in page or "(2)" in page
    assert "secret" not in page
    assert "2020" not in page


@pytest.mark.parametrize(
    "place", ["year/2020", "year/9999", "a-z/u", "a-z/q", "kind/book", "level/school", "tag/secret"]
)
def test_what_holds_no_public_work_is_not_found_on_a_shelf(client, library, place):
    for address in (f"{LIST}{place}/", f"{LIST}{place}/feed/atom/", f"{LIST}{place}/export/ris/"):
        assert client.get(address).status_code == 404


def test_the_shelf_of_letters_leads_to_those_with_works_only(client, library):
    html = client.get(f"{LIST}a-z/").content.decode()
    assert re.findall(rf'href="{LIST}a-z/([^/]+)/"', html) == ["f", "l"]


@pytest.mark.parametrize("place", ["topic/nothing", "year/19998", "year/abcd", "kind/poem", "a-z/ll", "shelf/x"])
def test_a_shelf_that_is_none_is_not_found(client, library, place):
    assert client.get(f"{LIST}{place}/").status_code == 404


def test_a_renamed_topic_keeps_its_old_address(client, library):
    from vocabulary.models import Topic

    evaluation = Topic.objects.get()
    evaluation.slug = "evaluation-and-evidence"
    evaluation.save()
    response = client.get(f"{LIST}topic/evaluation/")
    assert (response.status_code, response["Location"]) == (301, f"{LIST}topic/evaluation-and-evidence/")


def test_wrong_values_in_the_address_are_left_out_and_said(client, library):
    response = client.get(LIST, {"order": "size", "page": "minus one"})
    assert response.status_code == 200
    page = response.content.decode()
    assert "This order is not known" in page
    assert "The page number was not understood" in page


@pytest.mark.parametrize("kind", ["atom", "rss"])
@pytest.mark.parametrize("place", ["", "topic/evaluation/"])
def test_a_feed_holds_the_public_works(client, library, kind, place):
    response = client.get(f"{LIST}{place}feed/{kind}/")
    body = response.content.decode()
    assert response["Content-Type"].startswith(f"application/{kind}+xml")
    assert "Learning Together" in body
    assert "Unheard of" not in body


@pytest.mark.parametrize("name", ["csv", "xlsx", "ris", "bibtex", "csl"])
@pytest.mark.parametrize("place", ["", "topic/evaluation/", "learning-together/"])
def test_a_list_can_be_taken_along_in_every_format(client, library, name, place):
    from io import BytesIO

    from resources.formats import FORMATS

    response = client.get(f"{LIST}{place}export/{name}/")
    records = FORMATS[name].read(BytesIO(response.getvalue())).records
    assert "Learning Together" in [record.title for record in records]
    assert "Unheard of" not in [record.title for record in records]


def test_a_reader_makes_a_list_of_her_own(client, library):
    response = client.get(f"{LIST}chosen/", {"work": ["learning-together", "unheard-of", "nothing"], "style": "mla"})
    page = response.content.decode()
    assert "Melaville, Atelia." in page
    assert "Unheard" not in page


def test_a_retired_work_leaves_every_list(client, library):
    from resources.models import Publication

    retire(Publication.objects.get(slug="learning-together"))
    assert titles(client.get(LIST)) == ["A Framework for More and Better Learning"]
    assert "Learning Together" not in client.get(f"{LIST}feed/atom/").content.decode()
    assert "Learning Together" not in client.get(f"{LIST}chosen/?work=learning-together").content.decode()


def test_a_scheduled_work_appears_by_the_clock(client, library, monkeypatch):
    from datetime import timedelta

    from publishing.publish import publish

    tomorrow = timezone.now() + timedelta(days=1)
    publish(draft_work("Tomorrow"), at=tomorrow)
    assert "Tomorrow" not in titles(client.get(LIST))
    monkeypatch.setattr(timezone, "now", lambda: tomorrow + timedelta(seconds=1))
    assert "Tomorrow" in titles(client.get(LIST))


def test_a_topic_of_which_no_work_is_public_has_no_page(client, library):
    draft_work("Draft", topics=[topic("Unreviewed topic", description="Words that nobody has approved.")])
    response = client.get("/resources/publications/topic/unreviewed-topic/")
    assert response.status_code == 404
    assert b"nobody has approved" not in response.content


def test_of_very_many_works_on_a_shelf_the_first_can_be_looked_through(client, library, monkeypatch):
    from publishing import paging
    from resources.views import lists

    for title in ("A Fourth", "A Fifth"):
        publish_work(title, issued_year=1990)
    monkeypatch.setattr(lists, "WORKS_A_PAGE", 1)
    monkeypatch.setattr(paging, "MOST_PAGES", 3)
    shelf = f"{LIST}a-z/f/"  # articles do not count
    assert "can be looked through" not in client.get(shelf).content.decode()
    monkeypatch.setattr(paging, "MOST_PAGES", 2)
    for page in ("?page=2", "?page=3"):
        response = client.get(f"{shelf}{page}")
        assert titles(response) == ["A Fifth"]
        html = " ".join(response.content.decode().split())
        assert "The first 2 can be looked through page by page." in html
        assert "<p>2 to 2 of 3</p>" in html
        assert ("There are not so many pages; this is the last." in html) is (page == "?page=3")
        assert "3 publications, newest first" in html
        assert "Next page" not in html


def test_a_shelf_of_very_many_compartments_has_pages(client, library, monkeypatch):
    from resources.views import lists

    publish_work("Another", topics=[topic("Attendance"), topic("Health")])
    monkeypatch.setattr(lists, "COMPARTMENTS_A_PAGE", 2)
    shown = [client.get(f"{LIST}topic/{page}").content.decode() for page in ("", "?page=2", "?page=9")]
    names = [[name for name in ("Attendance", "Evaluation", "Health") if f">{name}<" in html] for html in shown]
    assert names == [["Attendance", "Evaluation"], ["Health"], ["Health"]]
    assert f'rel="canonical" href="https://www.example.org{LIST}topic/?page=2"' in shown[1]
    html = client.get(f"{LIST}topic/?page=x").content.decode()
    assert "The page number was not understood" in html
    assert f'rel="canonical" href="https://www.example.org{LIST}topic/"' in html
