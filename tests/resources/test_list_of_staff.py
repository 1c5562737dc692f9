"""The list of publications in the admin: by what a work is found there."""

import pytest

from tests.library import draft_work, organization, person, publish_work


@pytest.fixture
def found(staff_client, db):
    """A function that gives the titles found by some words: found("blank martin")."""
    publish_work(
        "Making the Difference",
        authors=[person("Blank", "Martin J.")],
        publishers=[organization("Institute for Educational Leadership")],
        identifiers=[("isbn", "0-937846-11-2")],
    )
    draft_work("Gardens of schools", work=publish_work("Another work"))

    def titles(words):
        rows = staff_client.get("/admin/resources/publication/", {"q": words}).context["cl"].result_list
        return [str(work.newest_title or work) for work in rows]

    return titles


@pytest.mark.parametrize(
    "words",
    ["difference", "blank", "Martin Blank", "educational leadership", "0-937846-11-2", "ISBN 0937846112", "making the"],
)
def test_a_work_is_found_by_its_title_its_makers_and_its_numbers(found, words):
    assert found(words) == ["Making the Difference"]


def test_a_work_is_found_by_the_title_of_its_draft_and_by_no_word_that_it_has_not(found):
    assert found("gardens") == ["Gardens of schools"]
    assert found("blank gardens") == found("ISBN 0-937846-11-3") == []
