"""The settings of the tests, with the hosts of production: a forged Host is part of bad input."""

from tests.settings import *  # noqa: F403

ALLOWED_HOSTS = ["www.example.org"]
LOGGING = {"version": 1, "disable_existing_loggers": True, "root": {"handlers": []}}
