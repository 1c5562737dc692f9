"""The environment, read and judged once, at start.

Production refuses to start half-configured: every problem is named with what to do about it,
all of them at once, so that nobody repairs a server one restart at a time.
"""

import os
from importlib.util import find_spec
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

LOCAL, PRODUCTION = "local", "production"
SHORTEST_SECRET = 50
FEWEST_DIFFERENT_CHARACTERS = 10


class Environment:
    """Environment variables with advice.

    `values` is a mapping such as `os.environ`. Problems are collected; `refuse_if_incomplete()`
    raises ImproperlyConfigured with one line for each.
    """

    def __init__(self, values=os.environ):
        self.values = values
        self.problems = []
        self.name = values.get("SITE_ENV", PRODUCTION)
        if self.name not in (LOCAL, PRODUCTION):
            self.problems.append(f"SITE_ENV is “{self.name}”. Write local or production, or leave it out.")
            self.name = PRODUCTION

    @property
    def is_local(self):
        return self.name == LOCAL

    def text(self, name, default=""):
        return self.values.get(name, "").strip() or default

    def required(self, name, advice):
        """The value of a variable that the site cannot do without; '' and a problem when it is missing."""
        value = self.text(name)
        if not value:
            self.problems.append(f"{name} is not set. {advice}")
        return value

    def number(self, name, default, least=0):
        """A whole number, at least `least`; the default and a problem when it is none."""
        value = self.text(name, str(default))
        if value.isdecimal() and int(value) >= least:
            return int(value)
        self.problems.append(f"{name} is “{value}”. Write a whole number, such as {default}.")
        return default

    def switch(self, name, packages=(), advice="", default="0"):
        """Whether an option is on (1); a problem when it is on and one of the packages that it needs is missing."""
        value = self.text(name, default)
        if value not in ("0", "1"):
            self.problems.append(f"{name} is “{value}”. Write 1 for on, 0 for off, or leave it out.")
        missing = [package for package in packages if not find_spec(package)]
        if value == "1" and missing:
            self.problems.append(f"{name} is on, and {' and '.join(missing)} cannot be found. {advice}")
        return value == "1"

    def object_store(self, name):
        """The options of an object store, from NAME (s3://bucket), NAME_ENDPOINT, _REGION, _KEY and _SECRET.

        Empty where NAME is not set: uploads are kept in a folder then.
        """
        value = self.text(name)
        if not value:
            return {}
        parts = urlsplit(value)
        if parts.scheme != "s3" or not parts.hostname or parts.path.strip("/"):
            self.problems.append(f"{name} is “{value}”. Write the name of a bucket, such as s3://coalition-media")
        return {
            "bucket_name": parts.netloc,
            "endpoint_url": self.text(f"{name}_ENDPOINT") or None,
            "region_name": self.required(f"{name}_REGION", "Write the region of the bucket, such as us-east-1"),
            "access_key": self.required(f"{name}_KEY", "Write the key that your provider gave you"),
            "secret_key": self.required(f"{name}_SECRET", "Write the secret that came with the key"),
        }

    def secret(self, name):
        """A secret of at least 50 characters that nobody could have guessed."""
        value = self.required(name, "Make one with: python -c 'import secrets; print(secrets.token_urlsafe(50))'")
        weak = len(value) < SHORTEST_SECRET or len(set(value)) < FEWEST_DIFFERENT_CHARACTERS
        if value and weak:
            self.problems.append(
                f"{name} is too weak. It needs {SHORTEST_SECRET} random characters: "
                "python -c 'import secrets; print(secrets.token_urlsafe(50))'"
            )
        return value

    def site_url(self, name, default):
        """The public address of the site, without a slash at its end; https in production."""
        if self.is_local:
            value = self.text(name, default)
        else:
            value = self.required(name, "Write the public address of the site, such as https://www.example.org")
        parts = urlsplit(value)
        if value and (not parts.hostname or parts.path.strip("/") or parts.scheme not in ("http", "https")):
            self.problems.append(f"{name} is “{value}”. Write an address such as https://www.example.org")
        elif value and not self.is_local and parts.scheme != "https":
            self.problems.append(f"{name} begins with http. A public site needs https.")
        return value.rstrip("/")

    def hosts(self, name, site_url):
        """Host names that the site answers to: that of its own address and those listed with commas."""
        hosts = [host.strip() for host in self.text(name).split(",") if host.strip()]
        if any("*" in host for host in hosts):
            self.problems.append(f"{name} may not hold “*”. List each host name, with commas between.")
        own = urlsplit(site_url).hostname
        return list(dict.fromkeys([*([own] if own else []), *hosts]))

    def refuse_if_incomplete(self):
        if self.problems:
            lines = "\n".join(f"  - {problem}" for problem in self.problems)
            raise ImproperlyConfigured(
                f"The site does not start, because its settings are incomplete:\n{lines}\n"
                "Each value is explained in .env.example. On your own machine, “make run” writes them for you."
            )
