"""What was approved for a moment becomes public at that moment, whatever became of other texts; mail is sent."""

import os
import signal
import socket
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pages.models import Page
from publishing import daily, hooks
from publishing.models import Heartbeat, Revision
from publishing.publish import publish
from publishing.tasks import send_mail
from publishing.workflow import approve, publish_due
from tests.drafts import save_draft

HOUR = timedelta(hours=1)


@pytest.mark.django_db(transaction=True)
def test_a_change_of_a_live_page_is_applied_at_its_moment_by_the_worker(page, client, clock, editor):
    moment = timezone.now() + HOUR
    approve(save_draft(page, title="Later title"), at=moment, by=editor)
    call_command("work", "--once")
    assert b"Later title" not in client.get("/partners/").content
    clock(moment)
    call_command("work", "--once")
    assert b"Later title" in client.get("/partners/").content
    assert publish_due() == 0


def test_a_later_draft_changes_nothing_about_what_was_approved(page, client, clock, editor):
    moment = timezone.now() + HOUR
    approved = save_draft(page, title="Approved")
    approve(approved, at=moment, by=editor)
    later = save_draft(page, title="Not approved")
    clock(moment)
    assert publish_due() == 1
    assert b"Approved" in client.get("/partners/").content
    assert Revision.objects.of(page).newest() == later
    assert later in Revision.objects.open_drafts()


def test_a_text_that_was_overtaken_before_its_moment_is_a_draft_again(page, clock, editor):
    moment = timezone.now() + HOUR
    revision = save_draft(page, title="Approved")
    approve(revision, at=moment, by=editor)
    publish(save_draft(page, title="Quicker"))
    clock(moment)
    assert publish_due() == 0
    revision.refresh_from_db()
    assert (revision.state, revision.published_at) == (Revision.State.WORKING, None)
    assert Page.objects.get(pk=page.pk).title == "Quicker"


def test_what_is_due_and_cannot_be_published_waits_and_is_shown(page, make_page, clock, editor, staff_client):
    moment = timezone.now() + HOUR
    revision = save_draft(page, slug="taken", title="Clashing text")
    approve(revision, at=moment, by=editor)
    make_page("Taken")
    clock(moment + HOUR)
    assert publish_due() == 0
    html = staff_client.get("/admin/").content.decode()
    assert "Clashing text" in html
    assert "Overdue" in html


def test_an_approved_text_whose_page_was_deleted_does_not_stop_the_worker(page, make_page, client, clock, editor):
    moment = timezone.now() + HOUR
    gone, other = save_draft(page, title="Gone"), save_draft(make_page("Forum"), title="Forum 2027")
    approve(gone, at=moment, by=editor)
    approve(other, at=moment + HOUR, by=editor)
    page.delete()
    clock(moment + 2 * HOUR)
    assert publish_due() == 1
    assert b"Forum 2027" in client.get("/forum/").content
    assert list(Revision.objects.due()) == []


def test_a_text_that_fails_unexpectedly_keeps_no_other_waiting(page, make_page, client, clock, editor, monkeypatch):
    moment = timezone.now() + HOUR
    failing, other = save_draft(page, title="Failing"), save_draft(make_page("Forum"), title="Forum 2027")
    approve(failing, at=moment, by=editor)
    approve(other, at=moment + HOUR, by=editor)

    def index(items):
        if items[0].title == "Failing":
            raise RuntimeError("the index is broken")

    monkeypatch.setattr(hooks, "_on_publish", [index])
    clock(moment + 2 * HOUR)
    assert publish_due() == 1
    assert b"Forum 2027" in client.get("/forum/").content
    assert list(Revision.objects.due()) == [failing]


@pytest.fixture
def a_mail(transactional_db, settings):
    """A message that waits for the worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    send_mail.enqueue("For you", "Text", "writer@example.org")


def die_while_sending():
    """Fork a worker that is killed while it sends its first message, and wait for its end."""
    child = os.fork()
    if child:
        return os.waitpid(child, 0)
    try:
        connection.connection = None  # the parent's; this process makes its own
        EmailMessage.send = lambda message: os.kill(os.getpid(), signal.SIGKILL)
        call_command("work", "--once")
    finally:
        os._exit(0)


def test_mail_that_a_killed_worker_had_taken_is_sent_by_the_next_one_at_once(a_mail, mailoutbox):
    die_while_sending()
    assert DBTaskResult.objects.running().count() == 1
    call_command("work", "--once")
    assert [mail.subject for mail in mailoutbox] == ["For you"]


def test_a_task_that_kills_its_workers_lets_others_have_their_turn(a_mail, mailoutbox, monkeypatch):
    for _time in range(3):
        die_while_sending()
    send_mail.enqueue("Another", "Text", "writer@example.org")
    call_command("work", "--once")
    assert [mail.subject for mail in mailoutbox] == ["Another"]
    begun = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: begun + timedelta(minutes=11))
    call_command("work", "--once")
    assert [mail.subject for mail in mailoutbox] == ["Another", "For you"]


@pytest.mark.parametrize("worker", [f"{socket.gethostname()}:{os.getppid()}", "another-machine:1", "worker", None])
def test_what_another_worker_may_still_be_doing_is_left_to_it_for_ten_minutes(a_mail, mailoutbox, worker):
    begun = {"status": TaskResultStatus.RUNNING, "worker_ids": [worker] if worker else []}
    tasks = DBTaskResult.objects.filter(task_path=send_mail.module_path)
    for minutes, sent in ((9, []), (11, ["For you"])):
        tasks.update(started_at=timezone.now() - timedelta(minutes=minutes), **begun)
        call_command("work", "--once")
        assert [mail.subject for mail in mailoutbox] == sent


@pytest.fixture
def three_mails(transactional_db, settings):
    """Three messages that wait for the worker: "1", "2" and "3"."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    for subject in "123":
        send_mail.enqueue(subject, "Text", "writer@example.org")
    handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in handlers.items():
        signal.signal(number, handler)  # the worker puts its own in their place


def test_what_comes_due_is_published_before_the_next_task(page, editor, clock, three_mails, monkeypatch):
    moment = timezone.now() + HOUR
    approve(save_draft(page, title="Later title"), at=moment, by=editor)
    seen = []

    def send(message):
        seen.append((message.subject, Page.objects.get(pk=page.pk).title, Heartbeat.last() == moment))
        clock(moment)

    monkeypatch.setattr(EmailMessage, "send", send)
    call_command("work", "--once")
    assert seen == [("1", "Partners", False), ("2", "Later title", True), ("3", "Later title", True)]


def test_between_two_tasks_the_worker_does_not_rest(three_mails, mailoutbox, monkeypatch):
    monkeypatch.setattr("threading.Event.wait", lambda *_: signal.raise_signal(signal.SIGTERM))
    call_command("work")
    assert [mail.subject for mail in mailoutbox] == ["1", "2", "3"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_that_is_asked_to_stop_ends_after_the_task_at_hand(three_mails, monkeypatch, number):
    sent = []

    def send(message):
        signal.raise_signal(number)
        sent.append(message.subject)

    monkeypatch.setattr(EmailMessage, "send", send)
    call_command("work")
    assert sent == ["1"]
    assert DBTaskResult.objects.ready().filter(task_path=send_mail.module_path).count() == 2


@pytest.mark.django_db
def test_mail_that_was_sent_is_forgotten_within_a_day(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    tasks = [send_mail.enqueue(subject, "Dear Ada", "ada@example.org") for subject in ("Sent", "Failed", "Waits")]
    rows = [DBTaskResult.objects.filter(pk=task.id) for task in tasks]
    ended = {"started_at": timezone.now(), "finished_at": timezone.now()}
    rows[0].update(status=TaskResultStatus.SUCCESSFUL, **ended)
    rows[1].update(status=TaskResultStatus.FAILED, **ended)
    for _day in range(2):
        daily.run()
    held = [[row.args_kwargs["args"] for row in found] for found in rows]
    assert held == [[], [["Failed", "", "ada@example.org"]], [["Waits", "Dear Ada", "ada@example.org"]]]


@pytest.mark.django_db
def test_what_was_done_is_forgotten_after_two_weeks(settings, clock):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    send_mail.enqueue("Answer", "Dear Ada", "ada@example.org")
    done = DBTaskResult.objects.filter(pk=DBTaskResult.objects.get().pk)
    waiting = send_mail.enqueue("Waits", "Text", "somebody@example.org")
    done.update(status=TaskResultStatus.FAILED, started_at=timezone.now(), finished_at=timezone.now())
    daily.run()
    assert done.count() == 1
    clock(timezone.now() + timedelta(days=14, minutes=1))
    daily.run()
    assert not done.exists()
    assert DBTaskResult.objects.filter(pk=waiting.id).exists()
