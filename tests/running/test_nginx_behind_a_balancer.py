"""deploy/nginx.conf with what docs/two-machines.md adds to it; the tests are the balancer."""

import re

import pytest
from django.conf import settings

from tests.running.front import running


@pytest.fixture
def front(tmp_path):
    page = (settings.BASE_DIR / "docs" / "two-machines.md").read_text()
    (written,) = re.findall(r"printf '([^']+)' ADDRESS \| sudo tee /etc/nginx/conf\.d/", page)
    with running(tmp_path, written.replace("\\n", "\n") % "127.0.0.1") as front:
        yield front


def test_one_reader_takes_no_connection_of_another(front):
    assert front.judge()[0] == 0
    with front.all_connections_taken(**{"X-Forwarded-For": "203.0.113.1"}):
        # What a reader has written there himself stands before what the balancer writes.
        assert front.get("/page/", **{"X-Forwarded-For": "203.0.113.1, 198.51.100.7"})[0] == 200
    (seen,) = front.site.requests("/page/")
    assert seen["X-Forwarded-For"] == "198.51.100.7", "PROXIES=1: nginx alone stands before the site"
