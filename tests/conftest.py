"""Fixtures for all tests: a client that judges every page it gets, accounts, smallest valid objects."""

import pytest
from django.utils import timezone

from tests.pages_as_sent import StrictClient


@pytest.fixture
def client():
    """Django's client, which fails on inline handlers, styles and scripts and on stray template marks."""
    return StrictClient()


@pytest.fixture
def make_page(db):
    """A function that saves the smallest valid public page: make_page("About us", parent=…)."""
    from django.utils.text import slugify

    from pages.models import Page

    def make(title="Partners", **values):
        defaults = {
            "slug": slugify(title),
            "summary": f"What {title} is about.",
            "published_at": timezone.now(),
        }
        page = Page(title=title, **(defaults | values))
        page.full_clean()
        page.save()
        return page

    return make


@pytest.fixture
def home(make_page):
    return make_page("Coalition for Community Schools", slug="home")


@pytest.fixture
def editor(db, django_user_model):
    return django_user_model.objects.create_superuser("editor", password="a password for tests")


@pytest.fixture
def staff_client(editor):
    client = StrictClient()
    client.force_login(editor)
    return client
