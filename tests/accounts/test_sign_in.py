"""Signing in and out: who comes in, who waits, and what nobody learns on the way."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest
from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from accounts.middleware import AWAKE
from publishing import daily
from tests.accounts.conftest import PASSWORD
from tests.accounts.passwords import LOGIN, RIGHT, WRONG, is_signed_in, lock, words
from tests.pages_as_sent import StrictClient

# Who comes in


@pytest.mark.parametrize("name", ["maria", "maria@example.org", "MARIA@example.org"])
def test_both_names_of_an_account_open_it(client, maria, name):
    response = client.post(f"{LOGIN}?next=/admin/pages/page/", {"login": name, "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/admin/pages/page/")
    assert is_signed_in(client)


def test_the_admin_leads_to_the_sign_in_page_and_back(client, maria):
    response = client.get("/admin/pages/page/", follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Fpages%2Fpage%2F"
    assert '<input type="hidden" name="next" value="/admin/pages/page/">' in words(response)


def test_nobody_is_led_to_another_site(client, maria):
    response = client.post(f"{LOGIN}?next=https://evil.example/", RIGHT)
    assert response["Location"] == "/admin/"
    assert client.get("/admin/login/?next=//evil.example/")["Location"] == "/admin/"


def test_there_is_no_way_to_sign_up(client):
    for address in ("signup/", "email/", "social/login/", "login/code/"):
        assert client.get(f"/accounts/{address}").status_code == 404


def test_an_account_that_is_switched_off_does_not_open(client, maria):
    maria.is_active = False
    maria.save()
    response = client.post(LOGIN, RIGHT, follow=True)
    assert "This account is switched off" in words(response)
    assert not is_signed_in(client)


def test_somebody_who_is_not_of_the_staff_gets_no_further(client, maria):
    maria.is_staff = False
    maria.save()
    assert client.post(LOGIN, RIGHT, follow=True).status_code == 403


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"login": "maria"},
        {"login": "x" * 5000, "password": "x"},
        {"login": "ñ\u2028'\"<b>", "password": "x"},
        {"login": "a@b.org", "password": "x" * 5000},
    ],
)
def test_odd_names_and_passwords_get_the_form_again(client, db, sent):
    assert client.post(LOGIN, sent).status_code == 200


@pytest.mark.parametrize("sent", [{"login": "a\0", "password": "b"}, {"login": "a", "password": "b", "x": "\0"}])
def test_a_nul_is_refused_in_any_field(client, db, sent):
    assert client.post(LOGIN, sent).status_code == 400


@pytest.mark.parametrize("credential", ["", "{", "[]", "{}", '"x"', '{"id": 1}', '{"id":"a","rawId":"a","type":"x"}'])
def test_a_passkey_that_is_none_leads_back_to_the_form(client, maria, credential):
    response = client.post("/accounts/login/passkey/", {"credential": credential})
    assert (response.status_code, response["Location"]) == (302, LOGIN)
    assert not is_signed_in(client)


# What nobody learns


def test_a_wrong_password_and_a_name_that_nobody_has_are_answered_alike(client, maria):
    known = words(client.post(LOGIN, WRONG))
    unknown = words(client.post(LOGIN, WRONG | {"login": "nobody"}))
    assert "are not correct" in known

    def without_what_was_typed(html):
        return [part for part in html.split('"') if "csrf" not in part and len(part) != 64]

    assert without_what_was_typed(known.replace('value="maria"', "")) == without_what_was_typed(
        unknown.replace('value="nobody"', "")
    )


def test_the_way_to_a_new_password_does_not_say_who_has_an_account(client, maria, mailoutbox):
    answers = [
        client.post("/accounts/password/reset/", {"email": email}, follow=True)
        for email in ("maria@example.org", "nobody@example.org")
    ]
    assert words(answers[0]) == words(answers[1])
    assert [message.to for message in mailoutbox] == [["maria@example.org"]]


def test_the_message_leads_to_a_new_password_once(client, maria, address_in_mail):
    client.post("/accounts/password/reset/", {"email": "maria@example.org"}, headers={"Host": "evil.example"})
    address = address_in_mail()
    form = client.get(address, follow=True)
    new = {"password1": "quetzal garden seven", "password2": "quetzal garden seven"}
    done = client.post(form.redirect_chain[-1][0], new)
    assert done["Location"] == "/accounts/password/reset/done/"
    assert not is_signed_in(client)
    assert "This address has ended" in words(StrictClient().get(address, follow=True))
    client.post(LOGIN, {"login": "maria", "password": "quetzal garden seven"})
    assert is_signed_in(client)


@pytest.mark.parametrize("key", ["1-abc", "zzzzzzzzzzzzzzzzzz-1", "0-set-password", "1-a/b"])
def test_a_key_that_is_none_is_told_so(client, db, key):
    assert "This address has ended" in words(client.get(f"/accounts/password/reset/{key}/"))


def test_common_passwords_are_refused(client, maria):
    client.force_login(maria)
    for common in ("password12345", "maria@example.org", "123456789012345"):
        sent = {"oldpassword": PASSWORD, "password1": common, "password2": common}
        assert client.post("/accounts/password/change/", sent).status_code == 200
    maria.refresh_from_db()
    assert maria.check_password(PASSWORD)


# What ends


def test_a_new_password_ends_the_sessions_elsewhere(client, maria):
    elsewhere = StrictClient()
    for browser in (client, elsewhere):
        browser.force_login(maria)
    new = {"oldpassword": PASSWORD, "password1": "quetzal garden seven", "password2": "quetzal garden seven"}
    assert client.post("/accounts/password/change/", new)["Location"] == "/accounts/"
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


def test_signing_out_elsewhere_leaves_this_browser_and_other_people_alone(client, maria, manager):
    elsewhere, another = StrictClient(), StrictClient()
    for browser, user in ((client, maria), (elsewhere, maria), (another, manager)):
        browser.force_login(user)
    client.post("/accounts/sign-out-elsewhere/")
    assert [is_signed_in(browser) for browser in (client, elsewhere, another)] == [True, False, True]


def test_the_header_of_the_admin_leads_to_the_screens_of_the_account(client, maria):
    client.force_login(maria)
    html = words(client.get("/admin/"))
    assert '<a href="/accounts/">Your account</a>' in html
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"
    assert client.post("/admin/logout/")["Location"] == LOGIN
    assert not is_signed_in(client)


def test_signing_out_takes_a_form(client, maria):
    client.force_login(maria)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)


def stored(client):
    return Session.objects.get(session_key=client.session.session_key)


def test_a_session_ends_after_idle_time_and_lives_on_with_work(client, maria, settings):
    client.force_login(maria)
    lasts = stored(client).expire_date - timezone.now()
    assert timedelta(0) < lasts <= timedelta(minutes=settings.SESSION_IDLE_MINUTES)
    soon = timezone.now() + timedelta(minutes=10)
    Session.objects.update(expire_date=soon)
    type(maria).objects.update(last_login=timezone.now() - timedelta(minutes=30))
    client.get("/admin/")
    assert stored(client).expire_date > soon
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(client)


def test_an_open_form_keeps_no_session_awake(client, editor, make_page):
    page = make_page("Partners")
    client.force_login(editor)
    type(editor).objects.update(last_login=timezone.now() - timedelta(minutes=30))
    assert client.post(f"/admin/pages/page/{page.pk}/here/").status_code == 200
    assert AWAKE not in client.session
    client.get(f"/admin/pages/page/{page.pk}/change/")
    assert AWAKE in client.session


def test_the_daily_work_forgets_what_has_ended(client, maria):
    lock(client)
    client.force_login(maria)
    daily.run()
    assert AccessAttempt.objects.exists() and Session.objects.exists()
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(days=31))
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_limits SET expires = now() - interval '1 day' RETURNING 1")
        assert cursor.fetchall()
        daily.run()
        cursor.execute("SELECT count(*) FROM accounts_limits")
        assert cursor.fetchone() == (0,)
    assert not AccessAttempt.objects.exists() and not Session.objects.exists()


# New browsers


def test_a_new_browser_is_told_by_mail_once(client, maria, mailoutbox):
    client.post(LOGIN, RIGHT, headers={"User-Agent": "Quetzal Browser 7"})
    (message,) = mailoutbox
    assert message.to == ["maria@example.org"]
    assert message.subject == "New sign-in to your account"
    assert "Quetzal Browser 7" in message.body
    client.post("/accounts/logout/")
    client.post(LOGIN, RIGHT)
    assert len(mailoutbox) == 1
    StrictClient().post(LOGIN, RIGHT)
    assert len(mailoutbox) == 2


def test_a_browser_remembers_two_people(client, maria, manager, mailoutbox):
    for _time in range(2):
        for name in ("maria", "ana"):
            client.post(LOGIN, {"login": name, "password": PASSWORD})
            client.post("/accounts/logout/")
    assert len(mailoutbox) == 2


@pytest.mark.parametrize("forged", ["x", "WzFd:1:x", "", "a" * 4000])
def test_a_cookie_that_is_not_ours_knows_nobody(client, maria, mailoutbox, forged):
    client.cookies = SimpleCookie({"device": forged})
    client.post(LOGIN, RIGHT)
    assert len(mailoutbox) == 1


def test_the_cookie_of_the_browser_is_for_us_alone(client, maria, settings):
    settings.DEVICE_COOKIE_NAME = "__Host-device"
    settings.SESSION_COOKIE_SECURE = True
    cookie = client.post(LOGIN, RIGHT, secure=True).cookies["__Host-device"]
    assert cookie["secure"] and cookie["httponly"] and cookie["path"] == "/" and not cookie["domain"]
    assert cookie["samesite"] == "Lax"


def test_the_pages_of_accounts_offer_no_other_language(client, db):
    html = client.get(LOGIN).content.decode()
    assert "/es/accounts/" not in html
