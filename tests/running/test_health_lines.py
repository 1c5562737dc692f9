"""What the health page of the staff says of the machine, in each good and each bad state."""

from datetime import timedelta

import pytest
from django.utils import timezone

from coalition_site.health_lines import lines_of
from coalition_site.readiness import Readiness
from publishing import health

GIB = 1024**3
WELL = {"database": True, "room": 5 * GIB}


def told(waited=None, **facts):
    if waited:
        facts["waiting_since"] = timezone.now() - waited
    return {str(line.name): line for line in lines_of(Readiness(**WELL | facts))}


def test_when_all_is_well_every_line_is_good():
    lines = told(waited=timedelta(minutes=3))
    assert list(lines) == ["The database", "Tables of the database", "Tasks that wait", "Room for files"]
    assert all(line.is_good and not line.advice for line in lines.values())
    assert lines["Room for files"].sentence == "5.0\xa0GB are free."
    assert "3\xa0minutes" in lines["Tasks that wait"].sentence
    assert told()["Tasks that wait"].sentence == "None waits."


@pytest.mark.parametrize(
    ("facts", "name", "words"),
    [
        ({"database": False}, "The database", "It did not answer"),
        ({"missing_migrations": ("pages.0009_new",)}, "Tables of the database", "pages.0009_new"),
        ({"waited": timedelta(hours=2)}, "Tasks that wait", "2\xa0hours, which is too long."),
        ({"room": 1024**2}, "Room for files", "Only 1.0\xa0MB are free."),
        ({"room": None}, "Room for files", "did not answer"),
    ],
)
def test_what_is_not_well_is_told_with_what_to_do(facts, name, words):
    line = told(**facts)[name]
    assert not line.is_good
    assert words in line.sentence
    assert line.advice


def test_the_health_page_of_the_staff_shows_them(editor):
    names = {str(line.name) for line in health.lines_for(editor)}
    assert {"The database", "Tables of the database", "Tasks that wait", "Room for files", "The worker"} <= names
