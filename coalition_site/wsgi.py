"""The door through which gunicorn calls the site."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "coalition_site.settings")

django_application = get_wsgi_application()

from coalition_site.page_cache import PageCache  # noqa: E402 - when the apps are there

application = PageCache(django_application)
