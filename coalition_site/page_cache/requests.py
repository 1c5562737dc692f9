"""What a request asks for, read from its WSGI environment: few steps, for every reader's request passes here."""

from functools import lru_cache
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from coalition_site.middleware import LONGEST_QUERY_STRING

# What only Django answers: files, and rooms where nobody is a stranger. The rest says by itself what may be kept.
ELSEWHERE = (settings.STATIC_URL, settings.MEDIA_URL, "/admin/", "/accounts/")
# Such a request is about one reader, or asks under a condition that only the view can judge.
_PERSONAL = ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE", "HTTP_RANGE")


def concerns_everyone(environ, cookies):
    """Whether the answer may be the same for all. `cookies`: the names by which we know a person."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or environ["PATH_INFO"].startswith(ELSEWHERE):
        return False
    sent = environ.get("HTTP_COOKIE")
    if sent and any(f"{name}=" in sent for name in cookies):
        return False
    return not any(name in environ for name in _PERSONAL)


LONGEST_REMEMBERED = 200  # characters; together with the number below a few MB, whatever strangers make up


def query_of(query, parameters):
    """A query string with the named parameters only, in one order; values of one name stay in theirs.

    One that Django would refuse stays as it is, and nothing is kept under it.
    """
    return (_remembered if len(query) <= LONGEST_REMEMBERED else _put_in_order)(query, parameters)


def _put_in_order(query, parameters):
    try:
        pairs = parse_qsl(query, keep_blank_values=True, errors="strict")
    except ValueError:
        return query
    if len(query) > LONGEST_QUERY_STRING or "%00" in query or "\0" in query:
        return query
    return urlencode(sorted((pair for pair in pairs if pair[0] in parameters), key=lambda pair: pair[0]))


_remembered = lru_cache(maxsize=4_000)(_put_in_order)


@lru_cache(maxsize=100)  # headers of up to 8 kB; browsers send a handful
def encoding_of(accepted):
    """The best of our encodings that an Accept-Encoding header takes: “br”, “gzip” or “”.

    https://www.rfc-editor.org/rfc/rfc9110#name-accept-encoding
    """
    weights = {}
    for part in accepted.lower().split(","):
        name, _semicolon, parameter = part.partition(";")
        try:
            weights[name.strip()] = float(parameter.partition("=")[2]) if parameter.strip() else 1.0
        except ValueError:
            weights[name.strip()] = 0.0
    usable = [name for name in ("br", "gzip") if weights.get(name, weights.get("*", 0.0)) > 0]
    return max(usable, key=lambda name: weights.get(name, weights.get("*", 0.0)), default="")


def names_tag(header, tag):
    """Whether an If-None-Match header names a tag; compared weakly, as RFC 9110 has it."""
    return header == tag or any(one.strip().removeprefix("W/") in (tag, "*") for one in header.split(","))
