"""Under which letter a work stands."""

from importlib import import_module

import pytest
from django.apps import apps

from resources.models import Publication
from tests.library import publish_work

LETTERS = "/resources/publications/a-z/"


@pytest.mark.parametrize(
    ("title", "language", "letter"),
    [("Los Angeles Schools", "en", "l"), ("El Paso", "", "e"), ("Los maestros", "es", "m"), ("LA's BEST", "en", "l")],
)
def test_a_work_stands_under_the_letter_of_its_name(client, db, title, language, letter):
    publish_work(title, work_language=language, slug="a-work")
    assert "a-work/" in client.get(f"{LETTERS}{letter}/").content.decode()


def test_titles_that_were_sorted_before_are_sorted_anew(db):
    expected = {}
    for title, language in (("Los Angeles Schools", "en"), ("Los maestros", "es"), ("The LA’s BEST Way", "")):
        work = publish_work(title, work_language=language)
        expected[work.pk] = work.sort_title
    changed = set(Publication.objects.values_list("updated_at", flat=True))
    Publication.objects.update(sort_title="as before")
    import_module("resources.migrations.0008_titles_sorted_by_language").sort_anew(apps, None)
    assert dict(Publication.objects.values_list("pk", "sort_title")) == expected
    assert set(Publication.objects.values_list("updated_at", flat=True)) == changed
