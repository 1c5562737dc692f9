"""How gunicorn serves the site, each setting with its reason. `make run` starts with it too (local/serve.py).

From the project's folder: python -m gunicorn --config deploy/gunicorn.conf.py
https://gunicorn.org/reference/settings/
"""

import gc
import logging
import os
from pathlib import Path

from dotenv import load_dotenv
from gunicorn.glogging import Logger

from coalition_site.logs import JsonLines

load_dotenv(Path(__file__).resolve().parent.parent / ".env")

wsgi_app = "coalition_site.wsgi"

# Under systemd the socket comes from coalition-web.socket, and this is not used.
bind = "127.0.0.1:8000"

# Python computes on one core at a time, so one process for each; two at least, so that one can die unnoticed. Four at
# most: they answer thousands of requests a second from memory, and each takes up to 90 MB and PAGE_CACHE_MB of
# what coalition-web.service allows.
workers = int(os.environ.get("WEB_CONCURRENCY") or min(max(2, os.cpu_count() or 1), 4))

# Threads, because requests wait: for Postgres, for a file, for the judgement of an uploaded PDF. While one does, the
# others of its process go on, and a page from memory never stands in a queue behind an editor. More than four would
# only share the same core, and each may hold a connection to Postgres. With the one that listens for what is published
# that is five a process: (workers × 5) + the worker's stays far below the hundred that Postgres allows.
worker_class = "gthread"
threads = 4

# The site is loaded once, before the processes are forked: they share its memory, and start in an instant. The price:
# HUP starts new processes with the old code. New code comes with a restart, for which the socket of systemd makes
# readers wait and not fail (deploy/update.py).
preload_app = True

# A process that does not even answer the master for so long (seconds) hangs as a whole; it is replaced. A single slow
# request does not count: nginx gives up on it by itself.
timeout = 30

# When stopping, requests at work may take so long to end: the upload of a large report. systemd waits longer still.
graceful_timeout = 30

# An idle connection costs no thread. Longer than the 60 seconds of common balancers, which must be the first to hang
# up: a request sent while we do would be lost.
keepalive = 75

# Processes are not replaced after a number of requests: each would lose its pages kept in memory. Memory is bounded by
# the cache's own limit, and by MemoryMax of the unit.
max_requests = 0

# Longer lines and more fields than any browser sends are refused before Django sees them. RefuseMalformedMiddleware
# counts on the length of the line.
limit_request_line = 4094  # bytes
limit_request_fields = 64
limit_request_field_size = 8190  # bytes

# Whom to believe that a request came by https: nginx on this machine. What comes through a unix socket is believed
# too: only who may open the file can write there.
forwarded_allow_ips = "127.0.0.1,::1"
forwarder_headers = ""  # nobody may rewrite the path

# The heartbeat of processes is a file that is touched each second: in memory, where a busy disk cannot delay it.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108

# Nobody steers a running server from outside; systemd starts and stops it.
control_socket_disable = True

# The site itself writes a line for each request that Django answers, without the address and the query string that
# gunicorn would write. Pages from memory get none: nginx writes a line for every request.
accesslog = None


class SiteLogger(Logger):
    """What gunicorn says itself, in the form of the site's log."""

    def setup(self, cfg):
        super().setup(cfg)
        if os.environ.get("SITE_ENV") != "local":
            for handler in self.error_log.handlers:
                handler.setFormatter(JsonLines())


logger_class = SiteLogger
logging.captureWarnings(True)  # so that they are lines of that form too

# Nothing is collected while the site is loaded; what is there before the first fork is then never looked at again.
# The collector would write into every object, and each process would get a copy of the memory that they share. Not
# once before the fork either: it would leave holes, to be filled in each process with pages of its own.
# https://docs.python.org/3/library/gc.html#gc.freeze
gc.disable()


def when_ready(server):
    """The site is loaded: read all addresses, which imports all views, and set what is there aside."""
    from django.conf import settings
    from django.urls import get_resolver
    from django.utils import translation

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            get_resolver().reverse_dict  # noqa: B018
    gc.freeze()


def pre_fork(server, worker):
    """A connection to Postgres must not be shared: two processes would read each other's answers."""
    from django.db import connections

    connections.close_all()


def post_fork(server, worker):
    gc.enable()
