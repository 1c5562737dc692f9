"""Counts over everything that was found, and filters as conditions."""

import pytest

from search.engine import Query, Sort, search


@pytest.fixture
def some(add):
    add("One", "nurse", kind="page", year=2001, facets={"topic": ["health", "families"]})
    add("Two", "nurse", kind="page", year=2005, facets={"topic": ["health"]})
    add("Three", "nurse", kind="publication", year=2009, language="es", facets={"topic": ["families"]})
    add("Four", "gym", kind="publication", facets={"topic": ["health"]})


def counts(answer, facet):
    return {one.value: one.count for one in answer.facets.get(facet, [])}


def test_values_are_counted_over_all_matches_the_most_common_first(some):
    answer = search(Query("nurse", size=1))
    assert counts(answer, "topic") == {"families": 2, "health": 2}
    assert counts(answer, "content") == {"page": 2, "publication": 1}
    assert counts(answer, "language") == {"en": 2, "es": 1}
    assert [one.value for one in answer.facets["content"]] == ["page", "publication"]
    assert answer.total == 3


def test_several_values_of_one_facet_widen_and_of_two_facets_narrow(some, titles):
    assert set(titles("nurse", filters={"topic": ["health", "families"]})) == {"One", "Two", "Three"}
    assert set(titles("nurse", filters={"topic": ["families"], "content": ["page"]})) == {"One"}


def test_a_facet_counts_as_if_nothing_of_itself_were_chosen(some):
    answer = search(Query("nurse", filters={"content": ["page"]}))
    assert answer.total == 2
    assert counts(answer, "content") == {"page": 2, "publication": 1}
    assert counts(answer, "topic") == {"health": 2, "families": 1}


def test_years_are_inclusive_and_leave_out_what_has_none(some, titles):
    assert set(titles("nurse", year_from=2005)) == {"Two", "Three"}
    assert set(titles("nurse gym", year_from=2001, year_to=2005)) == {"One", "Two"}
    assert search(Query("nurse", year_to=2005)).total == 2


def test_each_hit_and_each_count_agree(some):
    for filters in ({}, {"topic": ["health"]}, {"topic": ["families"], "language": ["en"]}, {"topic": ["none"]}):
        answer = search(Query("nurse gym", filters=filters))
        assert answer.total == len(answer.hits) == answer.reachable


def test_unknown_facets_and_odd_values_find_nothing_and_hurt_nothing(some):
    for filters in ({"none": ["x"]}, {"topic": ["';--", "a:b", "\\"]}, {"": [""]}, {"topic": []}):
        search(Query("nurse", filters=filters))
    assert search(Query("nurse", filters={"none": ["x"]})).total == 0
    assert search(Query("nurse", filters={"topic": []})).total == 3


def test_very_many_matches_are_all_counted_and_filters_see_all_of_them(add, monkeypatch):
    """With a cap on what is scored, so small that it binds."""
    from search.engine import candidates

    monkeypatch.setattr(candidates, "MOST_ITEMS", 5)
    monkeypatch.setattr(candidates, "ENOUGH", 1)
    for number in range(20):
        add(f"Nurse {number}", "dentist" if number < 3 else "", facets={"topic": ["rare" if number == 19 else "all"]})
    answer = search(Query("nurse dentist"))
    assert (answer.total, answer.reachable, answer.total_with_all_words) == (20, 3, 3)
    assert [hit.title for hit in search(Query("nurse dentist", filters={"topic": ["rare"]})).hits] == ["Nurse 19"]
    assert search(Query("nurse dentist", filters={"topic": ["all"]})).total == 19


@pytest.mark.parametrize("word", ["community", "communities", "nurse"])
def test_of_very_many_with_a_word_those_with_it_in_the_title_are_found_however_old(add, count_words, monkeypatch, word):
    from search.engine import candidates

    monkeypatch.setattr(candidates, "MOST_ITEMS", 5)
    add(f"What a {word} needs", days=-1000)
    for number in range(20):
        add(f"Text {number}", word)
    count_words()
    assert search(Query(word)).hits[0].title == f"What a {word} needs"


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.TITLE, Sort.PUBLISHED])
def test_in_other_orders_the_first_of_very_many_can_be_paged_to(add, monkeypatch, sort):
    from search.engine import ranking

    for number in range(5):
        add(f"Nurse {number}")
    whole = search(Query("nurse", sort=sort)).hits
    monkeypatch.setattr(ranking, "MOST_REACHED", 4)
    answer = search(Query("nurse", sort=sort, size=2, page=2))
    assert (answer.total, answer.reachable) == (5, 4)
    assert [hit.id for hit in answer.hits] == [hit.id for hit in whole[2:4]]
    assert search(Query("nurse", sort=sort, size=2, page=3)).hits == []


def test_what_the_page_itself_sets_is_all_that_is_counted(add):
    add("Nurse", facets={"topic": ["health"], "content": ["page"]})
    add("Nurses", facets={"topic": ["health"], "content": ["publication"]})
    add("Teacher", facets={"topic": ["reading"], "content": ["publication"]})
    for text in ("", "nurse teacher"):
        answer = search(Query(text, within={"content": ["publication"]}, filters={"topic": ["health"]}))
        assert ([hit.title for hit in answer.hits], answer.total) == (["Nurses"], 1)
        assert answer.kept_away == {"topic": 1}
        assert {one.value: one.count for one in answer.facets["content"]} == {"publication": 1}
        assert {one.value: one.count for one in answer.facets["topic"]} == {"health": 1, "reading": 1}
