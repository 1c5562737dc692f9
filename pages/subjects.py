from django.conf import settings
from django.utils.translation import get_language_from_path

from feedback.subjects import Subject
from pages.models import Page


def subject_at(path):
    """The public page that readers find at a path; where it is not translated, the English one that is offered."""
    language = get_language_from_path(path) or settings.LANGUAGE_CODE
    place = path if language == settings.LANGUAGE_CODE else path.removeprefix(f"/{language}")
    pages = Page.objects.public().filter(path=place, language__in={language, settings.LANGUAGE_CODE})
    page = min(pages, key=lambda page: page.language != language, default=None)
    return page and Subject.of(page)
