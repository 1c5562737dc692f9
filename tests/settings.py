"""The site's settings for tests: no .env of a developer, quick passwords, files in a folder of their own."""

import atexit
import os
import shutil
import tempfile

os.environ.setdefault("SITE_ENV", "local")
os.environ.setdefault("SECRET_KEY", "a-key-for-tests-only-0123456789-abcdefghijklmnopqrstuvwxyz")
os.environ["SITE_URL"] = "https://www.example.org"
os.environ.pop("DEBUG", None)

from coalition_site.settings import *  # noqa: F403
from coalition_site.settings import TEMPLATES
from tests.whole_site.loud_templates import LoudEmptyString


def folder_for_this_process():
    path = tempfile.mkdtemp(prefix="coalition-tests-")
    atexit.register(shutil.rmtree, path, ignore_errors=True)
    return path


ALLOWED_HOSTS = ["*"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT = folder_for_this_process()
MEDIA_ROOT = folder_for_this_process()
STORAGES = STORAGES | {  # noqa: F405
    "staticfiles": {"BACKEND": "tests.static.StrictStaticFilesStorage"},
    "private": STORAGES["private"] | {"OPTIONS": {"allow_overwrite": True, "location": f"{MEDIA_ROOT}/private"}},  # noqa: F405
}

TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = LoudEmptyString()  # an undefined variable fails the test
