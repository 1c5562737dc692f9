import pytest

from tests.coalition_site.page_cache.asking import cache_before_django


@pytest.fixture
def cached(home):
    """(cache, Django behind it, what tells it the version). There is a front page."""
    return cache_before_django()
