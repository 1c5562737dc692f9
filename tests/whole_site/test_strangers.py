"""The staff's pages are closed to everybody else: every address that the admin's registry makes, by any method."""

import uuid
from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.urls.converters import PathConverter, SlugConverter, StringConverter, UUIDConverter
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from tests.whole_site.addresses import patterns

OPEN = {"admin:login"}  # how else would one come in: it leads to /accounts/login/
SOME = {UUIDConverter: uuid.UUID(int=1), SlugConverter: "some", StringConverter: "some", PathConverter: "some"}
ACTIONS = ("changelist", "add", "change", "delete", "history")


@pytest.fixture
def objects(make_page, make_picture, django_user_model):
    """One row of each model that the admin knows: model → row."""
    from axes.models import AccessAttempt

    from accounts.models import Invitation
    from feedback.models import Message, Response
    from pages.models import ContactFacts, MenuItem, Promotion, Redirect
    from search.models import BestResult, Miss, Synonym

    page, later = make_page("Partners"), timezone.now() + timedelta(days=1)
    kind = ContentType.objects.get_for_model(page)
    rows = [
        page,
        make_picture(),
        MenuItem.objects.create(menu="header", label="Partners", page=page),
        Redirect.objects.create(old_path="/partners.aspx", page=page),
        ContactFacts.objects.create(organization="The Coalition", email="office@example.org"),
        *library(),
        *articles(),
        Message.objects.create(kind="contact", text="A question", language="en"),
        Response.objects.create(content_type=kind, object_id=page.pk, text="A response", sent_at=timezone.now()),
        Promotion.objects.create(title="Forum", address="/forums/", begins_at=timezone.now(), ends_at=later),
        Synonym.objects.create(words="Beacon\nlighthouse"),
        BestResult.objects.create(queries="partners", owner_label="pages.page", owner_key=str(page.pk)),
        Miss.objects.create(month="2026-11-01", language="en", words="zeppelin", times=5, times_corrected=0),
        Group.objects.create(name="Editors"),
        Invitation.objects.create(email="new@example.org", group=Group.objects.get(name="Writers")),
        AccessAttempt.objects.create(username="somebody", failures_since_start=1),
        django_user_model.objects.create_user("somebody", password="a password for tests"),
        DBTaskResult.objects.create(task_path="publishing.tasks.send_mail", args_kwargs={"args": [], "kwargs": {}}),
    ]
    return {type(row): row for row in rows}


def articles():
    """A row of each model of the blog and of the questions."""
    from blog.models import Series
    from faq.models import Group
    from tests.articles import publish_entry, publish_question
    from tests.library import saved

    group = saved(Group(label="The idea", slug="the-idea"))
    return [publish_entry(), publish_question(), saved(Series(label="Core values")), group]


def library():
    """A row of each model of the library and its vocabularies."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from taggit.models import Tag

    from resources import file_store
    from resources.models import Series
    from tests.library import publish_work, saved, topic
    from tests.resources.pdfs import pdf
    from vocabulary.models import Organization, Person, Place, Result, Role

    stored = file_store.take(SimpleUploadedFile("report.pdf", pdf()))
    return [
        stored,
        publish_work("Making the Difference"),
        topic("Evaluation"),
        saved(Role(label="Superintendents")),
        saved(Result(label="Attendance")),
        saved(Place(label="Oregon")),
        saved(Person(family="Melaville")),
        saved(Organization(label="The Coalition")),
        saved(Series(label="Occasional papers")),
        Tag.objects.create(name="Mott"),
    ]


@pytest.fixture
def member(client, django_user_model):
    """A client with an account that is not of the staff."""
    client.force_login(django_user_model.objects.create_user("member", password="a password for tests"))
    return client


def admin_addresses(objects):
    """Name of each address pattern of the admin → an address of it that exists."""
    models = {f"{model._meta.app_label}_{model._meta.model_name}": model for model in admin.site._registry}
    page = next(iter(objects.values()))
    found = {}
    for name, entry, _has_language in patterns():
        if not name.startswith("admin:"):
            continue
        owner = next((row for key, row in models.items() if name.startswith(f"admin:{key}_")), None)
        key = objects[owner].pk if owner else page.pk
        given = {"object_id": key, "id": key, "app_label": "pages", "url": "nowhere"}
        parts = dict.fromkeys(entry.pattern.regex.groupindex) | entry.pattern.converters
        if entry.name:
            # Who may not look is refused before anybody looks whether the thing is there.
            values = {part: given.get(part, SOME.get(type(converter), 1)) for part, converter in parts.items()}
            found[name] = reverse(name, kwargs=values)
        else:  # the old addresses of Django: <app>/<model>/<pk>/
            found[f"{name} {len(found)}"] = reverse("admin:pages_page_changelist") + f"{page.pk}/"
    return found


def test_every_model_of_the_registry_is_tried(objects):
    assert admin.site._registry.keys() == objects.keys(), "Give the new model a row in `objects`."
    ours = {model for model in apps.get_models() if model in admin.site._registry}
    assert ours == set(admin.site._registry)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_the_sign_in_page(client, objects, method):
    refuses(client, admin_addresses(objects), method)


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_signed_in_who_is_not_staff_is_sent_there_too(member, objects, method):
    refuses(member, admin_addresses(objects), method)


def refuses(client, addresses, method):
    for action in ACTIONS:
        assert f"admin:pages_page_{action}" in addresses
    before = {model: model.objects.count() for model in admin.site._registry}
    let_in = {}
    for name, address in addresses.items():
        if name in OPEN:
            continue
        response = getattr(client, method)(address, {"post": "yes"} if method == "post" else None)
        login = response.status_code == 302 and response.headers["Location"].startswith("/admin/login/?next=")
        if not login and not (name == "admin:logout" and response.status_code in (302, 405)):
            let_in[name] = response.status_code, response.headers.get("Location")
    assert not let_in
    assert {model: model.objects.count() for model in admin.site._registry} == before


def test_the_sign_in_page_tells_a_stranger_nothing(client, objects):
    html = client.get("/admin/login/", follow=True).content.decode()
    assert "/admin/pages/" not in html and "somebody" not in html


def test_staff_without_rights_may_look_at_nothing(client, objects, django_user_model):
    client.force_login(django_user_model.objects.create_user("new", password="a password", is_staff=True))
    allowed = {}
    for model, row in objects.items():
        for action in ACTIONS:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_{action}"
            address = reverse(name, args=[row.pk] if action in ("change", "delete", "history") else [])
            if (status := client.get(address).status_code) != 403:
                allowed[address] = status
    assert not allowed


def test_the_style_guide_is_for_staff_in_production(client, member, staff_client, settings):
    settings.SITE_ENV = "production"
    for nobody in (client, member):
        response = nobody.get("/styleguide/")
        assert (response.status_code, response.headers["Location"]) == (302, "/admin/login/?next=/styleguide/")
    assert staff_client.get("/styleguide/").status_code == 200
