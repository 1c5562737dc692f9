"""Texts in several languages name one original, so that each of them finds all others."""

import pytest
from django.core.exceptions import ValidationError

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
