from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from pages.models import MenuItem, Page, RichText
from publishing.models import ContentVersion, State

HOUR = timedelta(hours=1)


def test_an_item_appears_and_goes_by_the_clock_alone(make_page, clock):
    start = timezone.now()
    page = make_page("Forum", published_at=start + HOUR, retired_at=start + 3 * HOUR)
    seen = []
    for moment in (start, start + HOUR, start + 2 * HOUR, start + 3 * HOUR):
        clock(moment)
        seen.append((page.state, page in Page.objects.public()))
    assert seen == [(State.SCHEDULED, False), (State.LIVE, True), (State.LIVE, True), (State.RETIRED, False)]


def test_an_item_without_a_moment_is_never_public(make_page, clock):
    page = make_page("Forum", published_at=None)
    clock(timezone.now() + timedelta(days=10_000))
    assert page.state == State.NEW
    assert not Page.objects.public().exists()


def test_the_lists_of_the_admin_agree_with_the_state_of_each_item(make_page):
    now = timezone.now()
    make_page("New", published_at=None)
    make_page("Scheduled", published_at=now + HOUR)
    make_page("Live", published_at=now - HOUR)
    make_page("Retired", published_at=now - 2 * HOUR, retired_at=now - HOUR)
    for state in State:
        assert [page.title for page in Page.objects.in_state(state)] == [state.value.capitalize()]
        assert all(page.state == state for page in Page.objects.in_state(state))


def test_nothing_is_published_without_a_summary(make_page):
    with pytest.raises(ValidationError, match="Search results show it"):
        make_page("Forum", summary="")
    page = make_page("Forum", summary="", published_at=None)
    with pytest.raises(IntegrityError, match="unpublished_or_complete"), transaction.atomic():
        Page.objects.filter(pk=page.pk).update(published_at=timezone.now())


def test_an_item_cannot_end_before_it_begins(make_page):
    now = timezone.now()
    with pytest.raises(ValidationError, match="Choose a later moment"):
        make_page("Forum", published_at=now, retired_at=now - HOUR)


def test_a_translation_is_in_another_language_and_there_is_one_a_language(make_page):
    page = make_page("Vision")
    with pytest.raises(ValidationError, match="another language"):
        make_page("Vision again", translation_of=page)
    make_page("Visión", language="es", translation_of=page)
    with pytest.raises(ValidationError, match="already exists"):
        make_page("Otra visión", language="es", translation_of=page)


def test_an_item_knows_its_public_counterparts_from_either_side(make_page):
    page = make_page("Vision")
    spanish = make_page("Visión", language="es", translation_of=page)
    assert page.public_translations() == spanish.public_translations() == {"en": page, "es": spanish}
    Page.objects.filter(pk=spanish.pk).update(published_at=None)
    assert page.public_translations() == {"en": page}


def test_deleting_an_account_deletes_no_content(make_page, editor):
    page = make_page("Vision", owner=editor)
    editor.delete()
    page.refresh_from_db()
    assert page.owner is None


@pytest.mark.parametrize("change", ["save", "block", "delete", "menu"])
def test_every_change_of_public_content_raises_the_content_version(make_page, change):
    page = make_page("Vision")
    before = ContentVersion.current()
    match change:
        case "save":
            page.save()
        case "block":
            RichText(parent=page, region="main", text="<p>Words</p>").save()
        case "delete":
            page.delete()
        case "menu":
            MenuItem.objects.create(menu="header", label="Vision", page=page)
    assert ContentVersion.current() > before


def test_a_change_that_is_rolled_back_leaves_the_content_version_as_it_was(make_page):
    page = make_page("Vision")
    before = ContentVersion.current()
    with transaction.atomic():
        page.save()
        transaction.set_rollback(True)
    assert ContentVersion.current() == before
