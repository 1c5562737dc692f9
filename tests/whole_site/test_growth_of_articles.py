"""Lists of the blog and of the questions that grow cost no more queries, for 3 rows, for 6 and for 60."""

from datetime import date, timedelta

import pytest

from tests.whole_site.growing import FEW, MANY, grow, queries

SIXTY = 60


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
