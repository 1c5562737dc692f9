"""Filters of the page of results: counted, chosen by address, taken off again, and told where they are wrong."""

import pytest

from tests.search.results import SEARCH, said, titles

pytestmark = pytest.mark.django_db


def counts(response, name):
    (group,) = [group for group in response.context["results"].facets if group.name == name]
    return {choice.label: choice.count for choice in (*group.choices, *group.others)}


def test_filters_are_counted_over_all_that_was_found(client, content):
    response = client.get(SEARCH, {"q": "attendance"})
    assert counts(response, "content") == {"Publications": 2, "Pages": 1}
    assert counts(response, "topic") == {"Attendance": 2, "Evaluation": 1}
    assert counts(response, "kind") == {"Report": 1, "Guide": 1}
    assert counts(response, "source") == {"The Coalition, alone or with others": 1, "The wider field": 1}
    assert counts(response, "language") == {"English": 2, "Spanish": 1}
    assert "Brief" not in response.content.decode()


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ({"content": "page"}, {"Attendance"}),
        ({"topic": "evaluation"}, {"Every Day Counts"}),
        ({"kind": ["report", "guide"]}, {"Every Day Counts", "Counting Attendance"}),
        ({"level": "local"}, {"Every Day Counts"}),
        ({"source": "field"}, {"Counting Attendance"}),
        ({"language": "es"}, {"Counting Attendance"}),
        ({"from": "2000"}, {"Every Day Counts"}),
        ({"from": "1990", "to": "2000"}, {"Counting Attendance"}),
        ({"from": "2000", "to": "1990"}, {"Counting Attendance"}),
    ],
)
def test_each_filter_narrows_and_can_be_taken_off_again(client, content, chosen, found):
    response = client.get(SEARCH, {"q": "attendance"} | chosen)
    assert set(titles(response)) == found
    for condition in response.context["form"].conditions:
        assert condition.text in said(response)
        wider = client.get(f"{SEARCH}{condition.url}").context["form"].conditions
        left = [other.text for other in response.context["form"].conditions if other != condition]
        assert [other.text for other in wider] == left


def test_the_form_of_the_filters_keeps_the_words_and_what_is_chosen(client, content):
    page = client.get(SEARCH, {"q": "attendance", "topic": "evaluation", "order": "title"}).content.decode()
    form = page.partition('id="filters"')[2].partition("</form>")[0]
    assert '<input type="hidden" name="q" value="attendance">' in form
    assert '<input type="hidden" name="order" value="title">' in form
    assert 'value="evaluation" id="topic-evaluation" checked' in form
    assert "Apply filters" in form


def test_a_renamed_topic_is_found_by_its_old_address(client, content):
    from vocabulary.models import Topic

    evaluation = Topic.objects.get(slug="evaluation")
    evaluation.slug, evaluation.label = "studies", "Studies of effects"
    evaluation.save()
    assert titles(client.get(SEARCH, {"topic": "evaluation"})) == ["Every Day Counts"]
    assert titles(client.get(SEARCH, {"q": "effects"})) == ["Every Day Counts"]
    assert "Topic: Studies of effects" in said(client.get(SEARCH, {"topic": "evaluation"}))


def test_a_topic_that_is_named_by_its_old_and_its_new_address_is_one_condition(client, content):
    from vocabulary.models import Topic

    evaluation = Topic.objects.get(slug="evaluation")
    evaluation.slug = "studies"
    evaluation.save()
    form = client.get(SEARCH, {"topic": ["studies", "evaluation"]}).context["form"]
    assert form.chosen == {"topic": [str(evaluation.pk)]}
    [condition] = form.conditions
    assert not client.get(f"{SEARCH}{condition.url}").context["form"].conditions


def test_wrong_values_are_left_out_and_said(client, content):
    wrong = {"q": "attendance", "topic": "nothing", "from": "soon", "order": "size", "size": "7", "page": "0"}
    response = client.get(SEARCH, wrong)
    assert response.status_code == 200
    assert len(titles(response)) == 3
    page = response.content.decode()
    for words in ("left out: Topic", "first year was not", "order is not known", "10, 20 or 50", "page number was not"):
        assert words in page


def test_where_nothing_is_found_a_reader_is_told_what_to_take_off(client, content):
    response = client.get(SEARCH, {"q": "pupils", "topic": "evaluation"})
    assert titles(response) == []
    page = response.content.decode()
    assert "remove “Topic: Evaluation” and see 1 result" in page
    several = {"q": "pupils", "topic": ["evaluation", "attendance"], "from": "2015", "to": "1990"}
    results = client.get(SEARCH, several).context["results"]
    assert results.without == []  # the topics keep the page away, and so do the years
    results = client.get(SEARCH, {"q": "pupils", "topic": ["evaluation", "attendance"]}).context["results"]
    ((condition, number),) = results.without
    assert (condition.text, number) == ("Topic: Evaluation, Topic: Attendance", 1)
    assert titles(client.get(f"{SEARCH}{condition.url}")) == ["Attendance"]
    assert '<a href="/contact/">ask us</a>' in page


def test_under_es_the_same_is_found_with_spanish_words_around(client, content):
    response = client.get("/es/search/", {"q": "attendance", "topic": "evaluation"})
    assert titles(response) == ["Every Day Counts"]
    page = response.content.decode()
    assert 'href="/es/resources/publications/every-day-counts/"' in page
    assert "Tema: Evaluación" in page
