"""Real questions of our visitors against the starting content: see judgements.toml."""

import tomllib
from pathlib import Path

import pytest
from django.utils.translation import override

from search import statistics
from search.engine import Query, search
from search.results import with_items
from tests.loaded import load_once

JUDGED = tomllib.loads(Path(__file__).with_name("judgements.toml").read_text())["judged"]
AMONG_THE_FIRST = 3


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def starting_content(kept_for_the_module, django_db_blocker):
    """The site as it opens, loaded once for all questions."""
    with django_db_blocker.unblock():
        load_once()
        statistics.refresh()


def judged_by(name):
    """Runs a test for each question of which something of that name is judged."""
    chosen = [judged for judged in JUDGED if name in judged]
    return pytest.mark.parametrize("judged", chosen, ids=[judged["query"] for judged in chosen])


def found_by(judged):
    """The addresses of the first three results of a question."""
    language = judged.get("language", "en")
    with override(language):
        hits = with_items(search(Query(judged["query"], language=language, size=AMONG_THE_FIRST)).hits)
        return [hit.item.get_absolute_url() for hit in hits]


@judged_by("found")
def test_a_question_finds_what_answers_it_among_the_first_three(starting_content, judged):
    found = found_by(judged)
    assert set(judged["found"]) & set(found), found


@judged_by("first")
def test_what_answers_best_in_the_language_of_the_page_stands_first(starting_content, judged):
    assert found_by(judged)[:1] == [judged["first"]]
