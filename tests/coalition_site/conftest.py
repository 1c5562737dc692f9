"""A page, a database that is away, and the library as it stands on the first day."""

import pytest
from django.db import OperationalError, connection

from tests.loaded import load_once


@pytest.fixture
def no_database(db):
    """From here on every query fails, as if the database had gone."""

    def fail(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(fail):
        yield


@pytest.fixture
def about(home, make_page):
    return make_page("About us", slug="about")


@pytest.fixture(scope="module")
def library(kept_for_the_module):
    """The library among the starting content, and what loading all of that took."""
    return load_once()
