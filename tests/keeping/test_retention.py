"""What is kept for a time is really gone from the tables after it, and the privacy page says after how long."""

import os
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from feedback.models import Message
from publishing import daily, retention
from publishing.models import Presence
from resources.models import StoredFile
from search.misses import Miss
from tests.publishing.test_health import add_task
from tests.resources.conftest import take


@pytest.fixture
def old_and_young(db, editor, make_page):
    """One row of each kind that is past its time, and one that is not."""
    now = timezone.now()
    for days, words in ((400, "old"), (30, "young")):
        Message.objects.create(text=words, fingerprint=words, created_at=now - timedelta(days=days))
        Miss.objects.create(
            month=(now - timedelta(days=days)).date(), language="en", words=words, times=3, times_corrected=0
        )
        add_task(status="FAILED", ended=timedelta(days=days / 10))
    for page in (make_page("Old"), make_page("Young")):
        Presence.note(page, editor)
    Presence.objects.filter(object_id=page.pk - 1).update(seen_at=now - timedelta(minutes=3))
    Presence.objects.filter(object_id=page.pk).update(seen_at=now)
    for name, days in (("old", -1), ("young", 1)):
        Session.objects.create(session_key=name, session_data="x", expire_date=now + timedelta(days=days))
    for words, days in ((b"Year\n2009\n", 8), (b"Year\n2010\n", 6)):
        stored = take(words, "years.csv")
        StoredFile.objects.filter(pk=stored.pk).update(created_at=now - timedelta(days=days))


def test_the_daily_work_deletes_what_is_past_its_time_and_nothing_else(old_and_young):
    daily.run()
    assert [message.text for message in Message.objects.all()] == ["young"]
    assert [miss.words for miss in Miss.objects.all()] == ["young"]
    assert [session.session_key for session in Session.objects.all()] == ["young"]
    assert DBTaskResult.objects.filter(task_path="publishing.tasks.send_mail").count() == 1
    assert Presence.objects.count() == 1
    assert StoredFile.objects.count() == 1


def test_files_of_imports_that_nobody_went_on_with_are_deleted(db):
    storage = storages["private"]
    for name, hours in (("old", 25), ("young", 23)):
        storage.save(f"imports/{name}", ContentFile(b"x"))
        moment = (timezone.now() - timedelta(hours=hours)).timestamp()
        os.utime(storage.path(f"imports/{name}"), (moment, moment))
    daily.run()
    assert (storage.exists("imports/old"), storage.exists("imports/young")) == (False, True)
    storage.delete("imports/young")


@pytest.fixture
def privacy(make_page):
    return make_page("Privacy Policy", slug="privacy", addition="retention")


def said(client, page):
    """The page of readers, as one line."""
    return " ".join(client.get(page.get_absolute_url()).content.decode().split())


def test_the_privacy_page_names_every_kind(client, privacy):
    html = said(client, privacy)
    assert len(retention.sentences()) == 11
    for sentence in retention.sentences():
        assert f"<li>{sentence}</li>" in html


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("FEEDBACK_MONTHS", 1, "What you send us by a form, and what we answered: 1 month."),
        ("SESSION_COOKIE_AGE", 3 * 24 * 60 * 60, "Who of our staff is signed in: 3 days after the last time."),
        ("BACKUP_DAYS", 90, "Copies of the whole site, for an emergency: 90 days."),
    ],
)
def test_the_privacy_page_says_what_the_settings_say(client, privacy, settings, name, value, sentence):
    assert sentence not in said(client, privacy)
    setattr(settings, name, value)
    assert sentence in said(client, privacy)


@pytest.mark.parametrize(
    ("place", "value", "sentence"),
    [
        ("search.misses.KEPT_MONTHS", 2, "The words of searches that found nothing: 2 months."),
        ("publishing.tasks.KEPT_WHEN_DONE", timedelta(days=3), "its subject and address: 3 days."),
        ("publishing.pictures.KEPT_AFTER_REPLACING", timedelta(days=1), "another one took: 1 day."),
        ("accounts.models.KEPT", timedelta(days=5), "with a name and an email address: 5 days."),
        ("resources.importing.kept.LIFE", timedelta(days=2), "from which our staff imports publications: 2 days."),
        ("resources.file_store.KEPT_UNUSED", timedelta(days=2), "uploaded and did not use: 2 days."),
    ],
)
def test_the_privacy_page_says_the_numbers_that_the_work_goes_by(client, privacy, monkeypatch, place, value, sentence):
    monkeypatch.setattr(place, value)
    assert sentence in said(client, privacy)
