"""What the site behind a unix socket says of itself."""

import http.client
import socket

READY = "/readyz"
WEB_IS_READY = "/readyz?web"  # database and tables; not the worker, the disk and the waiting tasks


def since(moment):
    """The address that turns green once the worker, too, has looked for work after `moment` (Unix time)."""
    return f"{READY}?since={moment:.6f}"


def ask(path, address):
    """The status and the text that the site answers at the socket `path`. Raises OSError."""
    connection = http.client.HTTPConnection("localhost", timeout=10)
    connection.sock = socket.socket(socket.AF_UNIX)
    connection.sock.settimeout(10)
    try:
        connection.sock.connect(str(path))
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("utf-8", "replace")
    except http.client.HTTPException as error:
        raise OSError(repr(error)) from error
    finally:
        connection.close()


def is_ready(path):
    """Whether all is well with the site at the socket `path`."""
    try:
        return ask(path, READY)[0] == 200
    except OSError:
        return False
