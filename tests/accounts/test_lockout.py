"""Who waits after wrong passwords, for how long, and who does not."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.utils import timezone

from tests.accounts.passwords import LOGIN, RIGHT, WRONG, is_signed_in, lock, words
from tests.pages_as_sent import StrictClient


def test_after_five_wrong_passwords_the_name_waits(client, maria):
    assert lock(client) == [200, 200, 200, 200, 429]
    response = client.post(LOGIN, RIGHT)
    assert (response.status_code, response["Retry-After"]) == (429, "900")
    assert "Wait 15 minutes, then try again." in words(response)
    assert not is_signed_in(client)


def test_the_email_address_waits_with_the_username(client, maria):
    lock(client)
    assert client.post(LOGIN, RIGHT | {"login": "Maria@example.org"}).status_code == 429


def test_the_name_waits_however_its_letters_are_written(client, maria):
    lock(client)
    for name in ("MARIA", "marıa"):  # Postgres finds the account by the dotless i too
        assert client.post(LOGIN, RIGHT | {"login": name}).status_code == 429


def test_nobody_locks_a_colleague_out_from_elsewhere(client, maria):
    lock(client, REMOTE_ADDR="203.0.113.9")
    assert client.post(LOGIN, RIGHT).status_code == 302


def test_what_a_stranger_writes_into_the_header_frees_nobody(client, maria):
    for number in range(5):
        client.post(LOGIN, WRONG, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert client.post(LOGIN, RIGHT, headers={"X-Forwarded-For": "203.0.113.77"}).status_code == 429


def test_behind_a_proxy_of_ours_its_word_counts(client, maria, settings):
    settings.PROXIES = 1
    lock(client, headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"})
    assert client.post(LOGIN, RIGHT, headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"}).status_code == 429
    assert client.post(LOGIN, RIGHT, headers={"X-Forwarded-For": "203.0.113.9, 198.51.100.7"}).status_code == 302


@pytest.mark.parametrize("written", ["nonsense", "1.2.3.4:80", "<b>"])
def test_an_address_that_is_none_breaks_nothing(client, maria, settings, written):
    settings.PROXIES = 1
    assert lock(client, headers={"X-Forwarded-For": written})[-1] == 429


def test_after_the_time_the_right_password_opens_again(client, maria):
    lock(client)
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=16))
    assert client.post(LOGIN, RIGHT).status_code == 302


def test_a_right_password_makes_the_wrong_ones_forgotten(client, maria):
    client.post(LOGIN, WRONG)
    client.post(LOGIN, RIGHT)
    assert not AccessAttempt.objects.exists()


def test_very_many_wrong_passwords_from_everywhere_close_a_name_for_an_hour(client, maria, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"password_of_name": "3/h/key"}
    for number in range(3):
        client.post(LOGIN, WRONG, REMOTE_ADDR=f"203.0.113.{number}")
    response = client.post(LOGIN, RIGHT)
    assert response.status_code == 200 and "Too many failed login attempts" in words(response)


def test_a_manager_sees_who_waits_and_ends_it(client, maria, manager):
    lock(client)
    attempt = AccessAttempt.objects.get()
    office = StrictClient()
    office.force_login(manager)
    assert "maria" in words(office.get("/admin/axes/accessattempt/"))
    shown = words(office.get(f"/admin/axes/accessattempt/{attempt.pk}/change/"))
    assert "127.0.0.1" in shown and "not the password" not in shown
    office.post(f"/admin/axes/accessattempt/{attempt.pk}/delete/", {"post": "yes"})
    assert client.post(LOGIN, RIGHT).status_code == 302


def test_no_wrong_password_is_kept(client, maria):
    client.post(LOGIN, WRONG)
    attempt = AccessAttempt.objects.get()
    assert "not the password" not in f"{attempt.post_data} {attempt.get_data}"
