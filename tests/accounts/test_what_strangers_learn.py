"""Whether there is an account, nobody learns by what the site does before it answers."""

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from publishing import daily
from tests.accounts.conftest import PASSWORD
from tests.accounts.passwords import LOGIN, is_signed_in

RESET = "/accounts/password/reset/"


class CountingHasher(hashers.MD5PasswordHasher):
    """Counts how often a password is worked on, which is what takes the time of a sign-in."""

    count = 0

    def encode(self, password, salt):
        type(self).count += 1
        return super().encode(password, salt)


@pytest.fixture
def computed(client, settings):
    """computed(name, password) signs in, and gives the number of computations and of questions to the database."""
    settings.PASSWORD_HASHERS = ["tests.accounts.test_what_strangers_learn.CountingHasher"]

    def count(name, password="not the password"):
        CountingHasher.count = 0
        with CaptureQueriesContext(connection) as questions:
            assert client.post(LOGIN, {"login": name, "password": password}).status_code in (200, 302)
        return CountingHasher.count, len(questions)

    return count


@pytest.fixture
def colleagues(computed, django_user_model):
    """One by each way an account has its names; made with the hasher that counts."""
    make = django_user_model.objects.create_user
    make("maria", "Maria@example.org", PASSWORD, is_staff=True)
    make("ana@example.org", "ana@example.org", PASSWORD, is_staff=True)  # as an invitation makes it
    make("root", "", PASSWORD, is_staff=True)
    make("off@example.org", "off@example.org", PASSWORD, is_staff=True, is_active=False)
    make("unset@example.org", "unset@example.org", None, is_staff=True)


NAMES = ["maria", "maria@example.org", "ana@example.org", "root", "off@example.org", "unset@example.org"]


@pytest.mark.parametrize("name", NAMES)
def test_a_wrong_password_takes_the_same_work_whether_or_not_there_is_an_account(computed, colleagues, name):
    assert computed(name) == computed("nobody@example.org" if "@" in name else "nobody")
    assert CountingHasher.count == 1


@pytest.mark.parametrize("name", ["maria", "maria@example.org", "ANA@example.org", "root"])
def test_the_right_password_is_tried_once_and_opens(computed, colleagues, client, name):
    assert computed(name, PASSWORD)[0] == 1
    assert is_signed_in(client)


@pytest.mark.django_db(transaction=True)
def test_a_new_password_is_left_to_the_worker_for_whomever_it_is_asked(client, maria, settings, mailoutbox):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    maria.email = "Maria@Example.org"
    maria.save()
    questions = {}
    for email in ("maria@example.org", "nobody@example.org"):
        cache.clear()  # the limit of the network: a first request makes its row
        with CaptureQueriesContext(connection) as asked:
            client.post(RESET, {"email": email})
        questions[email] = [one["sql"].split()[0] for one in asked]
    assert questions["maria@example.org"] == questions["nobody@example.org"]
    waiting = DBTaskResult.objects.values_list("task_path", "args_kwargs__args").order_by("enqueued_at")
    task = "accounts.tasks.send_ways_to_new_passwords"
    assert list(waiting) == [(task, [[maria.pk]]), (task, [[]])], "the address that nobody has is not kept"
    for _time in range(2):
        call_command("work", "--once")
    (message,) = mailoutbox
    assert message.to == ["Maria@Example.org"] and "https://www.example.org/accounts/password/reset/" in message.body
    daily.run()
    assert not DBTaskResult.objects.filter(task_path=task).exists()
