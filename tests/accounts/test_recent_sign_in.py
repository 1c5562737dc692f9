"""A recent sign-in is asked for before what is dear, and nobody loses what she typed over it."""

import html5lib
import pytest
from django.contrib.auth.models import Group

from accounts import recent
from pages.models import Redirect
from tests.accounts.codes import code_of
from tests.accounts.conftest import PASSWORD
from tests.pages_as_sent import StrictClient


@pytest.fixture
def office(strict, enter, manager):
    """The browser of a manager who has just signed in."""
    return enter(manager)


@pytest.fixture
def redirect(make_page):
    return Redirect.objects.create(old_path="/partners.aspx", page=make_page("Partners"))


def wait(client, seconds):
    """As if the person had signed in so many seconds earlier."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= seconds
    session.save()


def dear_addresses(user, redirect, group):
    return [
        "/admin/accounts/invitation/add/",
        f"/admin/auth/user/{user.pk}/change/",
        f"/admin/auth/user/{user.pk}/password/",
        f"/admin/auth/user/{user.pk}/lost-factor/",
        f"/admin/auth/group/{group.pk}/change/",
        "/admin/pages/redirect/add/",
        f"/admin/pages/redirect/{redirect.pk}/change/",
        f"/admin/pages/redirect/{redirect.pk}/delete/",
        "/admin/pages/page/deleted/",
    ]


def test_a_form_that_changes_who_may_do_what_asks_after_a_quarter_of_an_hour(office, maria, redirect):
    group = Group.objects.get(name="Writers")
    for address in dear_addresses(maria, redirect, group):
        assert office.get(address).status_code == 200, address
    wait(office, recent.FOR_A_FORM)
    for address in dear_addresses(maria, redirect, group):
        response = office.get(address)
        assert response.status_code == 302, address
        assert response["Location"].startswith("/accounts/confirm/?next=%2Fadmin%2F"), address


def test_looking_and_writing_ask_for_nothing(office, make_page):
    page = make_page("Partners")
    wait(office, 5 * 60 * 60)
    for address in ("auth/user/", "pages/redirect/", "pages/page/", f"pages/page/{page.pk}/change/", "handbook/"):
        assert office.get(f"/admin/{address}").status_code == 200, address


def test_bringing_an_old_text_back_asks(office, make_page):
    from publishing.publish import ensured_revision

    page = make_page("Partners")
    address = f"/admin/pages/page/{page.pk}/restore/{ensured_revision(page).pk}/"
    assert office.get(address).status_code == 200
    wait(office, recent.FOR_A_FORM)
    assert office.get(address).status_code == 302


def test_after_the_password_she_is_where_she_was(office):
    wait(office, recent.FOR_A_FORM)
    asked = office.get("/admin/pages/redirect/add/?old_path=/x")
    assert b"Confirm that it is you" in office.get(asked["Location"]).content
    assert office.post(asked["Location"], {"password": "wrong"}).status_code == 200
    answer = office.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == "/admin/pages/redirect/add/?old_path=/x"
    assert office.get(answer["Location"]).status_code == 200


def test_a_code_of_the_app_does_as_well(strict, client, manager, give_app):
    secret = give_app(manager)
    client.post("/accounts/login/", {"login": "ana", "password": PASSWORD})
    client.post("/accounts/login/second-factor/", {"code": code_of(secret)})
    wait(client, recent.FOR_A_FORM)
    client.post("/accounts/confirm/code/?next=/admin/auth/user/", {"code": code_of(secret, steps=1)})
    assert client.get("/admin/pages/redirect/add/").status_code == 200


def test_wrong_passwords_are_counted_there_too(office):
    wait(office, recent.FOR_A_FORM)
    assert [office.post("/accounts/confirm/", {"password": "wrong"}).status_code for _time in range(5)][-1] == 429


def test_what_was_begun_in_time_may_be_finished(office, make_page):
    page = make_page("Partners")
    wait(office, recent.FOR_ITS_ANSWER - 60)
    office.post("/admin/pages/redirect/add/", {"old_path": "/old.aspx", "page": page.pk, "new_address": ""})
    assert Redirect.objects.filter(old_path="/old.aspx").exists()


def test_what_comes_hours_later_waits_in_the_page_and_is_saved_after_the_password(office, make_page):
    page = make_page("Partners")
    wait(office, recent.FOR_ITS_ANSWER)
    typed = {"old_path": '/old"<b>.aspx', "page": page.pk, "new_address": "", "password": "quetzal secret"}
    response = office.post("/admin/pages/redirect/add/", typed)
    assert response.status_code == 403
    assert b"quetzal secret" not in response.content
    assert not Redirect.objects.exists()
    tree = html5lib.parse(response.content.decode(), namespaceHTMLElements=False)
    form = next(form for form in tree.iter("form") if form.get("action") == "/admin/pages/redirect/add/")
    fields = {field.get("name"): field.get("value") for field in form.iter("input") if field.get("name")}
    assert fields["old_path"] == '/old"<b>.aspx'
    office.post("/accounts/confirm/", {"password": PASSWORD})
    office.post("/admin/pages/redirect/add/", fields | {"old_path": "/old.aspx"})
    assert Redirect.objects.filter(old_path="/old.aspx", page=page).exists()


NEW_PASSWORD = {"usable_password": "true"} | dict.fromkeys(("password1", "password2"), "Many partners, 1 school")


@pytest.mark.parametrize(("minutes", "is_changed"), [(19, True), (20, False), (100, False)])
def test_at_a_desk_that_was_left_nobody_gives_a_colleague_a_new_password(
    strict, enter, maria, django_user_model, minutes, is_changed
):
    boss = enter(django_user_model.objects.create_superuser("boss", "boss@example.org", PASSWORD))
    wait(boss, minutes * 60)
    response = boss.post(f"/admin/auth/user/{maria.pk}/password/", NEW_PASSWORD)
    assert response.status_code == (302 if is_changed else 403)
    maria.refresh_from_db()
    assert maria.check_password(NEW_PASSWORD["password1"]) == is_changed


def test_late_forms_of_accounts_groups_and_invitations_wait_in_the_page(office, maria):
    group = Group.objects.get(name="Writers")
    wait(office, 20 * 60)
    for address in ("auth/user/", f"auth/user/{maria.pk}/change/", f"auth/group/{group.pk}/change/"):
        assert office.post(f"/admin/{address}", {"first_name": "Mary"}).status_code == 403, address
    response = office.post("/admin/accounts/invitation/add/", {"email": "new.colleague@example.org"})
    assert response.status_code == 403
    assert b'value="new.colleague@example.org"' in response.content


def test_deleting_by_the_list_asks_too(office, redirect):
    wait(office, recent.FOR_ITS_ANSWER)
    chosen = {"action": "delete_selected", "_selected_action": [redirect.pk], "post": "yes"}
    assert office.post("/admin/pages/redirect/", chosen).status_code == 403
    assert Redirect.objects.filter(pk=redirect.pk).exists()


def test_on_a_developers_machine_nobody_is_asked(client, manager):
    client.force_login(manager)
    assert client.get("/admin/pages/redirect/add/").status_code == 200


def test_a_session_without_a_sign_in_counts_as_none(strict, manager, give_app):
    give_app(manager)
    client = StrictClient()
    client.force_login(manager)
    assert client.get("/admin/pages/redirect/add/").status_code == 302
