"""The log of production: one object a line, enough to find a fault, and nothing about who read or wrote."""

import io
import json
import logging
import os
import subprocess
import sys
from smtplib import SMTPRecipientsRefused

import pytest
from django.conf import settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.views.decorators.csrf import csrf_exempt

from coalition_site.logs import JsonLines, told, without_people
from coalition_site.request_id import RequestIdFilter

WORDS = "zebra-words"  # what a reader types, wherever they type it
MAIL = "ann.reader@example.org"
ADDRESS = "203.0.113.77"


@csrf_exempt
def break_with_words(request):
    """What goes wrong in real views: a library that quotes what it was given, and what Postgres says of it."""
    try:
        int(request.GET["q"])
    except ValueError as error:
        with connection.cursor() as cursor:
            try:
                cursor.execute("SELECT %s::integer", [f"{request.POST.get('words')} {MAIL}"])
            except Exception as fault:
                raise fault from error


def echo_status(request, token):
    return HttpResponse(status=int(request.GET["status"]))


urlpatterns = [path("breaks/", break_with_words), path("preview/<str:token>/", echo_status)]


@pytest.fixture
def lines(monkeypatch):
    """The lines of the log so far, as production writes them."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonLines())
    handler.addFilter(RequestIdFilter())
    logger, requests = logging.getLogger(), logging.getLogger("coalition_site.requests")
    level = requests.level
    requests.setLevel(logging.INFO)
    logger.addHandler(handler)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    logger.removeHandler(handler)
    requests.setLevel(level)


def test_a_request_is_one_line_that_tells_what_was_asked_and_how_it_went(client, db, lines):
    answer = client.get("/robots.txt")
    (line,) = lines()
    assert line.pop("time").endswith("+00:00")
    assert 0 < line.pop("duration_ms") < 60_000
    assert line == {
        "level": "INFO",
        "logger": "coalition_site.requests",
        "message": "GET /robots.txt 200",
        "request_id": answer["X-Request-ID"],
        "method": "GET",
        "path": "/robots.txt",
        "status": 200,
    }


def test_a_machine_that_asks_every_few_seconds_leaves_no_line(client, lines):
    client.get("/healthz")
    assert lines() == []
    client.post("/healthz")
    assert [line["status"] for line in lines() if "status" in line] == [405]


@pytest.mark.urls(__name__)
def test_nothing_that_a_reader_sends_reaches_the_log(lines, db):
    client = Client(raise_request_exception=False)
    client.cookies["sessionid"] = WORDS
    answer = client.post(
        f"/breaks/?q={WORDS}&mail={MAIL}",
        {"words": WORDS, "mail": MAIL},
        REMOTE_ADDR=ADDRESS,
        headers={"referer": f"https://www.example.org/?q={WORDS}", "x-forwarded-for": ADDRESS, "user-agent": WORDS},
    )
    assert answer.status_code == 500
    text = "\n".join(map(json.dumps, lines()))
    for planted in (WORDS, MAIL, ADDRESS):
        assert planted not in text
    fault, request = lines()
    assert (fault["level"], fault["message"], fault["path"]) == ("ERROR", "Internal Server Error", "/breaks/")
    assert fault["request_id"] == request["request_id"]
    # What finds the fault is there: both exceptions, where they were raised, what they are about.
    assert fault["exception"].index("builtins.ValueError: invalid literal for int() with base 10: “…”") < fault[
        "exception"
    ].index("DataError: invalid input syntax for type integer: “…”")
    assert fault["exception"].count("in break_with_words") >= 2


@pytest.mark.urls(__name__)
def test_the_secret_in_an_address_stays_out_of_every_line_about_it(lines, db, settings):
    client = Client(raise_request_exception=False)
    for status in (200, 404, 503):
        client.get(f"/preview/Zm9vYmFy:1abc:secret/?status={status}")
    settings.SECURE_SSL_REDIRECT = True
    assert Client().get("/preview/Zm9vYmFy:1abc:secret/").status_code == 301
    text = "\n".join(map(json.dumps, lines()))
    assert "secret" not in text and "Zm9v" not in text
    assert {line["path"] for line in lines()} == {"/preview/…/"}


def test_a_mail_address_in_a_path_is_none_in_the_log(client, db, lines):
    client.get(f"/nowhere/{MAIL}/")
    assert MAIL not in json.dumps(lines())
    assert lines()[-1]["path"] == "/nowhere/[mail]/"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Invalid request from ip=203.0.113.7: Invalid HTTP Header: 'Cookie: a=b'", "from ip=[address]: Invalid HTTP"),
        ("Error handling request GET /search/?q=typed+words", "GET /search/?…"),
        ("Invalid Request Line 'GET /?q=x y HTTP/1.1'", "Invalid Request Line “…”"),
        ("Listening at: unix:/run/coalition/web.sock (41)", "unix:/run/coalition/web.sock (41)"),
    ],
)
def test_what_gunicorn_says_is_cleaned_too(said, kept):
    line = json.loads(JsonLines().format(logging.makeLogRecord({"name": "gunicorn.error", "msg": said})))
    assert kept in line["message"]
    assert not any(word in line["message"] for word in ("203.0", "a=b", "typed", "q=x"))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (f"Could not reach {MAIL}, twice", "Could not reach [mail], twice"),
        (f"<{MAIL}>", "<[mail]>"),
        ("from 2001:db8::8a2e:370:7334 today", "from [address] today"),
        ("Revision 12 of 10:15:30 was overtaken", "Revision 12 of 10:15:30 was overtaken"),
        ("x" * 900, "x" * 500),
    ],
)
def test_a_message_of_our_own_keeps_all_but_people(text, clean):
    assert without_people(text) == clean


def test_an_exception_of_the_mail_server_names_nobody():
    assert "ann" not in told(SMTPRecipientsRefused({MAIL: (550, b"No such user ann.reader")}))


def test_production_writes_objects_and_a_developers_machine_lines():
    """The settings as a process of each kind reads them."""
    production = {
        "SITE_ENV": "production",
        "SITE_URL": "https://www.example.org",
        "SECRET_KEY": "Zx9-0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKL",
        "MAIL_HOST": "smtp.example.org",
        "MAIL_FROM": "site@example.org",
        "DATABASE_URL": "postgresql://nobody@localhost/none",
    }
    code = "from logging import config, getLogger; from coalition_site.settings import LOGGING; "
    code += "config.dictConfig(LOGGING); getLogger('publishing').warning('Said once.')"
    said = {}
    for name in ("production", "local"):
        environment = os.environ | production | {"SITE_ENV": name}
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True
        )
        said[name] = done.stdout
    assert json.loads(said["production"])["message"] == "Said once."
    assert said["local"].rstrip().endswith("WARNING [-] publishing: Said once.")
