"""Publishing while others rename, merge, move or import: nobody waits for long, and no two for each other."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone
from taggit.models import Tag

from coalition_site.errors import is_without_database
from pages.models import Page
from publishing import workflow
from publishing.models import ContentVersion
from publishing.publish import publish
from publishing.workflow import approve, publish_due
from resources.importing.applying import one_at_a_time
from resources.models import Publication
from search.models import Statistics
from tests.coalition_site.refusals import assert_stands_in_both_languages
from tests.drafts import change_url, fields_of, save_draft, take_step
from tests.library import draft_work, person, publish_work
from tests.threads import in_threads
from vocabulary import merging, models, tags

SOON = 10  # seconds, in which a thread must have come to wait

at_once = pytest.mark.django_db(transaction=True)


def until_somebody_waits(done):
    """Return when some connection waits for a lock that another holds, or when what might have waited is done."""
    end = time.monotonic() + SOON
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute("SELECT FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() is not None or done.wait(0.02):
                return
    raise AssertionError("It neither waits nor comes to its end.")


@pytest.fixture
def while_changing(monkeypatch):
    """A function: `change()` rests before it calls `place.name` until `other()`, begun then, is done or has to wait."""

    def run(change, place, name, other):
        begun, done, function = threading.Event(), threading.Event(), getattr(place, name)

        def stopped(*arguments):
            begun.set()
            until_somebody_waits(done)
            return function(*arguments)

        def work(index):
            if index:
                return change()
            begun.wait(SOON)
            try:
                return other()
            finally:
                done.set()

        monkeypatch.setattr(place, name, stopped)
        return in_threads(2, work)

    return run


def rename(record):
    record.family, record.slug = "Blank", "blank"
    record.save()


def renamed_tag(tag):
    tag.name, tag.slug = "Families", "families"
    tags.save_tag(tag, "family")


@at_once
def test_a_person_is_renamed_while_a_work_of_hers_is_published(while_changing):
    author = person("Melaville")
    draft = draft_work("Changed", work=publish_work("One", authors=[author]), authors=[author])
    found = while_changing(lambda: rename(author), models, "show_anew", lambda: publish(draft))
    assert [one for one in found if isinstance(one, Exception)] == []
    assert Publication.objects.get().title == "Changed"


@at_once
def test_a_person_is_renamed_in_her_form_while_a_work_of_hers_is_published(while_changing, staff_client):
    author = person("Melaville")
    draft = draft_work("Changed", work=publish_work("One", authors=[author]), authors=[author])
    address = f"/admin/vocabulary/person/{author.pk}/change/"
    form = fields_of(staff_client.get(address).content.decode()) | {"family": "Blank", "slug": "blank"}

    def change():
        return staff_client.post(address, form | {"_save": "Save"}).status_code

    assert while_changing(change, models, "lock_items", lambda: publish(draft).title) == ["Changed", 302]


@at_once
def test_two_people_are_merged_while_a_work_of_one_is_published(while_changing):
    gone, keep = person("Melaville", "A."), person("Melaville", "Atelia")
    draft = draft_work("Changed", work=publish_work("One", authors=[keep, gone]), authors=[keep])
    found = while_changing(lambda: merging.merge(gone, keep), merging, "show_anew", lambda: publish(draft))
    assert [one for one in found if isinstance(one, Exception)] == []
    assert [one.person for one in Publication.objects.get().contributors.all()] == [keep]


@at_once
def test_a_tag_is_renamed_while_a_work_with_it_is_published(while_changing):
    draft = draft_work("Changed", work=publish_work("One", tags=["family"]), tags=["family"])
    tag = Tag.objects.get()
    found = while_changing(lambda: renamed_tag(tag), tags, "show_anew", lambda: publish(draft))
    assert [one for one in found if isinstance(one, Exception)] == []


@at_once
def test_a_page_moves_while_one_below_it_is_published(while_changing, make_page):
    above = make_page("Above")
    draft = save_draft(make_page("Below", parent=above), title="Changed")
    above.slug = "moved"
    found = while_changing(above.save, Page, "_move_from", lambda: publish(draft))
    assert [one for one in found if isinstance(one, Exception)] == []


@at_once
def test_a_page_moves_while_one_below_it_that_is_older_is_published(while_changing, make_page):
    below, above = make_page("Below"), make_page("Above")
    below.parent = above
    below.save()
    draft = save_draft(below, title="Changed")
    above.slug = "moved"
    found = while_changing(above.save, Page, "_move_from", lambda: publish(draft))
    assert [one for one in found if isinstance(one, Exception)] == []
    assert Page.objects.get(title="Changed").path == "/moved/below/"


@at_once
def test_a_page_moves_while_a_new_one_is_published_below_it(while_changing, make_page):
    above = make_page("Above")
    draft = save_draft(Page.create_stub(), title="Newcomer", slug="newcomer", summary="New.", parent_id=above.pk)
    above.slug = "moved"
    found = while_changing(above.save, Page, "_move_from", lambda: publish(draft))
    assert [one for one in found if isinstance(one, Exception)] == []
    assert Page.objects.get(title="Newcomer").path == "/moved/newcomer/"


@at_once
def test_others_publish_while_an_import_is_at_work_and_readers_see_both_when_each_is_done(db):
    imported, other = draft_work("Imported"), draft_work("Of an editor")
    Statistics.objects.update(is_due=False)  # no words wait to be counted, as on a quiet day
    written, done = threading.Event(), threading.Event()

    def work(index):
        if index:
            with one_at_a_time():
                publish(imported)
                written.set()
                done.wait(SOON)
            return None
        written.wait(SOON)
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '3s'")
        try:
            before = ContentVersion.current()
            publish(other)
            return ContentVersion.current() - before, Publication.objects.public().count()
        finally:
            done.set()

    before = ContentVersion.current()
    assert in_threads(2, work) == [(1, 1), None]
    assert ContentVersion.current() == before + 2
    assert Publication.objects.public().count() == 2


def test_many_changes_of_one_transaction_raise_the_version_once_and_keep_that_something_was_taken(db):
    ContentVersion.bump()
    number, _removal = ContentVersion.marks().get()
    with ContentVersion.raised_at_the_end():
        with ContentVersion.raised_at_the_end():
            ContentVersion.bump(is_removal=True)
        ContentVersion.bump()
        assert ContentVersion.current() == number
    assert ContentVersion.marks().get() == (number + 1, number + 1)


def test_what_breaks_before_the_end_leaves_the_version_as_it_was(db):
    ContentVersion.bump()
    before = ContentVersion.marks().get()

    def broken():
        with ContentVersion.raised_at_the_end():
            ContentVersion.bump()
            return 1 / 0

    with pytest.raises(ZeroDivisionError):
        broken()
    assert ContentVersion.marks().get() == before
    ContentVersion.bump()
    assert ContentVersion.current() == before[0] + 1


# Where two wait for each other all the same, Postgres undoes what one of them has done.


def in_a_circle():
    """Let Postgres find a deadlock, as of two connections that wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("DO $$ BEGIN RAISE deadlock_detected; END $$")


@pytest.fixture
def circles(monkeypatch):
    """A function: `place.name` ends in a deadlock so many times, then does its work."""

    def prepare(place, name, times):
        function, left = getattr(place, name), [None] * times

        def run(*arguments, **options):
            if left:
                left.pop()
                in_a_circle()
            return function(*arguments, **options)

        monkeypatch.setattr(place, name, run)

    return prepare


@at_once
def test_a_step_is_taken_once_more_after_a_deadlock(staff_client, make_page, circles):
    page = make_page("Partners")
    save_draft(page, title="Changed")
    circles(workflow, "publish", 1)
    assert "Published. Readers see it now." in take_step(staff_client, page, "publish").content.decode()
    assert Page.objects.get().title == "Changed"


@at_once
def test_after_a_second_deadlock_nothing_is_done_and_it_says_what_to_do(staff_client, make_page, circles):
    page = make_page("Partners")
    save_draft(page, title="Changed")
    circles(workflow, "publish", 2)
    response = take_step(staff_client, page, "publish")
    assert response.status_code == 409
    assert_stands_in_both_languages(response, "Somebody else changed the same", "Otra persona cambió lo mismo")
    assert staff_client.get(change_url(page)).status_code == 200
    assert Page.objects.get().title == "Partners"


@at_once
def test_a_deadlock_over_one_text_keeps_no_other_from_its_moment(make_page, circles, clock, editor):
    moment = timezone.now() + timedelta(hours=1)
    for title in ("First", "Second"):
        approve(save_draft(make_page(title), summary="New words."), at=moment, by=editor)
    clock(moment)
    circles(workflow, "publish", 1)
    assert [publish_due(), publish_due()] == [1, 1]
    circles(workflow, "publish", 0)
    assert set(Page.objects.values_list("summary", flat=True)) == {"New words."}


def test_a_deadlock_is_no_database_that_is_away(db):
    with pytest.raises(OperationalError) as deadlock:
        in_a_circle()
    assert not is_without_database(deadlock.value)
