"""The page of results, for the whole site and for the library: what a reader sees and can take along."""

import re

import pytest
from django.utils import timezone

from publishing.retiring import retire
from search.models import Synonym
from tests.library import draft_work, publish_work
from tests.search.results import LIBRARY, SEARCH, said, titles

pytestmark = pytest.mark.django_db


def test_pages_and_publications_stand_in_one_list(client, content):
    response = client.get(SEARCH, {"q": "attendance"})
    assert set(titles(response)) == {"Attendance", "Every Day Counts", "Counting Attendance"}
    assert said(response) == "3 results for attendance, best match first"
    page = response.content.decode()
    assert "On <mark>attendance</mark> in large districts." in page
    assert "Martin J. Blank" in page
    assert "unheard" not in page


def test_words_in_another_language_than_the_page_say_which(client, content):
    for place in (SEARCH, LIBRARY):
        page = client.get(f"/es{place}", {"q": "attendance"}).content.decode()
        words = re.findall(r'<p class="result__words"([^>]*)>', page)
        assert words and set(words) == {' lang="en"'}


def test_on_paper_a_search_says_the_address_at_which_it_is_found_again(client, content):
    asked = {"q": "attendance", "from": "2010", "to": "", "page": "2", "utm_source": "letter"}
    for place in (SEARCH, LIBRARY):
        page = client.get(place, asked).content.decode()
        assert f"Printed from https://www.example.org{place}?q=attendance&amp;from=2010&amp;page=2</p>" in page
        assert f"Printed from https://www.example.org{place}</p>" in client.get(place, {"letter": "y"}).content.decode()


def test_the_library_searches_its_works_only(client, content):
    response = client.get(LIBRARY, {"q": "attendance"})
    assert set(titles(response)) == {"Every Day Counts", "Counting Attendance"}
    assert said(response) == "2 publications for attendance, best match first"


def test_without_words_the_library_shows_all_works_the_newest_first(client, content):
    response = client.get(LIBRARY)
    assert titles(response) == ["Every Day Counts", "Counting Attendance"]
    assert said(response) == "2 publications, newest first"


def test_a_search_without_words_and_filters_shows_the_form_only(client, content):
    response = client.get(SEARCH)
    assert response.context["results"] is None
    assert 'role="search"' in response.content.decode()


def test_a_page_beyond_the_last_is_the_first_and_says_so(client, content):
    response = client.get(SEARCH, {"q": "attendance", "page": "9"})
    assert len(titles(response)) == 3
    assert "There are not so many pages" in response.content.decode()


def test_what_was_mistyped_is_corrected_and_can_be_insisted_on(client, content):
    response = client.get(SEARCH, {"q": "atendance"})
    assert "Showing results for <strong>attendance</strong>" in response.content.decode()
    assert len(titles(response)) == 3
    insisted = client.get(f"{SEARCH}{response.context['form'].url_as_typed}")
    assert titles(insisted) == []
    assert "0 results for atendance" in said(insisted)


@pytest.mark.parametrize(
    ("typed", "taken_apart"),
    [
        ('"Martin Jacob Blank" counts', "Martin Jacob Blank counts"),
        ("“counts attendance” OR “zebra OR”", "counts attendance OR zebra or"),
        ('author:"J. Blank Martin" -"a zebra"', 'author:J author:Blank author:Martin -"a zebra"'),
    ],
)
def test_a_phrase_that_finds_nothing_is_offered_without_its_quotes(client, content, typed, taken_apart):
    response = client.get(SEARCH, {"q": typed, "topic": "attendance"})
    assert titles(response) == []
    link, number = response.context["results"].without_quotes
    assert f"without the quotes: {number} result" in response.content.decode()
    followed = client.get(f"{SEARCH}{link.url}")
    assert followed.context["form"].query == taken_apart
    assert followed.context["results"].answer.total == number > 0
    assert "Topic: Attendance" in said(followed)


def test_words_that_find_nothing_without_quotes_either_are_not_offered_so(client, content):
    for typed in ('"qqqqqq zzzzzz"', "qqqqqq zzzzzz", "author:qqqqqq"):
        assert "without the quotes" not in client.get(SEARCH, {"q": typed}).content.decode()


def test_other_words_are_said_and_can_be_taken_off(client, content):
    Synonym.objects.create(words="presence\nattendance")
    response = client.get(SEARCH, {"q": "presence"})
    assert len(titles(response)) == 3
    assert "Also searched: attendance." in response.content.decode()
    assert titles(client.get(f"{SEARCH}{response.context['form'].url_as_typed}")) == []


def test_it_is_said_how_many_hold_all_words(client, content):
    assert "1 has all of the words." in client.get(SEARCH, {"q": "attendance districts"}).content.decode()
    page = client.get(SEARCH, {"q": "counting pupils"}).content.decode()
    assert "None of them has all of the words" in page


def test_where_nothing_is_found_near_words_are_offered(client, content):
    page = client.get(SEARCH, {"q": "attendanze", "as_typed": "on"}).content.decode()
    assert ">attendance</a>" in page


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", '"><b>', "attendance' OR 1=1 --", "😀 \u202eattendance"]
)
def test_what_was_typed_is_shown_escaped(client, content, typed):
    response = client.get(SEARCH, {"q": typed})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert "<b>" not in response.content.decode().partition("<main")[2]


@pytest.mark.parametrize("kind", ["atom", "rss"])
def test_a_search_has_a_feed_of_what_holds_all_words(client, content, kind):
    response = client.get(f"{SEARCH}feed/{kind}/", {"q": "attendance districts"})
    assert response["Content-Type"].startswith(f"application/{kind}+xml")
    body = response.content.decode()
    assert "Every Day Counts" in body
    assert "Counting Attendance" not in body
    assert "unheard" not in body
    assert client.get(f"{SEARCH}feed/other/", {"q": "x"}).status_code == 404


@pytest.mark.parametrize("name", ["csv", "ris", "bibtex"])
@pytest.mark.parametrize("place", [SEARCH, LIBRARY])
def test_the_works_of_a_search_can_be_taken_along(client, content, name, place):
    from io import BytesIO

    from resources.formats import FORMATS

    page = client.get(place, {"q": "attendance", "topic": "evaluation"})
    links = {link.url for group in page.context["results"].toolbar for link in group.links}
    (link,) = [url for url in links if f"/export/{name}/" in url]
    response = client.get(link)
    records = FORMATS[name].read(BytesIO(response.getvalue())).records
    assert [record.title for record in records] == ["Every Day Counts"]


@pytest.mark.parametrize("narrowed", [{}, {"content": "publication"}])
def test_what_can_be_taken_along_of_everything_says_how_many_works_it_holds(client, content, narrowed):
    page = client.get(SEARCH, {"q": "attendance", **narrowed})
    (group,) = [group for group in page.context["results"].toolbar if "/export/" in group.links[0].url]
    (link,) = [link.url for link in group.links if "/export/csv/" in link.url]
    rows = client.get(link).getvalue().decode().strip().splitlines()[1:]
    assert rows
    assert group.label == f"Publications ({len(rows)})"


@pytest.mark.parametrize("asked", [{"q": "attendance", "content": "page"}, {"q": "unheard"}])
def test_where_no_work_is_found_no_file_is_offered(client, content, asked):
    assert b"/export/" not in client.get(SEARCH, asked).content


def test_a_number_pasted_in_any_form_finds_its_work(client, content):
    publish_work("Making It Count", identifiers=[("eric", "ED477535"), ("isbn", "0937846112")])
    for typed in ("ED477535", "eric.ed.gov/?id=ED477535", "ISBN 0-937846-11-2", "0937846112", "978-0-937846-11-7"):
        assert titles(client.get(SEARCH, {"q": typed}))[0] == "Making It Count", typed


def test_what_is_retired_is_found_no_more(client, content):
    from resources.models import Publication

    retire(Publication.objects.get(slug="every-day-counts"))
    response = client.get(SEARCH, {"q": "attendance"})
    assert "Every Day Counts" not in titles(response)
    assert "evaluation" not in [group.name for group in response.context["results"].facets]


def test_results_are_for_no_search_engine(client, content):
    for place in (SEARCH, LIBRARY):
        assert 'content="noindex"' in client.get(place, {"q": "attendance"}).content.decode()
    assert "noindex" not in client.get(LIBRARY).content.decode()


def test_a_scheduled_item_is_not_found_before_its_moment(client, content, clock):
    from datetime import timedelta

    from publishing.publish import publish

    moment = timezone.now() + timedelta(hours=1)
    publish(draft_work("Tomorrow’s zanzibar"), at=moment)
    assert titles(client.get(SEARCH, {"q": "zanzibar"})) == []
    clock(moment)
    assert titles(client.get(SEARCH, {"q": "zanzibar"})) == ["Tomorrow’s zanzibar"]


def test_what_the_staff_chose_stands_on_top_once_and_only_without_filters(client, content):
    from resources.models import Publication
    from search.models import BestResult

    work = Publication.objects.get(slug="counting-attendance")
    BestResult.objects.create(
        queries="attendance\nabsence", owner_label="resources.publication", owner_key=str(work.pk), position=1
    )
    response = client.get(SEARCH, {"q": "Attendance"})
    assert [item.title for item in response.context["results"].best] == ["Counting Attendance"]
    assert "Counting Attendance" not in titles(response)
    assert "Chosen by the Coalition" in response.content.decode()
    for address, narrowed in ((SEARCH, {"topic": "attendance"}), (LIBRARY, {})):
        response = client.get(address, {"q": "attendance"} | narrowed)
        assert response.context["results"].best == []
        assert "Counting Attendance" in titles(response)
    BestResult.objects.create(queries="guide", owner_label="resources.publication", owner_key=str(work.pk), position=1)
    only = client.get(SEARCH, {"q": "guide"})
    assert (titles(only), len(only.context["results"].best)) == ([], 1)
    assert "You can also" not in only.content.decode()
    retire(work)
    assert client.get(SEARCH, {"q": "attendance"}).context["results"].best == []


def test_the_staff_are_told_what_was_not_found_and_nothing_else(client, content):
    from search.misses import Miss

    for query in ({"q": "zeppelin"}, {"q": "atendance"}, {"q": "attendance"}, {"q": "pupils", "topic": "evaluation"}):
        client.get(SEARCH, query)
    assert set(Miss.objects.values_list("words", "times_corrected")) == {("zeppelin", 0), ("atendance", 1)}


def test_the_feeds_and_files_of_the_library_hold_publications_only_whatever_the_address_says(client, content):
    results = client.get(LIBRARY, {"q": "attendance", "content": "page"}).context["results"]
    assert results.query_string == "q=attendance&content=publication"
