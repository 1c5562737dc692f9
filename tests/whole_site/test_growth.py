"""Lists that grow cost no more queries: the same number for 3 rows as for 6, or for 60 where one asks for them."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

FEW, MANY, SIXTY = 3, 6, 60


def queries(client, address, at_least):
    """The queries of a second visit; `at_least` words must stand on the page, so that nobody counts an empty list."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
    assert response.status_code == 200
    shown = response.content.decode().count("Grown")
    assert shown >= at_least, f"{address} shows {shown} of the rows"
    return captured.captured_queries


def grow(make, client, address, at_least=FEW):
    """Queries with few rows and with many. `make(number)` makes the row of that number."""
    for number in range(FEW):
        make(number)
    few = queries(client, address, at_least)
    for number in range(FEW, MANY):
        make(number)
    many = queries(client, address, at_least)
    text = "\n".join(query["sql"][:160] for query in many)
    print(f"{address}: {len(few)} queries for {FEW} rows, {len(many)} for {MANY}")
    assert len(few) == len(many), f"{address}: {len(few)} queries for {FEW} rows, {len(many)} for {MANY}:\n{text}"
    return len(many), text


@pytest.fixture
def frame(home):
    from pages.models import ContactFacts

    ContactFacts.objects.create(organization="The Coalition", email="office@example.org")
    return home


def add_menu_line(page, number):
    from pages.models import MenuItem

    for menu in ("header", "footer", "small_print"):
        MenuItem.objects.create(menu=menu, label=f"Grown {number}", page=page)


def test_the_front_page(client, frame, make_page, add_blocks):
    about, leadership = make_page("About us", slug="about"), make_page("Your role", slug="leadership")
    mission = make_page("Our mission", slug="vision-and-mission", parent=about)

    def make(number):
        role = make_page(f"Grown role {number}", parent=leadership)
        add_blocks(frame, words=f"Grown {number}", tint=number)
        add_blocks(mission, words=f"Grown {number}", tint=number)
        add_menu_line(role, number)

    number, sql = grow(make, client, "/")
    assert number <= 13, f"{number} queries:\n{sql}"


def test_a_page_with_blocks_siblings_children_and_pictures(client, frame, make_page, add_blocks):
    about = make_page("About us", slug="about")
    page = make_page("Grown page", slug="page", parent=about)
    make_page("Página", language="es", translation_of=page)

    def make(number):
        make_page(f"Grown sibling {number}", parent=about)
        child = make_page(f"Grown child {number}", parent=page)
        add_blocks(page, words=f"Grown {number}", tint=number)
        add_menu_line(child, number)

    number, sql = grow(make, client, "/about/page/", at_least=4 * FEW)
    assert number <= 8, f"{number} queries:\n{sql}"


def test_a_page_deep_in_the_tree_costs_what_one_at_the_top_costs(client, frame, make_page):
    top = page = make_page("Grown page", slug="top")
    for number in range(6):
        page = make_page(f"Grown below {number}", parent=page)
    few, many = queries(client, top.get_absolute_url(), 1), queries(client, page.get_absolute_url(), 6)
    assert len(few) == len(many), f"{len(few)} at the top, {len(many)} six levels below"


def test_the_page_that_lists_all_pages(client, frame, make_page):
    page = make_page("Site map", addition="site_map")

    def make(number):
        add_menu_line(make_page(f"Grown below {number}", parent=make_page(f"Grown page {number}")), number)

    number, sql = grow(make, client, page.get_absolute_url(), at_least=2 * FEW)
    assert number <= 9, f"{number} queries:\n{sql}"


@pytest.mark.parametrize("address", ["/search/?q=grown", "/grown-away/"])
def test_search_and_what_a_404_offers(client, frame, make_page, address):
    if address != "/search/?q=grown":
        client.get = lost(client)

    def make(number):
        add_menu_line(make_page(f"Grown page {number}"), number)

    number, sql = grow(make, client, address)
    assert number <= 17, f"{number} queries:\n{sql}"


def lost(client):
    """The client's `get`, for an address that does not exist."""
    get = client.get

    def get_lost(address):
        response = get(address)
        assert response.status_code == 404
        response.status_code = 200
        return response

    return get_lost


def test_the_site_map_for_machines(client, frame, make_page):
    def make(number):
        page = make_page(f"Grown page {number}")
        make_page(f"Página {number}", slug=f"grown-{number}", language="es", translation_of=page)

    number, sql = grow(make, CountsAddresses(client), "/sitemap.xml")
    assert number <= 5, f"{number} queries:\n{sql}"


class CountsAddresses:
    """A client whose site map names its pages as titles do: the addresses begin with a small letter."""

    def __init__(self, client):
        self.client = client

    def get(self, address):
        response = self.client.get(address)
        response.content = response.content.replace(b"grown", b"Grown")
        return response


def test_the_list_of_pages_in_the_admin(staff_client, frame, make_page):
    owner = get_user_model().objects.create_user("owner", password="a password for tests")

    def make(number):
        page = make_page(f"Grown page {number}", owner=owner, review_by=timezone.localdate())
        make_page(f"Grown página {number}", slug=f"grown-{number}", language="es", translation_of=page)

    number, sql = grow(make, staff_client, "/admin/pages/page/")
    assert number <= 10, f"{number} queries:\n{sql}"


@pytest.mark.parametrize("name", ["menuitem", "redirect"])
def test_the_lists_of_menu_lines_and_redirects_in_the_admin(staff_client, frame, make_page, name):
    from pages.models import MenuItem, Redirect

    def make(number):
        page = make_page(f"Page {number}")
        MenuItem.objects.create(menu="footer", label=f"Grown {number}", page=page)
        Redirect.objects.create(old_path=f"/Grown-{number}", page=page)

    grow(make, staff_client, f"/admin/pages/{name}/")


def test_the_inbox_in_the_admin_and_its_line_on_the_dashboard(staff_client, frame):
    from feedback.models import Message

    def make(number):
        page = {"about": f"/grown-{number}/", "about_title": f"Grown {number}"}
        Message.objects.create(kind="wrong", text="Grown", language="en", fingerprint=str(number), **page)

    grow(make, staff_client, "/admin/feedback/message/")
    Message.objects.all().delete()
    grow(make, staff_client, "/admin/")


def test_the_list_of_pictures_in_the_admin(staff_client, make_picture):
    grow(
        lambda number: make_picture(f"Grown {number}", color=(number, 1, 1)), staff_client, "/admin/publishing/picture/"
    )


def make_work(number, **values):
    from tests.library import organization, person, publish_work, topic

    return publish_work(
        f"Grown {number}",
        topics=[topic(f"Grown topic {number}")],
        tags=[f"Grown tag {number}"],
        authors=[person("Grown", f"Author {number}"), person("Grown", f"Other {number}")],
        publishers=[organization(f"Grown publisher {number}")],
        identifiers=[("report_number", f"R-{number}")],
        links=[("record", f"https://www.example.org/{number}")],
        issued_year=2000,
        **values,
    )


def test_the_list_of_publications(client, frame):
    number, _text = grow(make_work, client, "/resources/publications/")
    assert number <= 17


@pytest.mark.parametrize("place", ["year/2000/", "topic/", "author/", "organization/", "tag/", "a-z/g/"])
def test_the_shelves_of_publications(client, frame, place):
    number, _text = grow(make_work, client, f"/resources/publications/{place}", at_least=1)
    assert number <= 12


def test_the_record_of_a_work_that_many_others_stand_beside(client, frame):
    from tests.library import organization, person, publish_work, topic

    many = [person("Grown", f"Author {number}") for number in range(40)]
    shared = {"topics": [topic("Grown topic")], "authors": many, "publishers": [organization("Grown publisher")]}
    first = publish_work("Grown at first", **shared)
    number, _text = grow(
        lambda number: publish_work(f"Grown {number}", relations=[("companion", first)], **shared),
        client,
        first.get_absolute_url(),
    )
    assert number <= 10


@pytest.mark.parametrize("end", ["feed/atom/", "export/ris/", "export/csv/"])
def test_the_feeds_and_files_of_publications(client, db, end):
    make_work(0)
    few = streamed_queries(client, f"/resources/publications/{end}")
    for number in range(1, MANY):
        make_work(number)
    assert streamed_queries(client, f"/resources/publications/{end}") == few


def streamed_queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        assert (response.getvalue() if response.streaming else response.content).count(b"Grown")
    return len(captured)


@pytest.mark.parametrize("verb", ["ListRecords", "ListIdentifiers"])
def test_what_a_harvester_gets_of_works_and_of_deleted_ones(client, db, monkeypatch, verb):
    from resources.oai import verbs

    def count(entries):
        monkeypatch.setattr(verbs, "ENTRIES_A_PART", entries)
        with CaptureQueriesContext(connection) as captured:
            response = client.get("/oai", {"verb": verb, "metadataPrefix": "oai_dc"})
        assert response.content.count(b"<header") == entries
        assert response.content.count(b'status="deleted"') == entries // 3
        return len(captured)

    first = make_work(0)
    for number in range(1, MANY + 1):
        work = make_work(number, relations=[("companion", first)])
        if number % 3 == 2:
            work.delete()
    assert count(FEW) == count(MANY) <= {"ListRecords": 26, "ListIdentifiers": 8}[verb]


def test_the_page_of_a_work_with_many_parts_and_neighbors(client, frame):
    from tests.library import draft_work, person, publish_work, topic

    shared = topic("Grown topic")
    work = publish_work("Grown", topics=[shared])
    others = []

    def make(number):
        from publishing.publish import publish

        others.append(publish_work(f"Grown {number}", topics=[shared]))
        authors = [person("Grown", f"Author {number}-{one}") for one in range(len(others))]
        relations = [("companion", other) for other in others]
        publish(draft_work("Grown", work=work, topics=[shared], authors=authors, relations=relations))

    number, _text = grow(make, client, work.get_absolute_url())
    assert number <= 10


def test_the_list_of_publications_in_the_admin(staff_client, db):
    grow(make_work, staff_client, "/admin/resources/publication/")


@pytest.mark.parametrize("name", ["topic", "person", "organization"])
def test_the_vocabularies_in_the_admin(staff_client, db, name):
    grow(make_work, staff_client, f"/admin/vocabulary/{name}/", at_least=1)


@pytest.fixture
def make_article():
    """A function that makes the entry and the question of a number, related to those before it."""
    from blog.models import Series
    from faq.models import Group
    from tests.articles import publish_entry, publish_question
    from tests.library import person, saved, topic
    from tests.pictures import stored_picture

    series, group = saved(Series(label="Grown series")), saved(Group(label="Grown group", slug="grown"))
    made = []

    def make(number):
        related = [f"/faq/grown-question-{one}/" for one in range(min(number, MANY))]
        subjects = {"topics": [topic(f"Grown topic {number}")], "related": related}
        made.append(publish_question(f"Grown question {number}", group_id=group.pk, position=number, **subjects))
        by = {"tags": [f"Grown {number}", "Grown"], "writers": [person("Grown", f"Writer {number}")]}
        by |= {"picture_id": stored_picture(f"Grown {number}", color=(number, 1, 1)).pk}
        place = {"series_id": series.pk, "series_position": number + 1}
        place["dated_on"] = str(date(2026, 1, 1) + timedelta(number))
        publish_entry(f"Grown entry {number}", **subjects, **by, **place)

    return make


PLACES = ["blog/", "blog/series/grown-series/", "blog/tag/grown/", "blog/feed/atom/", "blog/feed/json/"]
PLACES += ["faq/", "faq/?q=grown", "blog/grown-entry-0/", "faq/grown-question-0/"]


def test_lists_feeds_and_texts_of_blog_and_questions_for_three_and_for_sixty(client, frame, make_article):
    """Sixty of each, made once for all addresses: that many take a while."""

    def counted():
        return {place: len(queries(client, f"/{place}", FEW - 1)) for place in PLACES}

    for number in range(FEW):
        make_article(number)
    few = counted()
    for number in range(FEW, SIXTY):
        make_article(number)
    assert counted() == few
    assert max(few.values()) <= 20, few


@pytest.mark.parametrize("model", ["entry", "question"])
def test_an_entry_and_a_question_with_many_neighbors(client, frame, make_article, model):
    from tests.articles import publish_entry, publish_question

    publish = publish_entry if model == "entry" else publish_question
    related = [f"/faq/grown-question-{number}/" for number in range(MANY)]
    item = publish(f"Grown {model} at last", related=related)
    number, _text = grow(make_article, client, item.get_absolute_url())
    assert number <= 10


@pytest.mark.parametrize("name", ["blog/entry", "faq/question", "blog/series", "faq/group"])
def test_the_lists_of_entries_and_questions_in_the_admin(staff_client, frame, make_article, name):
    grow(make_article, staff_client, f"/admin/{name}/", at_least=1)
