"""A machine with the site on it: gunicorn with the settings of deploy/, in production, on the database of the tests."""

import http.client
import os
import subprocess
import sys
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from local.postgres import PROJECT

HOST = "www.example.org"
AS_NGINX_ASKS = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}


def environment(folder, **more):
    """What the processes of a server find in their environment."""
    database = os.environ["DATABASE_URL"].rpartition("/")[0] + "/" + connection.settings_dict["NAME"]
    return os.environ | {
        "SITE_ENV": "production",
        "SITE_URL": f"https://{HOST}",
        "SECRET_KEY": settings.SECRET_KEY,
        "DATABASE_URL": database,
        "MAIL_HOST": "smtp.example.org",
        "MAIL_FROM": "site@example.org",
        "MEDIA_ROOT": str(folder / "media"),
        "PROXIES": "1",
        "DJANGO_SETTINGS_MODULE": "tests.running.server_settings",
    } | more  # fmt: skip


class Machine:
    """The web processes of one machine, reached at the port `place`; `more` is in their environment besides."""

    def __init__(self, folder, place, wsgi="coalition_site.wsgi", workers=2, **more):
        self.place, self.log = place, folder / "machine.log"
        command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
        with self.log.open("wb") as log:
            self.server = subprocess.Popen(
                [*command, "--bind", f"127.0.0.1:{place}", "--workers", str(workers), wsgi],
                cwd=PROJECT,
                env=environment(folder, **more),
                stdout=log,
                stderr=log,
            )

    def wait(self):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.server.poll() is None:
            try:
                return self.get("/healthz")
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.log.read_text())

    def stop(self):
        self.server.terminate()
        self.server.wait(timeout=40)

    def get(self, address, **headers):
        return self.ask("GET", address, headers=headers)

    def ask(self, method, address, body=None, headers=None):
        """Status, headers and bytes, as nginx would get them."""
        connection = http.client.HTTPConnection("127.0.0.1", self.place, timeout=20)
        try:
            connection.request(method, address, body, AS_NGINX_ASKS | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()
        finally:
            connection.close()


class Editor:
    """A browser in which somebody of the staff is signed in, at one machine."""

    def __init__(self, machine, session):
        self.machine = machine
        self.cookies = SimpleCookie({"__Host-session": session})

    def get(self, address):
        return self._ask("GET", address)

    def post(self, address, data):
        origin = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{HOST}"}
        return self._ask("POST", address, urlencode(data, doseq=True), origin)

    def _ask(self, method, address, body=None, headers=None):
        sent = "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())
        status, given, text = self.machine.ask(method, address, body, {"Cookie": sent} | (headers or {}))
        for line in given.get_all("Set-Cookie", []):
            self.cookies.load(line)
        return status, given, text
