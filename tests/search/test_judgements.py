"""Real questions of our visitors against the starting content: see judgements.toml."""

import tomllib
from pathlib import Path

import pytest
from django.utils.translation import override

from coalition_site.content_loader import load_starting_content
from search import statistics
from search.engine import Query, search
from search.results import with_items

JUDGED = tomllib.loads(Path(__file__).with_name("judgements.toml").read_text())["judged"]
AMONG_THE_FIRST = 3


@pytest.fixture(scope="module")
def starting_content(django_db_setup, django_db_blocker):
    """The site as it opens, for all questions: loaded once, and rolled back after the last of them."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        load_starting_content()
        statistics.refresh()
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("judged", JUDGED, ids=[judged["query"] for judged in JUDGED])
def test_a_question_finds_what_answers_it_among_the_first_three(starting_content, django_db_blocker, judged):
    language = judged.get("language", "en")
    with django_db_blocker.unblock(), override(language):
        hits = with_items(search(Query(judged["query"], language=language, size=AMONG_THE_FIRST)).hits)
        found = [hit.item.get_absolute_url() for hit in hits]
    assert set(judged["found"]) & set(found), found
