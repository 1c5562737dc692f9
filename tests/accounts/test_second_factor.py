"""The second factor: demanded of the staff, asked for at each sign-in, replaced when it is lost."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from tests.accounts.codes import code_of
from tests.accounts.conftest import PASSWORD
from tests.pages_as_sent import StrictClient

SECOND = "/accounts/login/second-factor/"


def words(response):
    return " ".join(response.content.decode().split())


def test_without_one_the_staff_reach_only_the_screens_that_set_one_up(strict, enter, maria):
    client = enter(maria, with_app=False)
    for address in ("/admin/", "/admin/pages/page/", "/admin/handbook/", "/admin/no-such/", "/admin/jsi18n/"):
        response = client.get(address, follow=True)
        assert response.redirect_chain[-1][0] == "/accounts/", address
        assert "One step is missing." in words(response)
    assert client.post("/admin/pages/page/add/", {"title": "x", "_save": "1"}).status_code == 302


def test_setting_up_an_app_opens_the_pages_of_the_staff(
    strict, enter, maria, mailoutbox, django_capture_on_commit_callbacks
):
    client = enter(maria, with_app=False)
    shown = client.get("/accounts/app/activate/")
    secret = shown.context["form"].secret
    assert secret in words(shown)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post("/accounts/app/activate/", {"code": code_of(secret)})
    assert response["Location"] == "/accounts/recovery-codes/"
    codes = client.get("/accounts/recovery-codes/").context["unused_codes"]
    assert len(codes) == 10
    assert client.get("/admin/").status_code == 200
    assert mailoutbox[-1].to == ["maria@example.org"]


def test_a_wrong_code_sets_nothing_up(enter, maria):
    client = enter(maria, with_app=False)
    client.get("/accounts/app/activate/")
    for code in ("000", "", "abc", "x" * 5000):
        assert client.post("/accounts/app/activate/", {"code": code}).status_code == 200
    assert not Authenticator.objects.exists()


def test_the_password_alone_opens_nothing(client, maria, give_app):
    give_app(maria)
    response = client.post("/accounts/login/", {"login": "maria", "password": PASSWORD})
    assert response["Location"] == SECOND
    assert client.get("/admin/").status_code == 302
    assert client.get("/accounts/").status_code == 302
    assert client.get("/accounts/recovery-codes/").status_code == 302


def test_a_code_opens_once(enter, maria, give_app):
    secret = give_app(maria)
    code = code_of(secret)
    statuses = []
    for _time in range(2):
        client = StrictClient()
        client.post("/accounts/login/", {"login": "maria", "password": PASSWORD})
        statuses.append(client.post(SECOND, {"code": code}).status_code)
    assert statuses == [302, 200]


def test_a_code_that_was_used_stays_used_as_long_as_it_is_good(maria, give_app, monkeypatch):
    code = code_of(give_app(maria), steps=1)  # good for a whole minute to come
    monkeypatch.setattr(TOTP, "_mark_code_used", lambda *_code: True)  # allauth's half minute is over
    answers = []
    for entered in (code, code, f"{code[:3]} {code[3:]}"):
        client = StrictClient()
        client.post("/accounts/login/", {"login": "maria", "password": PASSWORD})
        answers.append(client.post(SECOND, {"code": entered}))
    assert [answer.status_code for answer in answers] == [302, 200, 200]
    assert "This code has been used." in words(answers[1])


def test_whoever_has_lost_her_phone_sets_up_the_app_of_another_in_its_place(strict, enter, maria):
    client = enter(maria)
    lost = Authenticator.objects.get(type="totp").data["secret"]
    assert "This is your last second factor." in words(client.get("/accounts/app/deactivate/"))
    account = words(client.get("/accounts/"))
    assert "I have another phone" in account and "remove the app" not in account
    shown = client.get("/accounts/app/replace/")
    secret = shown.context["form"].secret
    assert secret != lost and f"{secret[:4]} {secret[4:8]} " in words(shown)
    assert "Incorrect code" in words(client.post("/accounts/app/replace/", {"code": code_of(lost)}))
    assert client.post("/accounts/app/replace/", {"code": code_of(secret)}).status_code == 302
    answers = []
    for known in (lost, secret):
        another = StrictClient()
        another.post("/accounts/login/", {"login": "maria", "password": PASSWORD})
        answers.append(another.post(SECOND, {"code": code_of(known, steps=1)}).status_code)
    assert answers == [200, 302]


def test_the_app_is_replaced_only_by_whoever_has_one_and_has_just_signed_in(client, enter, maria):
    assert client.get("/accounts/app/replace/")["Location"].startswith("/accounts/login/")
    assert enter(maria, with_app=False).get("/accounts/app/replace/")["Location"] == "/accounts/app/activate/"


def test_codes_cannot_be_guessed(client, maria, give_app):
    secret = give_app(maria)
    client.post("/accounts/login/", {"login": "maria", "password": PASSWORD})
    for _time in range(5):
        assert "Incorrect code" in words(client.post(SECOND, {"code": "000000"}))
    assert "Too many failed login attempts" in words(client.post(SECOND, {"code": code_of(secret)}))


def test_a_recovery_code_opens_once(strict, enter, maria):
    client = enter(maria)
    client.post("/accounts/recovery-codes/generate/")
    codes = client.get("/accounts/recovery-codes/").context["unused_codes"]
    statuses = []
    for _time in range(2):
        another = StrictClient()
        another.post("/accounts/login/", {"login": "maria", "password": PASSWORD})
        statuses.append(another.post(SECOND, {"code": codes[0]}).status_code)
    assert statuses == [302, 200]


def test_the_last_factor_stays_where_one_is_demanded(strict, enter, maria):
    client = enter(maria)
    client.post("/accounts/app/deactivate/")
    assert Authenticator.objects.filter(type="totp").exists()
    key = Authenticator.objects.create(user=maria, type="webauthn", data={"name": "My phone", "credential": {}})
    client.post("/accounts/app/deactivate/")
    assert not Authenticator.objects.filter(type="totp").exists()
    response = client.post(f"/accounts/passkeys/{key.pk}/remove/", follow=True)
    assert "This is your last second factor." in words(response)
    assert Authenticator.objects.filter(pk=key.pk).exists()


def test_nobody_removes_the_passkey_of_somebody_else(enter, maria, manager):
    key = Authenticator.objects.create(user=manager, type="webauthn", data={"name": "x", "credential": {}})
    assert enter(maria).post(f"/accounts/passkeys/{key.pk}/remove/").status_code == 404


def test_what_changes_factors_asks_who_is_there(client, maria, give_app):
    give_app(maria)
    client.force_login(maria)  # a session in which nobody has said who she is
    for address in ("app/deactivate/", "recovery-codes/generate/", "passkeys/add/"):
        response = client.post(f"/accounts/{address}")
        assert response.status_code == 302
        assert response["Location"].startswith("/accounts/confirm/?next="), address
    assert Authenticator.objects.filter(type="totp").exists()


# A lost phone


def test_a_manager_helps_somebody_who_has_lost_everything(strict, enter, maria, manager, mailoutbox):
    hers, office = enter(maria), enter(manager)
    form = f"/admin/auth/user/{maria.pk}/change/"
    lost = f"/admin/auth/user/{maria.pk}/lost-factor/"
    assert f'<a href="{lost}">Lost second factor</a>' in words(office.get(form))
    assert "Be sure that it is your colleague who asks" in words(office.get(lost))
    assert Authenticator.objects.filter(user=maria).exists()
    assert office.post(lost)["Location"] == form
    assert not Authenticator.objects.filter(user=maria).exists()
    assert hers.get("/accounts/").status_code == 302, "all her sessions have ended"
    assert mailoutbox[-1].to == ["maria@example.org"]
    assert "One step is missing." in words(enter(maria, with_app=False).get("/accounts/"))


def test_nobody_takes_away_factors_of_somebody_above_or_her_own(strict, enter, editor, manager, maria, give_app):
    give_app(editor)
    office = enter(manager)
    for user in (editor, manager):
        for method in (office.get, office.post):
            assert method(f"/admin/auth/user/{user.pk}/lost-factor/").status_code == 403
    assert enter(maria).post(f"/admin/auth/user/{manager.pk}/lost-factor/").status_code == 403
    assert Authenticator.objects.filter(user__in=[editor, manager]).count() == 2


@pytest.mark.parametrize("key", ["0", "999999", "x"])
def test_an_account_that_is_not_there_is_not_found(strict, enter, manager, key):
    assert enter(manager).get(f"/admin/auth/user/{key}/lost-factor/").status_code == 404


def test_the_first_account_of_a_server_is_led_to_its_second_factor(strict, client, db, capsys):
    from django.core.management import call_command

    call_command("create_staff", "office")
    password = capsys.readouterr().out.split("Password: ")[1].split()[0]
    client.post("/accounts/login/", {"login": "office", "password": password})
    assert client.get("/admin/", follow=True).redirect_chain[-1][0] == "/accounts/"


@pytest.mark.parametrize("name", ["office", "Office"])
def test_an_account_that_is_there_is_not_made_anew(db, name):
    from django.core.management import CommandError, call_command

    call_command("create_staff", "office")
    with pytest.raises(CommandError, match="There is an account “office” already.+changepassword"):
        call_command("create_staff", name)
