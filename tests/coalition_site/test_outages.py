"""A house on fire: owned in both languages, and in the site's look also while the database is away."""

import errno
import os
import socket

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper
from psycopg2.errors import DiskFull

from tests.coalition_site.refusals import assert_stands_in_both_languages
from tests.pages_as_sent import StrictClient
from tests.relay import Relay


@pytest.mark.parametrize("path", ["/", "/es/"])
def test_a_fault_of_ours_is_owned_in_both_languages(no_database, monkeypatch, path):
    monkeypatch.setattr("coalition_site.views.FrontPage.in_language", lambda language: 1 / 0)
    response = StrictClient(raise_request_exception=False).get(path)
    assert response.status_code == 500
    assert_stands_in_both_languages(response, "Something broke on our side", "Algo falló de nuestro lado")
    assert "ZeroDivisionError" not in response.content.decode()


@pytest.mark.parametrize("fault", [ZeroDivisionError, OperationalError])
def test_where_not_even_the_page_for_faults_can_be_made_one_sentence_is(no_database, monkeypatch, fault):
    def fail(*_whatever):
        raise fault

    def without_manifest(storage, name, force=False):
        raise ValueError(f"Missing staticfiles manifest entry for '{name}'")

    monkeypatch.setattr("coalition_site.views.FrontPage.in_language", fail)
    monkeypatch.setattr("django.contrib.staticfiles.storage.StaticFilesStorage.url", without_manifest)
    response = StrictClient(raise_request_exception=False).get("/")
    assert (response.status_code, response["Content-Type"]) == (500, "text/plain; charset=utf-8")
    sentence = response.content.decode()
    assert "Something broke on our side" in sentence and "Algo falló de nuestro lado" in sentence


@pytest.mark.parametrize(
    "path", ["/", "/about/", "/search/?q=x", "/es/", "/sitemap.xml", "/nowhere/", "/accounts/login/"]
)
def test_while_the_database_is_away_readers_are_asked_to_come_back(client, no_database, path):
    response = client.post(path, {"login": "a", "password": "b"}) if "login" in path else client.get(path)
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    if "login" not in path:
        assert_stands_in_both_languages(
            response, "The site is away for a moment", "El sitio no está disponible por un momento"
        )


def test_the_staff_are_asked_to_come_back_too_where_what_is_around_a_view_fails(editor, monkeypatch):
    def gone(request):
        raise OperationalError("the connection was closed")

    client = StrictClient(raise_request_exception=False)
    client.force_login(editor)
    monkeypatch.setattr("accounts.middleware.keep_awake", gone)
    response = client.get("/admin/")
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"


def no_room_on_the_disk(language):
    raise OSError(errno.ENOSPC, "No space left on device")


def no_room_for_the_database(language):
    raise OperationalError("could not extend file") from DiskFull()


@pytest.mark.parametrize("path", ["/", "/es/"])
@pytest.mark.parametrize("fault", [no_room_on_the_disk, no_room_for_the_database])
def test_a_full_disk_is_called_that_in_both_languages(no_database, monkeypatch, path, fault):
    monkeypatch.setattr("coalition_site.views.FrontPage.in_language", fault)
    response = StrictClient(raise_request_exception=False).get(path)
    assert response.status_code == 507
    assert_stands_in_both_languages(response, "There is no room left", "No queda espacio")


def test_a_server_that_dies_in_the_middle_of_a_statement_is_a_database_that_is_away(no_database, monkeypatch):
    def died(language):
        raise DatabaseError("server closed the connection unexpectedly")

    monkeypatch.setattr("coalition_site.views.FrontPage.in_language", died)
    response = StrictClient(raise_request_exception=False).get("/")
    assert response.status_code == 503


def test_when_the_database_is_back_the_next_reader_gets_the_page(client, about, monkeypatch):
    def gone(queryset):
        raise OperationalError("the connection was closed")

    with monkeypatch.context() as away:
        away.setattr("publishing.models.PublishableQuerySet.public", gone)
        assert client.get("/about/").status_code == 503
    assert client.get("/about/").status_code == 200


@pytest.mark.parametrize("name", ["robots.txt", "favicon.ico"])
def test_what_needs_no_database_is_answered_without_it(client, no_database, name):
    assert client.get(f"/{name}").status_code in (200, 302)


def test_while_the_database_is_silent_nobody_waits_beside_the_one_who_finds_out(
    client, about, make_picture, monkeypatch
):
    others, picture = [], make_picture().image.url

    def vanish(queryset):
        if not others:
            others.extend(client.get(address).status_code for address in ("/about/", "/healthz", "/robots.txt"))
            shown = client.get(picture)
            assert b"".join(shown.streaming_content).startswith(b"\x89PNG")
            others.append(shown.status_code)
        raise OperationalError("the connection timed out")

    monkeypatch.setattr("publishing.freshness.Watcher.is_database_silent", True)
    with monkeypatch.context() as away:
        away.setattr("publishing.models.PublishableQuerySet.public", vanish)
        assert client.get("/about/").status_code == 503
    assert others == [503, 200, 200, 200]
    assert client.get("/about/").status_code == 200


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="Only Linux has such a limit.")
def test_a_database_host_that_vanishes_is_given_up_within_seconds(db):
    place = connection.settings_dict
    relay = Relay(place["HOST"], place["PORT"] or 5432)
    own = DatabaseWrapper(place | {"HOST": "127.0.0.1", "PORT": relay.port})
    try:
        own.ensure_connection()
        with socket.socket(fileno=os.dup(own.connection.fileno())) as line:
            limits = [line.getsockopt(socket.IPPROTO_TCP, getattr(socket, f"TCP_{name}"))
                      for name in ("USER_TIMEOUT", "KEEPIDLE", "KEEPINTVL", "KEEPCNT")]  # fmt: skip
            is_asked = line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
    finally:
        own.close()
        relay.close()
    sent_within, idle, between, times = limits
    assert is_asked and sent_within <= 5_000 and idle + between * times <= 10
    assert own.get_connection_params()["connect_timeout"] <= 5
