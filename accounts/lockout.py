"""What django-axes asks: whose name, from where, and what to answer when there were too many wrong passwords."""

import ipaddress
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.shortcuts import render

from accounts.models import accounts_at
from publishing.http import source_of

KEPT = timedelta(days=30)
LONGEST_NAME = 255


def name_of(request, credentials=None):
    """The account that somebody tries to sign in to, by whichever of its names; "" where there is none."""
    credentials = credentials or {}
    typed = str(credentials.get("username") or credentials.get("email") or "").strip().lower()[:LONGEST_NAME]
    # Asked as the sign-in asks: Postgres knows more letters for one, such as the long s, than `lower` does.
    accounts = accounts_at(typed).order_by("pk") if typed else get_user_model().objects.none()
    return (accounts.values_list("username", flat=True).first() or typed).lower()


def address_of(request):
    """The network address of a request; None where what we were told is no address."""
    try:
        return str(ipaddress.ip_address(source_of(request)))
    except ValueError:
        return None


def answer(request, original=None, credentials=None):
    """429, in the site's look, with how long to wait. For django-axes, and for the limits of django-allauth."""
    seconds = int(settings.AXES_COOLOFF_TIME.total_seconds())
    response = render(request, "accounts/locked.html", {"minutes": seconds // 60}, status=429)
    response["Retry-After"] = str(seconds)
    return response
