"""What runs the site on a developer's own machine: a Postgres of its own and the commands of the Makefile.

Production never imports it; `coalition_site/settings.py` asks `local.postgres.url()` only where
SITE_ENV=local and DATABASE_URL is not set.
"""


class LocalError(Exception):
    """Something a person has to put right; the text says what, in words for the terminal."""
