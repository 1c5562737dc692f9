"""Whatever somebody types is answered."""

import os

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from search.engine import Query, Sort, search
from search.engine.parsing import MOST_WORDS, parse

DEEP = os.environ.get("TESTS") == "deep"

odd_parts = st.sampled_from(
    ['"', "-", "OR", "title:", "author:", "nurse", "escuela", "educación", "\\", "'", ":*", "((", "!", "&", "|", "<->",
     "\0", "%", "%s", "{}", "😀", "שלום", "مرحبا", "½", "²", "ﬁ", "'; DROP TABLE search_item; --", "\u202e", "١٢",
     "1e5", "a.b@c.de", "http://x.org/a?b=c", "<b>", "\ud800", " "]
)  # fmt: skip
texts = st.one_of(st.text(max_size=60), st.lists(odd_parts, max_size=8).map("".join), st.lists(odd_parts).map(" ".join))


@pytest.fixture
def few(add, count_words):
    add("Nurses", "A nurse at school: ½ of a fish", authors=["Dryfoos, Joy G."])
    add("Educación", "La escuela de los niños", language="es")
    count_words()


@settings(max_examples=1500 if DEEP else 60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=texts, language=st.sampled_from(["en", "es", "xx", ""]), sort=st.sampled_from(Sort))
@example(text="\0", language="en", sort=Sort.RELEVANCE)
@example(text='"nurse" OR title:"nurse" -"a nurse"', language="en", sort=Sort.RELEVANCE)
@example(text="½ nurse -½", language="en", sort=Sort.NEWEST)
def test_any_text_is_answered(few, text, language, sort):
    answer = search(Query(text, language=language, sort=sort))
    assert len(answer.hits) == min(answer.total, 10)
    assert answer.total_with_all_words <= answer.total


@pytest.mark.parametrize(
    "text", ["nurse " * 20_000, "x" * 100_000, '"' * 100_000, "-a " * 30_000, "educacion " * 9_000]
)
def test_a_text_of_a_hundred_thousand_characters_is_cut_and_answered(few, text):
    search(Query(text))
    assert len(parse(text).words()) <= MOST_WORDS


@pytest.mark.parametrize("title", ["\0", "", "<b>", "x" * 3000, "\ufffe \x02", "½²³", "a'b\\c", "😀", "word " * 5000])
def test_any_title_can_be_indexed_and_searched(add, count_words, title):
    add(title, body=title, summary=title, authors=[title], facets={"topic": [title.replace("\0", "")]})
    count_words()
    search(Query(title))
    assert search(Query()).total == 1
