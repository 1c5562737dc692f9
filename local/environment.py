"""What the commands take from the environment and from `.env`, and what they give to their children."""

import os
import secrets
from pathlib import Path

from local import LocalError
from local.postgres import PROJECT

ENV_FILE = PROJECT / ".env"
TEXT = """\
# The settings of this copy of the site, on this machine only: never commit it, never copy it to a server.
# Written by `python -m local`; every setting there is stands in .env.example.
SITE_ENV=local
# Signs cookies and links. Random; with a new one everybody has to sign in again.
SECRET_KEY={secret}
"""


def new_secret() -> str:
    """A random SECRET_KEY of 67 characters that need no quotes anywhere."""
    return secrets.token_urlsafe(50)


def write_env_file(path: Path = ENV_FILE) -> bool:
    """Write `.env`, readable for its owner alone, unless there is one; gives whether it was written."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(TEXT.format(secret=new_secret()))
    return True


def setting(name: str) -> str:
    """One setting as Django will see it: from the environment, else from `.env`, else empty."""
    from dotenv import dotenv_values

    return os.environ.get(name, dotenv_values(ENV_FILE).get(name)) or ""


def port() -> int:
    """The PORT to serve on, 8000 unless set. Raises LocalError when it is not a port's number."""
    text = setting("PORT") or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise LocalError(f"PORT is {text!r}, but has to be a number from 1 to 65535.")
    return int(text)
