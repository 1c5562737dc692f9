"""The smallest Django: one constant view, no middleware, no apps. Memory and start are measured against it."""

import secrets

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(
    ALLOWED_HOSTS=["*"], MIDDLEWARE=[], INSTALLED_APPS=[], ROOT_URLCONF=__name__, SECRET_KEY=secrets.token_urlsafe()
)

urlpatterns = [path("", lambda request: HttpResponse("Hello"))]
application = get_wsgi_application()
