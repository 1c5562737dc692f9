"""The site's settings as a server has them, with static files as tests have them: nothing is collected."""

from coalition_site.settings import *  # noqa: F403
from coalition_site.settings import BASE_DIR, STORAGES

STATIC_ROOT = BASE_DIR / "static"
STRICT_SIGN_IN = False  # what a second factor is asked for, other tests tell
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "tests.static.StrictStaticFilesStorage"}}
