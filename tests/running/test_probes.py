"""/healthz and /readyz: what they say, to whom, and that they say it in time whatever is broken."""

import json
import socket
import threading
import time
from datetime import timedelta

import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from coalition_site import readiness
from publishing.models import Heartbeat

GIB = 1024**3


@pytest.fixture(autouse=True)
def _fresh_look(monkeypatch):
    monkeypatch.setattr(readiness, "_last", None)


@pytest.fixture
def site(transactional_db):
    """A site at work: a worker that was seen a moment ago, committed, as other processes see it."""
    Heartbeat.note()


def ask(client, address="/readyz", **headers):
    response = client.get(address, **headers)
    return response.status_code, response.content.decode()


def forget():
    readiness._last = None


@pytest.fixture
def silent_server(monkeypatch):
    """A server that takes connections and never says anything, in the place of the database."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        place = {"host": "127.0.0.1", "port": server.getsockname()[1], "dbname": "none", "user": "nobody"}
        monkeypatch.setattr(connection, "get_connection_params", lambda: place)
        yield


def test_alive_is_said_without_a_question_to_the_database_or_the_session(client, db, django_assert_num_queries):
    client.cookies["sessionid"] = "a-session-that-would-have-to-be-looked-up"
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive\n")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "evil.example", "bad host\x00"])
def test_a_probe_is_answered_whatever_host_it_names_and_a_page_is_not(client, settings, host, site):
    settings.ALLOWED_HOSTS = ["www.example.org"]
    assert ask(client, "/healthz", headers={"host": host}) == (200, "alive\n")
    assert ask(client, "/readyz", headers={"host": host}) == (200, "ready\n")
    assert client.get("/robots.txt", headers={"host": host}).status_code == 400


def test_a_probe_is_not_sent_to_https(client, settings, site):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz)$"]
    fresh = Client()  # reads the settings anew
    assert ask(fresh, "/healthz")[0] == 200
    assert ask(fresh)[0] == 200
    assert fresh.get("/robots.txt").status_code == 301


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_but_reading_is_answered(client, db, method):
    for address in ("/healthz", "/readyz"):
        assert getattr(client, method)(address).status_code == 405


def test_a_site_at_work_is_ready(client, site):
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"] == "text/plain; charset=utf-8"


def test_without_a_worker_it_is_not_ready(client, transactional_db):
    assert ask(client) == (503, "not ready\n")


def test_with_a_worker_that_is_late_it_is_not_ready(client, site):
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=6))
    assert ask(client) == (503, "not ready\n")


def test_an_update_asks_whether_the_worker_has_looked_for_work_since_a_moment(client, site):
    now = time.time()
    assert ask(client, f"/readyz?since={now - 60:.6f}") == (200, "ready\n")
    assert ask(client, f"/readyz?since={now + 0.5:.6f}") == (503, "not ready\n")
    Heartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=6))
    forget()
    assert ask(client, f"/readyz?since={now - 3600:.6f}") == (503, "not ready\n"), "late it is all the same"


@pytest.mark.parametrize("words", ["", "soon", "nan", "inf", "-inf", "1e30", "9" * 400])
def test_a_moment_that_is_none_asks_for_nothing_more(client, site, words):
    assert ask(client, f"/readyz?since={words}") == (200, "ready\n")


def test_an_update_asks_only_for_what_a_web_process_answers_for(client, staff_client, transactional_db, monkeypatch):
    monkeypatch.setattr(readiness, "free_room", lambda folder: 0)
    assert ask(client) == (503, "not ready\n")
    assert ask(client, "/readyz?web") == (200, "ready\n")
    response = staff_client.get("/readyz?web")
    assert response.status_code == 200 and response.json()["ready"] and not response.json()["disk"]["good"]
    forget()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'pages' AND name LIKE '0001%'")
    assert ask(client, "/readyz?web") == (503, "not ready\n")


def test_with_a_migration_missing_it_is_not_ready_and_staff_read_which(client, staff_client, site):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'pages' AND name LIKE '0001%' RETURNING name")
        (name,) = cursor.fetchone()
    assert ask(client) == (503, "not ready\n")
    assert readiness.current().missing_migrations == (f"pages.{name}",)


def test_a_task_that_waits_too_long_makes_it_not_ready(client, site):
    row = {"task_path": "publishing.tasks.send_mail", "args_kwargs": {"args": [], "kwargs": {}}, "status": "READY"}
    now, minute = timezone.now(), timedelta(minutes=1)
    late = DBTaskResult.objects.create(**row, run_after=now - 14 * minute)
    DBTaskResult.objects.create(**row, run_after=now + 60 * minute)  # a second attempt, later
    DBTaskResult.objects.filter(pk=late.pk).update(enqueued_at=now - 60 * minute)
    assert ask(client) == (200, "ready\n")
    forget()
    DBTaskResult.objects.filter(pk=late.pk).update(run_after=now - 16 * minute)
    assert ask(client) == (503, "not ready\n")
    forget()
    # One without a moment of its own has waited since it was handed over.
    at_once = now.replace(year=9999, month=1, day=1)
    DBTaskResult.objects.filter(pk=late.pk).update(run_after=at_once)
    assert ask(client) == (503, "not ready\n")
    forget()
    DBTaskResult.objects.filter(pk=late.pk).update(enqueued_at=now)
    assert ask(client) == (200, "ready\n")


def test_a_disk_that_is_nearly_full_makes_it_not_ready(client, site, monkeypatch):
    monkeypatch.setattr(readiness, "free_room", lambda folder: GIB - 1)
    assert ask(client) == (503, "not ready\n")
    forget()
    monkeypatch.setattr(readiness, "free_room", lambda folder: GIB)
    assert ask(client) == (200, "ready\n")


def test_a_disk_that_does_not_answer_makes_it_not_ready_in_time(client, site, monkeypatch):
    answer = threading.Event()
    monkeypatch.setattr(readiness, "PATIENCE", 0.2)

    def hang(place):
        answer.wait(10)
        raise OSError("The server of the files is gone.")

    monkeypatch.setattr(readiness.shutil, "disk_usage", hang)
    began = time.monotonic()
    assert ask(client) == (503, "not ready\n")
    forget()
    assert ask(client) == (503, "not ready\n")
    assert time.monotonic() - began < 2
    hanging = [thread for thread in threading.enumerate() if thread.name == "free_room"]
    assert len(hanging) == 1, "however often it is asked"
    answer.set()
    hanging[0].join()


def test_room_is_asked_of_the_folder_above_where_nothing_was_uploaded_yet(tmp_path):
    assert readiness.free_room(tmp_path / "not" / "yet") > 0


def test_a_database_that_takes_the_call_and_says_nothing_is_not_waited_for(client, staff_client, silent_server):
    began = time.monotonic()
    assert ask(client) == (503, "not ready\n")
    assert 1.5 < time.monotonic() - began < 4


def test_a_database_that_is_busy_with_a_lock_is_not_waited_for(client, site, monkeypatch):
    monkeypatch.setattr(readiness, "PATIENCE", 0.3)
    place = connection.get_connection_params()
    other = psycopg2.connect(**{name: place[name] for name in ("dbname", "user", "host", "port") if name in place})
    with other, other.cursor() as cursor:
        cursor.execute("LOCK TABLE django_migrations IN ACCESS EXCLUSIVE MODE")
        began = time.monotonic()
        assert ask(client) == (503, "not ready\n")
        assert time.monotonic() - began < 2
    other.close()


def test_staff_without_a_second_factor_read_one_word(staff_client, site, settings):
    settings.STRICT_SIGN_IN = True
    assert ask(staff_client)[1] in ("ready\n", "not ready\n")


def test_a_database_that_is_away_is_told_to_everybody_alike(client, staff_client, monkeypatch):
    place = {"host": "127.0.0.1", "port": 1, "dbname": "none", "user": "nobody"}
    monkeypatch.setattr(connection, "get_connection_params", lambda: place)
    assert ask(client) == (503, "not ready\n")
    assert ask(staff_client) == (503, "not ready\n")


def test_many_who_ask_at_once_cost_one_look(site, monkeypatch):
    looks = []

    def look():
        looks.append(1)
        time.sleep(0.1)
        return readiness.Readiness(database=True)

    monkeypatch.setattr(readiness, "look", look)
    asking = [threading.Thread(target=readiness.current) for _ in range(8)]
    for one in asking:
        one.start()
    for one in asking:
        one.join()
    assert len(looks) == 1
    monkeypatch.setattr(readiness, "KEPT", 0)
    readiness.current()
    assert len(looks) == 2


def test_a_look_costs_the_connection_of_the_request_nothing(client, site, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/readyz")


def test_staff_read_what_was_found(staff_client, site):
    response = staff_client.get("/readyz")
    found = json.loads(response.content)
    assert response.status_code == 200 and response["Cache-Control"] == "no-store"
    assert found["ready"] is True
    assert {name for name, value in found.items() if name != "ready" and value["good"]} == {
        "database", "migrations", "worker", "disk", "queue",
    }  # fmt: skip
    assert found["disk"]["free_bytes"] > 0 and found["migrations"]["missing"] == []


def test_somebody_signed_in_who_is_not_staff_reads_one_word(client, site, django_user_model):
    client.force_login(django_user_model.objects.create_user("member", password="a password for tests"))
    assert ask(client) == (200, "ready\n")


def test_the_migrations_are_those_that_django_would_run(db):
    from django.db.migrations.loader import MigrationLoader

    loaded = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    assert readiness.migrations_of_this_release() == loaded
