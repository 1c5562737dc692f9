"""A page, and a change of it that waits for its moment."""

from datetime import timedelta

import pytest
from django.utils import timezone

from publishing.workflow import approve
from tests.drafts import save_draft

HOUR = timedelta(hours=1)


@pytest.fixture
def page(make_page):
    return make_page("Partners")


@pytest.fixture
def approved(page, editor):
    """A change of the page that is approved for one hour from now."""
    revision = save_draft(page, title="Approved title")
    approve(revision, at=timezone.now() + HOUR, by=editor)
    return revision
