"""The blog and the questions as they stand on the first day, and the work of editors that a later load leaves alone."""

import shutil

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from blog.models import Entry
from coalition_site.articles_loader import NEEDS_A_READER, load_articles
from coalition_site.content_loader import FOLDER
from coalition_site.library_loader import load_library
from coalition_site.loading import Loader
from faq.models import Question
from publishing.models import Activity, Revision
from publishing.publish import ensured_revision, publish
from publishing.revisions import add_revision
from search.related import related_to
from tests.coalition_site.starting import change
from tests.loaded import load_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def articles(kept_for_the_module):
    load_once()


def load(folder):
    with transaction.atomic():
        loader = Loader()
        load_library(loader, folder)
        load_articles(loader, folder)
    return loader.number_written


@pytest.fixture
def folder(tmp_path, articles):
    return shutil.copytree(FOLDER, tmp_path / "starting_content")


def test_nineteen_questions_are_answered_and_ten_of_them_in_spanish(articles):
    questions = Question.objects.public()
    assert [questions.in_language(language).count() for language in ("en", "es")] == [19, 10]
    assert not questions.filter(group=None).exists()
    assert not questions.in_language("es").filter(translation_of=None).exists()


def test_each_question_names_a_work_to_read(articles):
    for question in Question.objects.public().in_language("en"):
        assert any("/resources/publications/" in one.url for one in related_to(question.relations.all())), question


def test_spanish_answers_wait_for_a_native_reader_which_only_the_staff_see(articles, client):
    for question in Question.objects.in_language("es"):
        assert Activity.objects.filter(object_id=question.pk, text=NEEDS_A_READER).exists()
        assert NEEDS_A_READER not in client.get(question.get_absolute_url()).content.decode()


def test_no_article_claims_a_review_that_nobody_did(articles):
    assert not Question.objects.exclude(reviewed_on=None).exists()
    assert not Entry.objects.exclude(reviewed_on=None).exists()


def test_entries_are_by_the_coalition_and_no_account(articles):
    assert {entry.writers_in_words for entry in Entry.objects.public()} == {"Coalition for Community Schools"}


def test_a_series_comes_in_the_order_of_its_parts_a_day_each(articles):
    parts = Entry.objects.filter(series__slug="core-values")
    days = [entry.dated_on for entry in parts.in_series_order()]
    assert days == sorted(set(days))
    assert list(parts.order_by("published_at", "pk")) == list(parts.in_series_order())


def test_a_changed_file_is_written_again_unless_an_editor_was_there(folder):
    question = Question.objects.get(slug="how-many")
    entry = Entry.objects.get(slug="partners-first")
    newest = ensured_revision(entry)
    words = newest.data["item"] | {"title": "An editor’s words"}
    publish(add_revision(Entry, entry.pk, {**newest.data, "item": words}, base=newest), check_links=False)
    change(folder, "faq/en/how-many.toml", "position = ", "position = 1")
    change(folder, "blog/entries/partners-first.toml", "Partners first", "Partners last")
    assert load(folder) == 1
    assert Question.objects.get(pk=question.pk).position > 100
    assert Entry.objects.get(pk=entry.pk).title == "An editor’s words"
    assert load(folder) == 0


def test_a_term_that_nobody_knows_stops_the_load_with_the_name_of_the_file(folder):
    change(folder, "blog/entries/partners-first.toml", "topics = [", 'topics = ["unheard-of", ')
    revisions = Revision.objects.count()
    with pytest.raises(ValidationError, match="unheard-of") as refused:
        load(folder)
    assert "partners-first.toml" in str(refused.value.__notes__)
    assert Revision.objects.count() == revisions
