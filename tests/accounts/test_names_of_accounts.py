"""The name and the address of an account: each stands for one person."""

import pytest
from django.contrib.auth.models import User

from tests.pages_as_sent import StrictClient


@pytest.fixture
def office(manager):
    client = StrictClient()
    client.force_login(manager)
    return client


@pytest.mark.parametrize("field", ["username", "email"])
@pytest.mark.parametrize("taken", ["Root@example.org", "root"])
def test_the_address_or_the_name_of_another_account_is_refused(office, maria, field, taken):
    User.objects.create_superuser("root", email="root@example.org")
    before = User.objects.filter(pk=maria.pk).values("username", "email").get()
    sent = {"username": maria.username, "email": maria.email, "is_active": "on", "is_staff": "on", field: taken}
    html = office.post(f"/admin/auth/user/{maria.pk}/change/", sent).content.decode()
    if (field, taken) == ("email", "root"):
        assert "valid email address" in html
    else:
        assert "Another account has this address or name." in html
    assert User.objects.filter(pk=maria.pk).values("username", "email").get() == before


def test_a_name_that_is_free_is_taken(office, maria):
    sent = {"username": "maria-lopez", "email": maria.email, "is_active": "on", "is_staff": "on"}
    assert office.post(f"/admin/auth/user/{maria.pk}/change/", sent).status_code == 302
    assert User.objects.get(pk=maria.pk).username == "maria-lopez"


@pytest.mark.parametrize(
    ("password", "words"), [("a password for tests", "There is a password."), (None, "There is no password yet.")]
)
def test_the_form_says_whether_there_is_a_password_and_not_how_it_is_kept(office, maria, password, words):
    maria.set_password(password)
    maria.save()
    html = office.get(f"/admin/auth/user/{maria.pk}/change/").content.decode()
    assert words in html
    for strange in ("algorithm", "<bdi>", "Raw passwords", "password-based"):
        assert strange not in html
