"""A server on this machine that plays other sites, and a client that finds it under their names and nowhere else."""

import socket
import ssl
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from links.client import Client

CERTIFICATE = Path(__file__).with_name("library_example.pem")
PUBLIC = "93.184.215.14"  # nothing is sent there: our client's wire ends on this machine


class Site(BaseHTTPRequestHandler):
    """Answers by `server.answers`: path → status, or (status, headers, body), or a function of this handler."""

    protocol_version = "HTTP/1.1"

    def do_HEAD(self):
        self.server.asked.append((self.command, self.headers["Host"], self.path, dict(self.headers)))
        answer = self.server.answers.get(self.path, 404)
        if callable(answer):
            with suppress(OSError):  # whoever asked has hung up
                answer(self)
            return
        status, headers, body = answer if isinstance(answer, tuple) else (answer, {}, b"")
        self.send_response(status)
        for name, text in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, text)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD  # noqa: N815

    def log_message(self, *args):
        """Nothing on the screen."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that hangs up is what some tests want."""


@contextmanager
def served(answers, secure=False):
    """A running Server with these answers; `asked` has what came: (method, Host, path, headers)."""
    server = Server(("127.0.0.1", 0), Site)
    if secure:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(CERTIFICATE)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.answers, server.asked = answers, []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def client_for(server, numbers=(PUBLIC,), seconds=2, **options):
    """A Client for which every name has these public numbers, which all are this server. Any other number fails."""
    names = iter(numbers)
    wire = []

    def resolve(host, port):
        return [next(names, numbers[-1])]

    def connect(address, timeout):
        wire.append(address)
        assert address[0] == PUBLIC, f"the client went to {address}"
        return socket.create_connection(server.server_address, timeout)

    client = Client(resolve, connect, seconds=seconds, **options)
    client.wire = wire
    return client


def endless(handler):
    """A body that never ends."""
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 65536)


def dripping(handler):
    """A head that comes letter by letter, for ever."""
    while True:
        handler.wfile.write(b"H")
        time.sleep(0.05)


def dripping_body(handler):
    handler.send_response(200)
    handler.send_header("Content-Length", "4000")
    handler.end_headers()
    while True:
        handler.wfile.write(b"x")
        time.sleep(0.05)
