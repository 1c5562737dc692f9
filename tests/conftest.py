"""Fixtures for all tests: a client that judges every page it gets, accounts, smallest valid objects."""

import pytest
from django.db import transaction
from django.template.base import Template
from django.test import TransactionTestCase
from django.utils import timezone

from tests.pages_as_sent import StrictClient
from tests.rows import put_back, rows_of_all_tables

pytest_plugins = ["tests.processes"]


@pytest.fixture
def client():
    """Django's client, which fails on inline handlers, styles and scripts and on stray template marks."""
    return StrictClient()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After a test with real transactions the tables hold again what the migrations wrote, and nothing else.

    Django would empty them all and write the permissions anew, which takes sixty times as long and loses the groups.
    Words are counted when a test asks for it: as if the worker were about to, which spares it after each publish.
    Where it is asked to, it does not rest: tasks are done at once here.
    """
    from search import tasks
    from search.models import Statistics

    with django_db_blocker.unblock():
        Statistics.objects.update_or_create(defaults={"is_due": True})
        rows = rows_of_all_tables()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: put_back(rows))
        patch.setattr(tasks, "REST", 0)
        yield


@pytest.fixture(scope="session", autouse=True)
def _fields_of_forms_are_not_noted(django_test_environment):
    """Django's test client keeps a copy of the context of every template that is rendered. A form of the admin has
    hundreds of fields, each of a template or three, and no test asks for the contexts of those.
    """
    noted = Template._render

    def render(template, context):
        if (template.name or "").startswith("django/forms/"):
            return template.nodelist.render(context)
        return noted(template, context)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Template, "_render", render)
        yield


@pytest.fixture(scope="module")
def kept_for_the_module(django_db_setup, django_db_blocker):
    """What other fixtures of a module write is there for all its tests, and taken back after the last.

    What one of its tests writes is taken back before the next, as everywhere.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _no_source_is_known():
    """No test is refused because others have sent forms before it in this process."""
    from feedback import views

    for limit in (views.messages_of_one_source, views.votes_of_one_source, views.one_vote_a_page):
        limit.forget()


@pytest.fixture
def make_page(db):
    """A function that saves the smallest valid public page: make_page("About us", parent=…)."""
    return save_page


def save_page(title="Partners", **values):
    from django.utils.text import slugify

    from pages.models import Page
    from publishing import hooks

    defaults = {
        "slug": slugify(title),
        "summary": f"What {title} is about.",
        "published_at": timezone.now(),
    }
    page = Page(title=title, **(defaults | values))
    page.full_clean()
    page.save()
    hooks.run(page)
    return page


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


@pytest.fixture
def make_picture(db):
    """A function that stores a small picture of its own: make_picture("A garden")."""
    return save_picture


def save_picture(title="A school garden", color=(20, 80, 40), size=(60, 40)):
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    from publishing.models import Picture

    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, "PNG")
    picture = Picture(title=title, image=SimpleUploadedFile("garden.png", file.getvalue()))
    picture.full_clean()
    picture.save()
    return picture


@pytest.fixture
def add_blocks(db):
    """A function that gives a page blocks of all four kinds: add_blocks(page, times=3, words="…")."""
    return fill_with_blocks


def fill_with_blocks(page, times=1, words="Words", tint=40, region=None):
    """Heading, text, picture and statement, `times` over; a page with three headings has a list of contents."""
    from pages.models import Heading, PictureBlock, RichText, Statement

    region = region or ("opening" if page.is_home else "main")
    for number in range(times):
        place = {"parent": page, "region": region}
        picture = save_picture(f"{words} {number}", color=(number % 256, 80, tint))
        Heading.objects.create(text=f"{words} of part {number}", ordering=number * 10, **place)
        RichText.objects.create(text=f"<p>{words} in a <strong>text</strong>.</p>", ordering=number * 10 + 1, **place)
        PictureBlock.objects.create(picture=picture, alt_text=f"{words} seen", ordering=number * 10 + 2, **place)
        Statement.objects.create(heading=f"{words} stated", text=words, ordering=number * 10 + 3, **place)


@pytest.fixture
def clock(monkeypatch):
    """A function that sets the moment that is now."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


@pytest.fixture
def sign_in(db, django_user_model):
    """A function that gives a browser in which a member of a group is signed in, with the account at `.user`.

    Without a group it is somebody of the staff who may do nothing.
    """
    from django.contrib.auth.models import Group

    def make(group=None, name=None):
        name = name or (group or "staff").lower()
        user = django_user_model.objects.create_user(name, f"{name}@example.org", "x", is_staff=True)
        if group:
            user.groups.add(Group.objects.get(name=group))
        client = StrictClient()
        client.force_login(user)
        client.user = user
        return client

    return make
