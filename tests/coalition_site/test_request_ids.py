"""The id of a request: with its answer and in every line of the log about it."""

import io
import logging
import re

import pytest

from tests.pages_as_sent import StrictClient


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/%00", "/robots.txt"])
def test_every_answer_carries_an_id_of_its_own(client, home, path):
    one, other = (client.get(path).headers["X-Request-ID"] for _ in range(2))
    assert re.fullmatch(r"[0-9a-f]{32}", one) and one != other


@pytest.fixture
def log(monkeypatch):
    """What the site writes to standard output."""
    (handler,) = [handler for handler in logging.getLogger().handlers if type(handler) is logging.StreamHandler]
    monkeypatch.setattr(handler, "stream", io.StringIO())
    return handler.stream


def test_the_id_that_a_proxy_gave_is_kept_and_stands_in_the_log(home, log, monkeypatch):
    monkeypatch.setattr("coalition_site.views.FrontPage.in_language", lambda language: 1 / 0)
    response = StrictClient(raise_request_exception=False).get("/", headers={"x-request-id": "proxy-0815.x_y"})
    assert response.headers["X-Request-ID"] == "proxy-0815.x_y"
    assert "ERROR [proxy-0815.x_y] django.request: Internal Server Error: /" in log.getvalue()


@pytest.mark.parametrize("path", ["/nowhere/", "/%00", "/admin/pages/page/"])
def test_the_line_about_an_address_that_was_refused_carries_the_id_too(client, db, log, django_user_model, path):
    client.force_login(django_user_model.objects.create_user("new", password="a password", is_staff=True))
    response = client.get(path, headers={"x-request-id": "proxy-0815.x_y"})
    assert response.status_code in (400, 403, 404)
    lines = [line for line in log.getvalue().splitlines() if "WARNING" in line]
    assert lines and all("[proxy-0815.x_y]" in line for line in lines), lines


@pytest.mark.parametrize(
    "given", ["short", "x" * 65, "with space 123", "a\r\nX-Evil: 1", "<script>alert</script>", "é" * 9]
)
def test_an_id_that_could_do_harm_is_replaced(client, home, given):
    assert re.fullmatch(r"[0-9a-f]{32}", client.get("/", headers={"x-request-id": given}).headers["X-Request-ID"])
