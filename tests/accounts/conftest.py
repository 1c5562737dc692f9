"""People who sign in with what they have: a password, an app, a key."""

import re

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache

from tests.accounts.codes import code_of
from tests.pages_as_sent import StrictClient

PASSWORD = "a password for tests"


@pytest.fixture(autouse=True)
def _no_limit_was_met(db):
    cache.clear()


@pytest.fixture
def strict(settings):
    """As in production: a second factor for the staff, a recent sign-in before what is dear."""
    settings.STRICT_SIGN_IN = True


@pytest.fixture
def maria(django_user_model):
    """A colleague with a password, of no group."""
    return django_user_model.objects.create_user(
        "maria", "maria@example.org", PASSWORD, first_name="Maria", last_name="Lopez", is_staff=True
    )


@pytest.fixture
def manager(django_user_model):
    from django.contrib.auth.models import Group

    user = django_user_model.objects.create_user("ana", "ana@example.org", PASSWORD, first_name="Ana", is_staff=True)
    user.groups.add(Group.objects.get(name="Managers"))
    return user


@pytest.fixture
def give_app():
    """A function that gives somebody an app with codes: give_app(user) → its secret."""

    def give(user):
        secret = generate_totp_secret()
        TOTP.activate(user, secret)
        return secret

    return give


@pytest.fixture
def enter(give_app):
    """A function that signs somebody in as people do, with a second factor: enter(user) → a client."""

    def sign_in(user, with_app=True):
        client = StrictClient()
        secret = give_app(user) if with_app else ""
        response = client.post("/accounts/login/", {"login": user.username, "password": PASSWORD})
        if secret:
            assert response["Location"] == "/accounts/login/second-factor/"
            response = client.post("/accounts/login/second-factor/", {"code": code_of(secret)})
        assert response.status_code == 302
        return client

    return sign_in


@pytest.fixture
def address_in_mail(mailoutbox):
    """A function that gives the only address of this site in the newest message, as a path."""

    def find():
        (path,) = re.findall(r"https://www\.example\.org(/\S+)", mailoutbox[-1].body)
        return path

    return find
