"""A front page with all that stands in the frame of every page."""

import pytest


@pytest.fixture
def frame(home):
    from pages.models import ContactFacts

    ContactFacts.objects.create(organization="The Coalition", email="office@example.org")
    return home
