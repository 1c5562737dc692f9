"""What all else is measured against: a WSGI application that does nothing. `/5494` answers with so many bytes."""

from functools import cache


def application(environ, start_response):
    body = _body(int(environ["PATH_INFO"][1:]))
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


@cache
def _body(size):
    return b"x" * size
