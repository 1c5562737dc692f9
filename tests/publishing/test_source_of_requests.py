"""From which network a request comes, behind proxies of our own and of others."""

import pytest
from django.test import RequestFactory

from publishing.http import source_of


@pytest.mark.parametrize(
    ("proxies", "forwarded", "source"),
    [
        (0, "203.0.113.7", "10.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 10.0.0.2", "203.0.113.7"),
        (1, None, "10.0.0.1"),
        (3, "203.0.113.7", "203.0.113.7"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, source):
    settings.PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert source_of(RequestFactory().get("/", headers=headers, REMOTE_ADDR="10.0.0.1")) == source
