from functools import cache

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage


class StrictStaticFilesStorage(StaticFilesStorage):
    """Fails on a file that does not exist, as the hashed storage of production does."""

    def url(self, name, force=False):
        must_exist(name)
        return super().url(name)


@cache  # a page of the admin names thirty
def must_exist(name):
    if not finders.find(name):
        raise ValueError(f"There is no static file {name}.")
