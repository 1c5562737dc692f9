"""How titles are sorted, in their own language."""

import pytest

from publishing.sorting import sorting_title


@pytest.mark.parametrize(
    ("title", "language", "sorted_as"),
    [
        ("The Report", "en", "report"),
        ("An Évaluation: Part 2", "en", "evaluation part 2"),
        ("Los Angeles Schools", "en", "los angeles schools"),
        ("El Paso and Its Schools", "en", "el paso and its schools"),
        ("LA’s BEST: A Study", "en", "las best a study"),
        ("Children's Aid", "en", "childrens aid"),
        ("La escuela comunitaria", "es", "escuela comunitaria"),
        ("A tiempo", "es", "a tiempo"),
        ("The", "en", "the"),
        ("La vie scolaire", "fr", "la vie scolaire"),
        ("", "en", ""),
    ],
)
def test_only_articles_of_its_own_language_are_left_out_of_a_title(title, language, sorted_as):
    assert sorting_title(title, language) == sorted_as
