"""nginx with the file of deploy/, in front of a small site; names, ports and folders are those of the test."""

import http.client
import os
import socket
import ssl
import subprocess
import time
from contextlib import contextmanager

from django.conf import settings

from tests.running.conftest import program
from tests.running.fake_site import FakeSite

NGINX = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
{user}
events {{ worker_connections 512; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {more}
    include {folder}/site.conf;
}}
"""


class Nginx:
    """nginx in front of whatever listens at the socket `web.sock` of the folder."""

    more = ""  # what else /etc/nginx/conf.d/ holds
    patience = {}  # words of the file about how long it waits → other ones

    def __init__(self, folder, http_port, https_port, cache=None):
        self.folder, self.http_port, self.https_port = folder, http_port, https_port
        self.cache = cache or folder / "cache"
        self.access_log = folder / "coalition.log"
        self.write_files()
        self.process = subprocess.Popen([program("nginx"), "-c", folder / "nginx.conf"], stderr=subprocess.PIPE)

    def write_files(self):
        key, certificate = self.folder / "privkey.pem", self.folder / "fullchain.pem"
        made = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=www.example.org"]
        subprocess.run(
            [program("openssl"), *made, "-keyout", key, "-out", certificate], check=True, capture_output=True
        )
        text = (settings.BASE_DIR / "deploy" / "nginx.conf").read_text()
        changes = {
            "/etc/letsencrypt/live/www.example.org": self.folder,
            "/run/coalition": self.folder,
            "/var/www/coalition": f'"{settings.BASE_DIR}/deploy"',
            "/dev/shm/coalition-nginx": self.cache,
            "/var/log/nginx": self.folder,
            "listen 80;": f"listen 127.0.0.1:{self.http_port};",
            "listen 443 ssl": f"listen 127.0.0.1:{self.https_port} ssl",
            "listen [::]:80;": "",
            "listen [::]:443 ssl http2;": "",
        } | self.patience
        for there, here in changes.items():
            assert there in text
            text = text.replace(there, str(here))
        (self.folder / "site.conf").write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""  # or its processes could not enter the folder
        (self.folder / "nginx.conf").write_text(NGINX.format(folder=self.folder, user=user, more=self.more))

    def judge(self):
        """What `nginx -t` says of the file."""
        done = subprocess.run(
            [program("nginx"), "-t", "-c", self.folder / "nginx.conf"], capture_output=True, text=True
        )
        return done.returncode, done.stderr

    def connection(self):
        trusted = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        trusted.check_hostname = False
        return http.client.HTTPSConnection("127.0.0.1", self.https_port, timeout=20, context=trusted)

    def ask(self, method, address, body=None, **headers):
        connection = self.connection()
        try:
            connection.request(method, address, body, {"Host": "www.example.org"} | headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def get(self, address, **headers):
        return self.ask("GET", address, **headers)

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.process.stderr.close()


class Front(Nginx):
    """nginx, and a small site behind it; it waits less long than on a server."""

    patience = {
        "client_header_timeout 10s": "client_header_timeout 1s",
        "proxy_read_timeout 15s": "proxy_read_timeout 3s",
    }

    def __init__(self, folder, http_port, https_port, more=""):
        self.more = more
        self.site = FakeSite(folder / "web.sock")
        super().__init__(folder, http_port, https_port)

    def wait(self):
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                return self.get("/healthz")
            except OSError:
                assert self.process.poll() is None, self.process.stderr.read()
                time.sleep(0.05)
        raise AssertionError("nginx does not answer.")

    @contextmanager
    def all_connections_taken(self, **headers):
        """Inside the block one reader waits for as many answers as she may."""
        self.site.may_answer.clear()
        waiting = [self.connection() for _ in range(40)]
        for number, one in enumerate(waiting):
            one.request("GET", f"/slow/?{number}", headers={"Host": "www.example.org", "Connection": "close"} | headers)
        deadline = time.monotonic() + 10
        while self.get("/healthz", **headers)[0] != 429:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        try:
            yield
        finally:
            self.site.may_answer.set()
            for one in waiting:
                one.getresponse().read()
                one.close()


@contextmanager
def running(folder, more=""):
    """A Front in `folder` that answers, with `more` among the settings of nginx."""
    ports = []
    for _ in range(2):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            ports.append(probe.getsockname()[1])
    front = Front(folder, *ports, more)
    try:
        front.wait()
        yield front
    finally:
        front.stop()
        front.site.stop()
