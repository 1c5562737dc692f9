"""Right and wrong passwords, and what they open."""

from tests.accounts.conftest import PASSWORD

LOGIN = "/accounts/login/"
WRONG = {"login": "maria", "password": "not the password"}
RIGHT = {"login": "maria", "password": PASSWORD}


def words(response):
    return " ".join(response.content.decode().split())


def is_signed_in(client):
    return client.get("/accounts/").status_code == 200


def lock(client, **extra):
    return [client.post(LOGIN, WRONG, **extra).status_code for _time in range(5)]
