"""Requests that no browser would send, made from those that one would (Hypothesis)."""

from dataclasses import dataclass
from urllib.parse import quote, urlencode

from hypothesis import strategies as st

MARK = "<zq\"'>"
HOST = "www.example.org"
LONG = "a" * 3_000
NASTY = (
    "", " ", "0", "-1", "1", "2", "1e9", "9" * 30, "99999999999", "2026", "0000", "2026-02-31", "2026-11-29T25:00:00Z",
    "9999-12-31", "0001-01-01", "None", "nan", "inf", "true", "[]", "{}", "null", "..", "../../etc/passwd", "%", "%00",
    "%ff", "\x00", "\ufeff", "\u202e", "\ud800", "é", "e\u0301", "😀", "％", "'", '"', "\\", "';--", "a' OR 1=1 --",
    "{{ 7 }}", "{% debug %}", "${7}", "<script>alert(1)</script>", "javascript:alert(1)", "//evil.example", "http://[",
    "https://evil.example/", "a\r\nX-Bad: 1", "-(", "AND OR NOT", "a & | ! ( b", "*", ":*", '"open quote', "en", "es",
    "xx", MARK, f"{MARK} school", f'" onmouseover="{MARK}', LONG, LONG[:300] + MARK,
)  # fmt: skip
values = st.one_of(st.sampled_from(NASTY), st.just(MARK), st.text(max_size=12), st.integers().map(str))
# What a header can hold at all: the server refuses the rest before the site sees it.
header_values = st.one_of(
    st.sampled_from([value for value in NASTY if value.isascii() and value.isprintable()]),
    st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=20),
)
HEADERS = {
    "HTTP_ACCEPT": ("text/html", "application/json", "*/*;q=0,a/b;q=x", "image/webp"),
    "HTTP_ACCEPT_ENCODING": ("br", "gzip;q=0", "br;q=x, *", "identity;q=0, *;q=0", "gzip, br;q=1e999"),
    "HTTP_ACCEPT_LANGUAGE": ("es", "en;q=x", "*", "zz-" + "z" * 200),
    "HTTP_AUTHORIZATION": ("Basic !!!", "Bearer x"),
    "HTTP_COOKIE": ("sessionid=x", "csrftoken=\x80", "a=b; ; =; c", "messages=x", 'device="x; sessionid=' + "x" * 500),
    "HTTP_HOST": ("evil.example", HOST + ":443", HOST + ":99999", "[::1", "", "www.example.org.", MARK),
    "HTTP_IF_MATCH": ("*", '"x"', "x,,"),
    "HTTP_IF_MODIFIED_SINCE": ("Sun, 29 Nov 2026 08:00:00 GMT", "Sun, 31 Feb 9999 99:99:99 GMT", "0"),
    "HTTP_IF_NONE_MATCH": ("*", '"x"', 'W/"x", , "', "x"),
    "HTTP_IF_RANGE": ('"x"', "yesterday"),
    "HTTP_IF_UNMODIFIED_SINCE": ("Sun, 06 Nov 1994 08:49:37 GMT", "Mon, 99 Abc 0000 00:00:00 GMT"),
    "HTTP_ORIGIN": ("null", "https://evil.example", "http://[", "https://" + HOST),
    "HTTP_RANGE": ("bytes=0-0", "bytes=-1", "bytes=9-1", "bytes=0-1,2-3", "bytes=" + "9" * 40 + "-", "pages=1"),
    "HTTP_REFERER": ("https://evil.example/", "http://[", "x"),
    "HTTP_SEC_FETCH_SITE": ("cross-site", "same-origin", "none", "x"),
    "HTTP_USER_AGENT": ("", "x" * 5_000),
    "HTTP_X_CSRFTOKEN": ("", "x", "\x80" * 64),
    "HTTP_X_FORWARDED_FOR": ("127.0.0.1", "x, y, z", "::1, 999.1.1.1", ","),
    "HTTP_X_FORWARDED_HOST": ("evil.example",),
    "HTTP_X_FORWARDED_PROTO": ("http", "https", "ftp"),
    "HTTP_X_HTTP_METHOD_OVERRIDE": ("DELETE",),
    "HTTP_X_REQUEST_ID": ("x" * 300, "a b", '"}{'),
    "HTTP_X_REQUESTED_WITH": ("XMLHttpRequest",),
}
headers = st.dictionaries(st.sampled_from(sorted(HEADERS)), st.none(), max_size=4).flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.one_of(st.sampled_from(HEADERS[name]), header_values) for name in names}
    )
)
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=zq"
MEDIA_TYPES = (
    FORM,
    MULTIPART,
    "multipart/form-data",
    "application/json",
    "text/xml",
    "x",
    FORM + "; charset=utf-7",
    "",
)
FILES = (b"", b"%PDF-1.7\n%%EOF", b"\x89PNG\r\n\x1a\n" + bytes(40), b"PK\x03\x04", b"<svg onload='x'/>", bytes(2_000))
FILE_NAMES = ("a.pdf", "../../a.pdf", "a.png", "", MARK, "a" * 400 + ".pdf", "a.pdf\x00.exe", "a.csv")


@dataclass(frozen=True)
class Request:
    method: str
    path: bytes  # as the server decodes it
    query: str
    headers: dict
    body: bytes
    media_type: str
    length: str | None  # of the body, as it is said
    is_signed_in: bool


@dataclass(frozen=True)
class Target:
    """An address of one pattern of the resolver, the parameters and the fields of forms that its page knows."""

    name: str
    address: str
    parameters: tuple
    fields: dict


def requests(targets):
    """Requests to addresses near those of `targets`, one as likely as the other."""
    return st.sampled_from(targets).flatmap(_requests_to)


@st.composite
def _requests_to(draw, target):
    method = draw(st.sampled_from(("GET",) * 6 + ("POST",) * 4 + ("HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "FOO")))
    body, media_type = draw(_bodies(target.fields)) if method in ("POST", "PUT", "PATCH") else (b"", "")
    # One that is no number the server refuses itself (rough.py).
    length = draw(st.sampled_from((str(len(body)),) * 8 + ("", str(len(body) + 10), str(len(body) // 2), None)))
    is_signed_in = draw(st.integers(0, 9)) < (7 if target.name.startswith("admin:") else 2)
    path, query = draw(_paths(target.address)), draw(_queries(target.parameters))
    return Request(method, path, query, draw(headers), body, media_type, length, is_signed_in)


@st.composite
def _paths(draw, address):
    if draw(st.integers(0, 9)) < 6:  # the address itself
        return address.encode()
    parts = address.strip("/").split("/")
    place = draw(st.integers(0, len(parts) - 1))
    value = draw(values).encode("utf-8", "surrogatepass")
    change = draw(st.sampled_from(("replace", "append", "insert", "drop", "spanish", "no slash", "bytes")))
    parts = [part.encode() for part in parts]
    if change == "replace":
        parts[place] = value
    elif change == "append":
        parts[place] += value
    elif change == "insert":
        parts.insert(place, value)
    elif change == "drop":
        del parts[place]
    elif change == "spanish":
        parts.insert(0, b"es")
    elif change == "bytes":
        parts[place] = draw(st.binary(max_size=8))
    return b"/" + b"/".join(parts) + (b"" if change == "no slash" else b"/")


OTHER_PARAMETERS = (
    "q", "page", "p", "o", "all", "e", "next", "_popup", "_to_field", "pk__in", "id__exact", "title__regex",
    "_changelist_filters", "print", "verb", "from", "until", "resumptionToken", "metadataPrefix", "identifier", "set",
    "format", "sort", "year", "topic", "role", "language", "term", "app_label", "model_name", "field_name", MARK,
)  # fmt: skip


@st.composite
def _queries(draw, parameters):
    if draw(st.booleans()):
        return ""
    names = st.one_of(*([st.sampled_from(parameters)] * 2 if parameters else []), st.sampled_from(OTHER_PARAMETERS))
    pairs = draw(st.lists(st.tuples(names, values), min_size=1, max_size=5))
    if draw(st.integers(0, 5)) == 0:  # as somebody types it, and not as a browser sends it
        return "&".join(f"{name}={value}" for name, value in pairs).encode("utf-8", "surrogatepass").decode("latin-1")
    return urlencode([(name.encode(), value.encode("utf-8", "surrogatepass")) for name, value in pairs])


@st.composite
def _bodies(draw, fields):
    if draw(st.integers(0, 7)) == 0:
        return draw(st.binary(max_size=60)), draw(st.sampled_from(MEDIA_TYPES))
    names = sorted(fields) or ["text", "email", "name", "q"]
    sent = dict(fields)
    for name, value in draw(st.lists(st.tuples(st.sampled_from(names), values), max_size=5)):
        sent[name] = value
    for name in draw(st.lists(st.sampled_from(names), max_size=2)):
        sent.pop(name, None)
    if draw(st.integers(0, 3)) == 0:
        media_type = draw(st.sampled_from((MULTIPART,) * 4 + MEDIA_TYPES))
        return draw(_multipart(sent, names)), media_type
    pairs = [(name, item) for name, value in sent.items() for item in (value if isinstance(value, list) else [value])]
    body = urlencode([(name, str(value).encode("utf-8", "surrogatepass")) for name, value in pairs]).encode()
    return body, draw(st.sampled_from((FORM,) * 9 + MEDIA_TYPES))


@st.composite
def _multipart(draw, fields, names):
    parts = []
    for name, value in fields.items():
        text = str(value).encode("utf-8", "surrogatepass")
        parts.append(b'--zq\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (name.encode(), text))
    name, file = draw(st.sampled_from([*names, "file", "image"])), draw(st.sampled_from(FILES))
    file_name = draw(st.sampled_from(FILE_NAMES)).encode()
    head = b'--zq\r\nContent-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: x\r\n\r\n'
    parts.append(head % (name.encode(), file_name) + file + b"\r\n")
    whole = b"".join(parts) + b"--zq--\r\n"
    return whole[: draw(st.integers(0, len(whole)))] if draw(st.integers(0, 5)) == 0 else whole


def said(request):
    """A request in one line, for the log: enough to send it again."""
    query = f"?{request.query}" if request.query else ""
    who = " (signed in)" if request.is_signed_in else ""
    about = {name: value[:80] for name, value in request.headers.items()}
    address = f"{quote(request.path)[:300]}{query[:300]}"
    return f"{request.method} {address}{who} {about or ''} {request.media_type} {request.body[:200]!r}"
