"""The screens themselves: each one answers, in the site's look, to whom it is for; readers' pages know none of it."""

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.accounts.conftest import PASSWORD
from tests.accounts.screens import ELSEWHERE, FOR_ANYBODY, FOR_ONESELF, NO_PAGES, equip, invited, type_password
from tests.pages_as_sent import StrictClient
from tests.whole_site.addresses import patterns
from tests.whole_site.reading import Reading
from tests.whole_site.walk import FOR_STAFF


def judge(response, address):
    page = Reading(response.content)
    headings = ["".join(heading.itertext()).strip() for heading in page.all("h1")]
    assert response.status_code == 200, address
    assert not page.fault, (address, page.fault)
    assert len(headings) == 1 and headings[0] and headings[0] in page.title, (address, headings, page.title)
    assert page.is_hidden_from_search_engines, address
    assert len(page.ids) == len(set(page.ids)), address
    assert "site-header" in response.content.decode(), address
    policy = response["Content-Security-Policy"]
    assert "unsafe" not in policy and "nonce" not in policy, address


def test_every_address_of_signing_in_is_a_known_screen():
    names = {name for name, _pattern, _language in patterns() if name.startswith(FOR_STAFF[1:])}
    assert names == FOR_ANYBODY.keys() | FOR_ONESELF.keys() | ELSEWHERE | NO_PAGES


def test_the_screens_for_anybody(client, db, home):
    for address in (*FOR_ANYBODY.values(), invited()):
        judge(client.get(address), address)


def test_the_screens_of_ones_own_account(enter, maria, home):
    key = equip(maria)
    client = enter(maria)
    for address in FOR_ONESELF.values():
        judge(client.get(address.format(key=key)), address)
    codes = client.get("/accounts/recovery-codes/download/")
    assert codes["Content-Type"].startswith("text/plain")
    assert len(codes.content.split()) == 10


def test_the_screens_in_between(client, enter, maria, manager, home, give_app):
    fresh = enter(maria, with_app=False)
    judge(fresh.get("/accounts/app/activate/"), "activate")
    maria.set_unusable_password()
    maria.save()
    fresh.force_login(maria)
    judge(fresh.get("/accounts/password/set/"), "set")
    give_app(manager)
    equip(manager)
    type_password(client, "ana")
    judge(client.get("/accounts/login/second-factor/"), "second factor")


def test_nobody_else_sees_the_screens_of_an_account(client, db, maria):
    key = equip(maria)
    for address in (*FOR_ONESELF.values(), "/accounts/app/activate/", "/accounts/recovery-codes/download/"):
        for method in (client.get, client.post):
            response = method(address.format(key=key))
            assert response.status_code == 302, address
            assert response["Location"].split("?")[0] == "/accounts/login/", address
    assert client.post("/accounts/sign-out-elsewhere/").status_code == 302
    assert Authenticator.objects.count() == 2


def test_no_cache_keeps_an_account(enter, maria):
    client = enter(maria)
    equip(maria)
    for address in ("/accounts/", "/accounts/recovery-codes/download/", "/accounts/recovery-codes/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/search/?q=x"])
def test_readers_get_no_cookie_and_pay_nothing_for_accounts(client, home, path):
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get(path)
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    tables = ("django_session", "auth_user", "axes_", "mfa_", "account_", "accounts_")
    assert not [query["sql"] for query in queries if any(table in query["sql"] for table in tables)]


def test_all_cookies_are_bound_to_this_host_in_production():
    import subprocess
    import sys

    from django.conf import settings

    values = {
        "SITE_ENV": "production",
        "SITE_URL": "https://www.example.org",
        "DATABASE_URL": "postgresql://nobody@localhost/none",
        "MAIL_HOST": "smtp.example.org",
        "MAIL_FROM": "site@example.org",
        "SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789-abcdefghijklmnopqrstuvwxyz",
    }
    code = (
        "from coalition_site import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.DEVICE_COOKIE_NAME, s.STRICT_SIGN_IN,"
        " s.SESSION_COOKIE_SECURE, s.MESSAGE_STORAGE.rpartition('.')[2])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=values, capture_output=True, text=True, check=True
    )
    assert run.stdout.split() == ["__Host-session", "__Host-csrf", "__Host-device", "True", "True", "SessionStorage"]


def test_typed_text_comes_through_the_second_factor(strict, enter, give_app, editor, make_page):
    """A session that ends in the middle of an edit: password, code, and the text is offered."""
    from django.contrib.sessions.models import Session

    from tests.accounts.codes import code_of
    from tests.drafts import change_url, open_form
    from tests.publishing.test_typed_text import fields_for

    page, secret = make_page("Partners"), give_app(editor)
    client = StrictClient()
    client.force_login(editor)
    data = open_form(client, page)
    Session.objects.all().delete()
    asked = client.post(change_url(page), data | {"_save": "1", "title": "Typed for long"})
    assert b"You were signed out before your text arrived." in asked.content
    second = client.post(
        "/accounts/login/", fields_for(asked, "/accounts/login/") | {"login": "editor", "password": PASSWORD}
    )
    assert second.status_code == 200 and b"Your second factor" in second.content
    fields = fields_for(second, "/accounts/login/second-factor/")
    wrong = client.post("/accounts/login/second-factor/", fields | {"code": "000000"})
    offered = client.post(
        "/accounts/login/second-factor/",
        fields_for(wrong, "/accounts/login/second-factor/") | {"code": code_of(secret)},
    )
    assert b"Typed for long" in offered.content
    assert offered.cookies["device"].value
