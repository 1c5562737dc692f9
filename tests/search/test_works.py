"""Works in the index: publishing writes them from what it has in memory."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from taggit.models import Tag

from publishing import many_to_many
from publishing.publish import publish
from resources import file_store
from resources.kinds import Scheme
from resources.models import Publication
from resources.tasks import read_file
from search import registry
from search.engine import Query, search
from search.models import Item, PageText
from tests.library import draft_work, organization, person, publish_work, topic
from tests.resources.pdfs import pdf
from tests.rows import index_rows


def take(*pages):
    return file_store.take(SimpleUploadedFile("report.pdf", pdf(pages)))


@pytest.fixture
def waiting_file(db, settings):
    """A file that waits for the worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return take("Attendance grew in the first year.")


@pytest.fixture
def facts(db):
    """What the draft of a work leads to, of each kind."""
    Tag.objects.create(name="MATH")  # a draft may write it in other letters
    return {
        "tags": ["math", "After school"],
        "topics": [topic("Attendance"), topic("Absence", label_es="Ausencia")],
        "authors": [person("Dryfoos", "Joy G."), organization("Beacon Institute")],
        "publishers": [organization("Coalition", is_ours=True)],
        "identifiers": [(Scheme.ERIC, "ED477535"), (Scheme.ISBN, "0-937846-11-2")],
    }


def test_a_rebuild_gives_the_very_rows_that_publishing_wrote(facts):
    publish_work(files=[take("A page about nurses.")], **facts)
    published = index_rows()
    assert all(published)
    call_command("rebuild_search", stdout=StringIO())
    assert index_rows() == published


def test_the_search_asks_two_statements_of_whoever_publishes(facts, monkeypatch):
    del facts["identifiers"]  # each draft here has rows of its own, and an identifier stands once
    publish_work(**facts)
    known = Publication.objects.get()
    asked = {}
    for with_search in (True, False):
        if not with_search:
            monkeypatch.setattr(registry, "_document_functions", {})
        revision = draft_work(f"Searched: {with_search}", work=known, **facts)
        with CaptureQueriesContext(connection) as queries:
            publish(revision)
        asked[with_search] = len(queries)
    assert asked[True] - asked[False] == 2
    assert Item.objects.get().title == "Searched: True"


def test_a_term_that_was_deleted_after_the_draft_is_left_out(facts):
    revision = draft_work(**facts)
    facts["topics"][0].delete()
    work = publish(revision)
    assert [one.label for one in Publication.objects.get().topics.all()] == ["Absence"]
    assert work.topics.count() == 1
    assert f"topic:{facts['topics'][1].pk}" in Item.objects.get().facets


def test_a_file_that_is_read_before_its_work_appears_is_found_with_it(waiting_file):
    tomorrow = timezone.now() + timedelta(days=1)
    publish(draft_work(files=[waiting_file]), at=tomorrow)
    read_file.func(waiting_file.pk)
    assert PageText.objects.get().text == "Attendance grew in the first year."


def test_a_file_that_is_read_while_its_work_is_published_is_found(waiting_file, monkeypatch):
    revision = draft_work(files=[waiting_file])
    write = many_to_many.write

    def read_and_write(items):
        read_file.func(waiting_file.pk)
        write(items)

    monkeypatch.setattr(many_to_many, "write", read_and_write)
    publish(revision)
    assert PageText.objects.get().text == "Attendance grew in the first year."


def found(typed):
    return [hit.title for hit in search(Query(typed)).hits]


@pytest.mark.parametrize("role", ["authors", "publishers"])
def test_a_work_is_found_by_every_name_of_who_made_it(db, role):
    institute = organization("Learning Policy Institute", abbreviation="LPI", label_es="Instituto de Políticas")
    publish_work("Evidence", **{role: [institute, person("Frankl", "Evie", other_names="Evangeline Frankl")]})
    assert found("LPI") == found("políticas") == found("Evangeline") == ["Evidence"]
    institute.abbreviation, institute.other_names = "", "Learning Lab"
    institute.save()
    assert found("LPI") == []
    assert found('"learning lab"') == ["Evidence"]
    institute.other_names = ""
    institute.save()
    assert found('"learning lab"') == []


@pytest.mark.parametrize(
    "typed",
    [
        "ISBN: 0 937846 11 2",
        "0 937846 11 2",
        "ISBN0937846112",
        "978 0 937846 11 7",
        "please find 0-937846-11-2",
        "ISBN-13: 978 0 937846 11 7, cited",
    ],
)
def test_a_work_is_found_by_its_isbn_in_any_form(db, typed):
    publish_work("Making the Difference", identifiers=[(Scheme.ISBN, "0-937846-11-2")])
    publish_work("ISBN 0 937846 11 3", summary="Cited, please: 978 0 937846 11 0, ISBN")
    assert found(typed)[0] == "Making the Difference"
