"""Texts in several languages name one original, so that each of them finds all others."""

import threading
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError

from publishing.publish import publish
from publishing.readiness import check
from tests.drafts import save_draft
from tests.threads import in_threads

pytestmark = pytest.mark.django_db


@pytest.fixture
def original(make_page):
    return make_page("Partners")


@pytest.fixture
def translation(make_page, original):
    return make_page("Socios", language="es", translation_of=original)


def test_a_translation_of_a_translation_is_refused(make_page, translation):
    with pytest.raises(ValidationError, match="“Socios” is a translation itself"):
        make_page("Partners again", translation_of=translation)


def test_two_texts_do_not_translate_each_other(original, translation):
    original.translation_of = translation
    with pytest.raises(ValidationError, match="is a translation itself"):
        original.full_clean()


def test_a_text_with_translations_is_no_translation(make_page, original, translation):
    original.translation_of = make_page("Otra página", language="es")
    with pytest.raises(ValidationError, match="“Socios” is a translation of this text"):
        original.full_clean()


def test_a_text_does_not_change_into_the_language_of_its_translation(original, translation):
    original.language = "es"
    with pytest.raises(ValidationError, match="“Socios” translates this text"):
        original.full_clean()


def test_each_says_where_the_other_stands(client, original, translation):
    for page, other in ((original, translation), (translation, original)):
        html = client.get(page.get_absolute_url()).content.decode()
        assert f'hreflang="{other.language}" href="https://www.example.org{other.get_absolute_url()}"' in html


@pytest.mark.django_db(transaction=True)
def test_of_two_texts_published_as_translations_of_each_other_at_one_moment_one_is_refused(make_page, monkeypatch):
    pages = [make_page("Partners"), make_page("Socios", language="es")]
    revisions = [
        save_draft(page, translation_of_id=other.pk) for page, other in zip(pages, reversed(pages), strict=True)
    ]
    both_judged = threading.Barrier(2)

    def judge(*args, **kwargs):
        check(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):  # the other one waits to be judged, as it should
            both_judged.wait(1)

    monkeypatch.setattr("publishing.publish.check", judge)
    results = in_threads(2, lambda number: publish(revisions[number]))
    assert sorted(type(result).__name__ for result in results) == ["NotReady", "Page"], results
