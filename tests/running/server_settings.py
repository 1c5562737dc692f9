"""The site's settings as a server has them, with static files as tests have them: nothing is collected."""

from coalition_site.settings import *  # noqa: F403
from coalition_site.settings import BASE_DIR, STORAGES

STATIC_ROOT = BASE_DIR / "static"
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "tests.static.StrictStaticFilesStorage"}}
