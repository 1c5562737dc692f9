"""A year among the words: it finds the texts of that year, and cites a work together with its author or title."""

import pytest

from search import statistics
from search.documents import SearchPage
from search.engine import candidates
from tests.library import person, publish_work

PAGES_ABOUT = [SearchPage(1, "Blank, blank, blank: 2010, 2010, 2010, attendance")]


def test_a_year_alone_finds_the_texts_of_that_year_before_those_that_name_it(add, titles):
    add("Every Student Succeeds", "2015, 2015 and 2015", year=2019)
    add("Plans for 2015", "What comes in 2015", year=2012)
    add("Community Schools", "A text of its year, with many other words that make it long", year=2015)
    assert titles("2015")[0] == "Community Schools"
    assert set(titles("2015")) == {"Every Student Succeeds", "Plans for 2015", "Community Schools"}
    assert titles("1915") == []


@pytest.mark.parametrize("typed", ["Blank 2010", "blank (2010)", "Blank, M. J. 2010", "author:blank 2010"])
def test_author_and_year_cite_a_work_before_pages_that_name_both(add, titles, typed):
    add("A handbook", pages=PAGES_ABOUT, authors=["Blank, Martin J."])
    add("Financing", "Where the money comes from", authors=["Blank, Martin J."], year=2010)
    add("Making the Difference", "Research", authors=["Blank, Martin J."], year=2003)
    add("Coordinators", "Who they are", authors=["Dryfoos, Joy G."], year=2010)
    assert titles(typed)[0] == "Financing"


def test_a_year_lifts_no_text_above_what_answers_the_other_words(add, titles):
    add("Chronic absence", "Why pupils stay away: attendance, attendance, attendance", year=2012)
    add("Attendance", "A guide", year=2010)
    for number in range(5):
        add(f"Sports {number}", "Gyms and teams", year=2015)
    assert titles("attendance 2015")[:2] == ["Attendance", "Chronic absence"]


def test_the_texts_of_a_year_are_scored_where_very_many_name_it(add, count_words, titles, monkeypatch):
    monkeypatch.setattr(candidates, "MOST_ITEMS", 2)
    add("Old", "A report", year=2001, days=-100)
    for number in range(4):
        add(f"Act {number}", "No Child Left Behind of 2001, 2001")
    count_words()
    assert titles("2001")[0] == "Old"


def test_a_work_is_found_by_author_and_year(db, titles):
    publish_work("Financing Community Schools", issued_year=2010, authors=[person("Blank", "Martin J.")])
    publish_work("Making the Difference", issued_year=2003, authors=[person("Blank", "Martin J.")])
    statistics.refresh()
    assert titles("Blank 2010")[0] == "Financing Community Schools"
    assert titles("2003") == ["Making the Difference"]
