"""A small site behind nginx that says of each page how it may be kept, and remembers what it was asked."""

import socketserver
import threading
from http.server import BaseHTTPRequestHandler

from tests.closed.headers import IN_PRODUCTION

KEPT = "public, max-age=0, s-maxage=5, stale-while-revalidate=10, stale-if-error=60"
HEADERS = {
    "/kept/": {"Cache-Control": KEPT, "Vary": "Accept-Encoding, Cookie", "Accept-Ranges": "bytes"},
    "/one-second/": {"Cache-Control": KEPT, "X-Accel-Expires": "1"},
    "/gone-soon/": {"Cache-Control": "public, max-age=0, s-maxage=1, stale-if-error=1"},
    "/stays/": {"Cache-Control": KEPT.replace("s-maxage=5", "s-maxage=1")},
    "/mute/": {"Cache-Control": "public, max-age=0, s-maxage=1, stale-if-error=60"},
    "/slow/": {"Cache-Control": KEPT},
    "/goes/": {"Cache-Control": "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=60"},
    "/media/pictures/goes.png": {"Cache-Control": "public, max-age=31536000, immutable", "X-Accel-Expires": "1"},
    "/media/pictures/stays.png": {
        "Cache-Control": "public, max-age=31536000, immutable, stale-if-error=86400",
        "X-Accel-Expires": "1",
    },
    "/silent/": {},
    "/private/": {"Cache-Control": "private, no-cache"},
    "/cookie/": {"Cache-Control": KEPT, "Set-Cookie": "a=b"},
    "/no-store/": {"Cache-Control": "public, no-store"},
}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        site = self.server
        length = int(self.headers.get("Content-Length") or 0)
        self.rfile.read(length)
        path = self.path.partition("?")[0]
        with site.lock:
            site.asked.append((self.path, dict(self.headers.items())))
            body = f"{path} {len(site.asked)}".encode()
        if path == "/slow/" or (path == "/mute/" and len(site.requests(path)) > 1):
            site.may_answer.wait(10)
        if path.startswith("/dies/") and len(site.requests(path)) == 1:
            self.close_connection = True  # as a process that is killed
            return
        etag = f'"{site.version}"'
        has_gone = path.rstrip("/").removesuffix(".png").endswith("/goes") and len(site.requests(path)) > 1
        is_same = self.headers.get("If-None-Match") == etag and not has_gone
        self.send_response(410 if has_gone else 304 if is_same else 200)
        for name, value in (IN_PRODUCTION | HEADERS.get(path, {"Cache-Control": KEPT})).items():
            self.send_header(name, value)
        self.send_header("ETag", etag)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not is_same and self.command != "HEAD":
            self.wfile.write(body)

    do_POST = do_GET  # noqa: N815
    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_):
        pass

    def address_string(self):
        return "nginx"


class FakeSite(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, path):
        super().__init__(str(path), Handler)
        self.lock, self.asked, self.version = threading.Lock(), [], 1
        self.may_answer = threading.Event()
        threading.Thread(target=self.serve_forever, args=[0.05], daemon=True).start()

    def requests(self, address):
        """The headers of each request for `address`, in order."""
        return [headers for path, headers in self.asked if path == address]

    def handle_error(self, request, client_address):
        """nginx hangs up on an answer that comes too late: that is what some tests are about."""

    def stop(self):
        self.may_answer.set()
        self.shutdown()
        self.server_close()
