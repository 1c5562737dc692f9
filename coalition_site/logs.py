"""Lines of the log in production: one JSON object each, for machines to read, and nothing in it about a reader.

Left out are query strings, forms, cookies, names, and addresses of mail and of the network. What a library says may
quote what was typed, so quotations go too. Imported while logging is set up, so it imports nothing of ours.
"""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from ipaddress import ip_address

LONGEST = 500  # characters of a message or a path
QUOTING = ("django", "gunicorn")  # loggers whose messages may quote what came from outside
# What the middleware says of a request, beside its message.
OF_REQUESTS = ("method", "path", "status", "duration_ms")

SECRETS = ("token", "key", "uidb64", "uidb36")  # parts of an address that let in whoever knows them

# Bounded, or a long line without such a thing would be searched from each of its letters to its end.
_MAIL = re.compile(r"[^\s@<>\"'“”(){}:,;=/]{1,64}@[^\s@<>\"'“”(){}:,;=/]+")
_QUERY = re.compile(r"\?\S+")
_ADDRESS = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|(?<![\w:])[0-9a-f:]{0,40}:[0-9a-f:]{0,40}:[0-9a-f.:]{0,40}(?!\w)", re.IGNORECASE
)
_QUOTED = re.compile(r"""(['"“‘`]).*['"”’`]""")


def without_people(text):
    """A line of text without query strings, mail addresses and network addresses."""
    text = _QUERY.sub("?…", _MAIL.sub("[mail]", text))
    return _ADDRESS.sub(_address, text)[:LONGEST]


def _address(found):
    """What stands in the log for what looks like an address of the network; a time of day does, too, and stays."""
    try:
        ip_address(found[0])
    except ValueError:
        return found[0]
    return "[address]"


def without_quotations(text):
    """The first line of a text, and of it nothing in quotes. Postgres quotes the statement from the second line on."""
    return without_people(_QUOTED.sub("“…”", text.split("\n", 1)[0]))


def loggable_path(request):
    """The path of a request, without its query string and without the secrets that may be parts of it."""
    path = request.path
    for name, value in _parts(request).items():
        if name in SECRETS:
            path = path.replace(str(value), "…")
    return without_people(path)


def _parts(request):
    """The parts of the address by their names, also where it was answered before anybody looked for its view."""
    from django.urls import Resolver404, resolve

    try:
        return (getattr(request, "resolver_match", None) or resolve(request.path_info)).kwargs
    except Resolver404:
        return {}


class JsonLines(logging.Formatter):
    """One object a line: time (UTC), level, logger, message, request_id; method, path, status and duration_ms of a
    request; an exception, with what caused it, in one field.
    """

    def format(self, record):
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
            "request_id": getattr(record, "request_id", "-"),
        }
        line |= {name: getattr(record, name) for name in OF_REQUESTS if hasattr(record, name)}
        if hasattr(getattr(record, "request", None), "path"):  # Django's own lines carry their request
            line |= {"method": record.request.method, "path": loggable_path(record.request)}
        if record.exc_info and record.exc_info[1]:
            line["exception"] = told(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def _message(record):
    text = record.getMessage()
    if record.name == "django.request":
        return text.partition(": ")[0]  # "Not Found: /the/path": the path has a field of its own
    if hasattr(getattr(record, "request", None), "path"):
        text = text.replace(record.request.path, loggable_path(record.request))
    return without_quotations(text) if record.name.startswith(QUOTING) else without_people(text)


def told(error):
    """An exception in words, causes first: where it happened, its kind, the first line of what it says."""
    parts = []
    while error is not None and len(parts) < 10:
        where = "".join(traceback.format_tb(error.__traceback__))
        parts.append(f"{where}{type(error).__module__}.{type(error).__qualname__}: {without_quotations(str(error))}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "\n\n".join(reversed(parts))
