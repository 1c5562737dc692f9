"""Fixtures for the way from a writer to a reader: the clock, and people of each group."""

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.utils import timezone

from tests.pages_as_sent import StrictClient


@pytest.fixture
def clock(monkeypatch):
    """A function that sets the moment that is now."""

    def set_to(moment):
        monkeypatch.setattr(timezone, "now", lambda: moment)

    return set_to


@pytest.fixture
def sign_in(db, django_user_model):
    """A function that gives a browser in which a member of a group is signed in, with the account at `.user`."""
    # Tests with real transactions empty all tables, the groups of the migration among them.
    import_module("coalition_site.migrations.0002_groups").forward(apps, None)

    def make(group, name=None):
        name = name or group.lower()
        user = django_user_model.objects.create_user(name, f"{name}@example.org", "x", is_staff=True)
        user.groups.add(Group.objects.get(name=group))
        client = StrictClient()
        client.force_login(user)
        client.user = user
        return client

    return make
