"""Bad input below HTTP's own rules, sent byte by byte to gunicorn's socket and to nginx."""

import socket
from contextlib import closing, suppress

from tests.faults.causes import secure_connection
from tests.faults.machine import HOST

HEAD = f"GET / HTTP/1.1\r\nHost: {HOST}\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n"
POST = f"POST /feedback/contact/ HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\n"
FORM = "Content-Type: application/x-www-form-urlencoded\r\n"
STRANGER = "evil.example"
# What is sent: the statuses that may come back; None: hung up without a word.
ROUGH = {
    "a header of 100 kB": (f"{HEAD}X-Long: {'x' * 100_000}\r\n\r\n", {400, 414, 431}),
    "100 kB of small headers": (HEAD + "".join(f"X-{n}: {'x' * 90}\r\n" for n in range(1_000)) + "\r\n", {400, 431}),
    "an address of 100 kB": (f"GET /{'x' * 100_000} HTTP/1.1\r\nHost: {HOST}\r\n\r\n", {400, 414}),
    "a request cut off in its first line": ("GET /abou", {None, 400}),
    "a request cut off in its headers": (f"{HEAD}X-Half: ", {None, 400}),
    "a body shorter than said": (f"{POST}{FORM}Content-Length: 5000\r\n\r\ntext=x", {None, 400, 403}),
    "a body longer than said": (f"{POST}{FORM}Content-Length: 2\r\n\r\ntext=x", {400, 403}),
    "a length below zero": (f"{POST}Content-Length: -5\r\n\r\nx", {400}),
    "a length that is no number": (f"{POST}Content-Length: five\r\n\r\nx", {400}),
    "two lengths": (f"{POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nxx", {400}),
    "a length and chunks": (f"{POST}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", {400}),
    "chunks of nonsense": (f"{POST}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n", {400, 403}),
    "a chunk of a huge size": (f"{POST}Transfer-Encoding: chunked\r\n\r\n{'f' * 30}\r\nabc\r\n", {400, 403, 413}),
    "an unknown encoding": (f"{POST}Transfer-Encoding: zip\r\n\r\nabc", {400, 403, 501}),
    "no Host": ("GET / HTTP/1.1\r\n\r\n", {400}),
    "two Hosts": (f"GET / HTTP/1.1\r\nHost: {HOST}\r\nHost: {STRANGER}\r\n\r\n", {400}),
    "another Host": (f"GET / HTTP/1.1\r\nHost: {STRANGER}\r\n\r\n", {400, 404, 421}),
    "a line that is not HTTP": ("\x16\x03\x01\x02 hello\r\n\r\n", {None, 400}),
    "a folded header": (f"{HEAD}X-A: b\r\n  c\r\n\r\n", {200, 400}),
    "a NUL in a header": (f"{HEAD}X-A: b\0c\r\n\r\n", {400}),
    "X-Forwarded-Host": (f"{HEAD}X-Forwarded-Host: {STRANGER}\r\nX-Forwarded-Port: 1\r\n\r\n", {200}),
    "X-Forwarded-For": (f"{HEAD}X-Forwarded-For: <zq\"'>, 127.0.0.1\r\n\r\n", {200}),
    "X-Forwarded-Prefix": (f"{HEAD}X-Forwarded-Prefix: /{STRANGER}\r\n\r\n", {200}),
    "Forwarded": (f"{HEAD}Forwarded: host={STRANGER};proto=http\r\n\r\n", {200}),
    "Script-Name, Path-Info": (f"{HEAD}SCRIPT_NAME: /{STRANGER}\r\nPATH_INFO: /{STRANGER}\r\n\r\n", {200, 400}),
}  # fmt: skip


def send_all(machine):
    """Triples: where and what, the status that came back, whether that is well."""
    doors = {"gunicorn": machine.connection}
    if machine.nginx:
        doors["nginx"] = lambda: secure_connection(machine, "127.0.0.5")
    found = []
    for door, connect in doors.items():
        for words, (text, allowed) in ROUGH.items():
            status, answer = _send(connect, text.encode("latin-1"))
            echoes = STRANGER.encode() in answer or b"<zq" in answer
            found.append((f"{words}, to {door}", status, status in _allowed(door, words, allowed) and not echoes))
    return found


def _allowed(door, words, allowed):
    """nginx may put a length right, or hang up by itself; what it passes on is for the site to judge."""
    return allowed | ({None, 308, 301} if door == "nginx" else set())


def _send(connect, text):
    with closing(connect()) as line:
        line.settimeout(20 if line.family == socket.AF_UNIX else 3)
        answer = b""
        with suppress(OSError):
            line.sendall(text)
        if line.family == socket.AF_UNIX:  # TLS knows no end of one side only
            with suppress(OSError):
                line.shutdown(socket.SHUT_WR)
        with suppress(OSError):
            while chunk := line.recv(65_536):
                answer += chunk
                if b"\r\n0\r\n\r\n" in answer or len(answer) > 1_000_000:
                    break
        status = answer[9:12]
        return (int(status) if status.isdigit() else None), answer
