"""The site's own settings, on a database and in a folder of their own, with the stock admin beside ours."""

import tempfile

from coalition_site.settings import *  # noqa: F403
from coalition_site.settings import DATABASES

DEBUG = False
ROOT_URLCONF = "benchmarks.urls"
MEDIA_ROOT = tempfile.mkdtemp(prefix="coalition-benchmarks-")
DATABASES["default"]["TEST"] = {"NAME": "benchmarks"}
