"""Accents, capitals and what no file can hold: in the lists of the library, their feeds and files."""

import pytest

from tests.library import organization, person, publish_work, topic

LIST = "/resources/publications/"


@pytest.mark.parametrize(
    ("shelf", "label", "make"),
    [
        ("topic", "topics", topic),
        ("organization", "publishers", organization),
        ("tag", "tags", str),
    ],
)
def test_capitals_and_accents_do_not_count_in_the_alphabet_of_a_shelf(client, db, shelf, label, make):
    names = ["COVID-19", "Case studies", "Équity", "evaluation", "Zoning", "d’accord"]
    publish_work("One", **{label: [make(name) for name in names]})
    shown = [one.name for one in client.get(f"{LIST}{shelf}/").context["compartments"]]
    assert shown == ["Case studies", "COVID-19", "d’accord", "Équity", "evaluation", "Zoning"]


def test_a_shelf_in_spanish_goes_by_the_spanish_names(client, db):
    topics = [topic("Attendance", label_es="Índice"), topic("Zoning", label_es="Barrios"), topic("Health")]
    publish_work("One", topics=topics)
    shown = [one.name for one in client.get(f"/es{LIST}topic/").context["compartments"]]
    assert shown == ["Barrios", "Health", "Índice"]


def test_people_stand_by_their_family_names_whatever_their_capitals(client, db):
    people = [person("Zúñiga", "Ana"), person("de Leon", "Ann"), person("Dryfoos", "Joy"), person("Álvarez", "Bo")]
    publish_work("One", authors=people)
    shown = [one.name for one in client.get(f"{LIST}author/").context["compartments"]]
    assert shown == ["Bo Álvarez", "Ann de Leon", "Joy Dryfoos", "Ana Zúñiga"]


@pytest.mark.parametrize("end", ["feed/atom/", "feed/rss/", "export/xlsx/", "export/csv/"])
def test_what_a_word_processor_leaves_in_a_text_breaks_no_feed_and_no_file(client, db, end):
    strange = "One\x0btwo\x01\ufffe"
    work = publish_work(strange, slug="a", summary=strange, tags=[strange], topics=[topic(strange, slug="t")])
    assert (work.title, work.summary) == ("One two", "One two")
    assert [tag.name for tag in work.tags.all()] == [one.label for one in work.topics.all()] == ["One two"]
    response = client.get(LIST + end)
    content = response.getvalue() if response.streaming else response.content
    assert response.status_code == 200
    assert end == "export/xlsx/" or b"One two" in content
