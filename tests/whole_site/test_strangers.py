"""The staff's pages are closed to everybody else: every address that the admin's registry makes, by any method."""

import uuid

import pytest
from django.contrib import admin
from django.urls import reverse
from django.urls.converters import PathConverter, SlugConverter, StringConverter, UUIDConverter

from pages.models import Redirect
from tests.conftest import save_page, save_picture
from tests.whole_site.addresses import patterns
from tests.whole_site.one_of_each import one_of_each

pytestmark = pytest.mark.django_db

OPEN = {"admin:login"}  # how else would one come in: it leads to /accounts/login/
SOME = {UUIDConverter: uuid.UUID(int=1), SlugConverter: "some", StringConverter: "some", PathConverter: "some"}
ACTIONS = ("changelist", "add", "change", "delete", "history")


@pytest.fixture(scope="module")
def objects(kept_for_the_module):
    """One row of each model that the admin knows: model → row."""
    return one_of_each(save_page("Partners"), save_picture())


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
    assert admin.site._registry.keys() == objects.keys(), "Give the new model a row in `one_of_each`."


def test_an_address_that_names_no_field_is_answered_as_without_it(objects, staff_client, rf, editor):
    request = rf.get("/admin/")
    request.user = editor
    for model, model_admin in admin.site._registry.items():
        assert model_admin.get_object(request, str(objects[model].pk), "") == objects[model]
    assert staff_client.get("/admin/auth/group/add/", {"_to_field": ""}).status_code == 200
    address = reverse("admin:pages_redirect_delete", args=[objects[Redirect].pk])
    assert staff_client.get(address, {"_to_field": ""}).status_code == 200


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
