"""The health page: each line in its good and its bad state, in words, for those who can do something about it."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from keeping.models import Outcome
from publishing import health
from publishing.models import Activity, ContentVersion, Heartbeat, Revision
from publishing.workflow import approve, publish_due, send_back, submit
from tests.drafts import live_tables, save_draft

ADDRESS = "/admin/health/"
HOUR = timedelta(hours=1)


def line(user, name):
    (found,) = (line for line in health.lines_for(user) if str(line.name) == name)
    return found


def add_task(task_path="publishing.tasks.send_mail", status="FAILED", ended=HOUR, **values):
    """A task that ended (or, at work, began) some time ago."""
    moment = timezone.now() - ended
    given = {"args": ["Ann asks for review: Partners", "Text", "maria@example.org"], "kwargs": {"attempt": 6}}
    moments = {"finished_at": moment} if status != "RUNNING" else {}
    row = {"status": status, "task_path": task_path, "args_kwargs": given, "started_at": moment, "run_after": moment}
    return DBTaskResult.objects.create(**row | moments | values)


def approve_due(page, clock, **fields):
    """A change of a live page that was approved for an hour that has passed."""
    draft = save_draft(page, **fields)
    approve(draft, at=timezone.now() + HOUR, by=None)
    clock(timezone.now() + 2 * HOUR)
    return draft


@pytest.fixture
def backed_up(db):
    """What a server does every night, and what it does every week."""
    Outcome.note(Outcome.Kind.BACKUP, True)
    Outcome.note(Outcome.Kind.PROOF, True)


def test_the_page_says_how_each_thing_stands_and_what_to_do(staff_client, backed_up):
    add_task()
    html = staff_client.get(ADDRESS).content.decode()
    assert "<h1>Health of the site</h1>" in html
    assert "2 things need somebody. They stand first." in html
    assert html.index("1 message of the last two weeks") < html.index("None waits past its moment.")
    assert "Tell these people yourself." in html


def test_when_all_is_well_the_page_says_so(staff_client, backed_up):
    Heartbeat.note()
    assert "All is well." in staff_client.get(ADDRESS).content.decode()


def test_looking_writes_nothing(staff_client):
    before = live_tables()
    staff_client.get(ADDRESS)
    assert live_tables() == before


@pytest.mark.parametrize(("group", "may"), [("Managers", True), ("Reviewers", True), ("Writers", False), (None, False)])
def test_who_may_publish_finds_it_on_the_dashboard_and_nobody_else_gets_it(sign_in, group, may):
    client = sign_in(group)
    assert (f'href="{ADDRESS}"' in client.get("/admin/").content.decode()) == may
    assert client.get(ADDRESS).status_code == (200 if may else 403)


def test_a_stranger_is_sent_to_sign_in(client, db):
    assert client.get(ADDRESS)["Location"] == f"/admin/login/?next={ADDRESS}"


def test_a_worker_that_never_looked_is_told_with_what_to_do(editor):
    found = line(editor, "The worker")
    assert not found.is_good
    assert found.sentence == "It has never looked for work."
    assert "python manage.py work" in found.advice


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_looks_is_good_until_it_is_late(editor, clock):
    call_command("work", "--once")
    assert line(editor, "The worker").is_good
    call_command("work", "--once")
    assert Heartbeat.objects.count() == 1
    clock(timezone.now() + timedelta(minutes=6))
    found = line(editor, "The worker")
    assert not found.is_good
    assert "It has not looked for work since" in found.sentence


def test_texts_that_are_due_stand_there_with_the_reason(editor, make_page, clock, staff_client):
    assert line(editor, "Approved texts").is_good
    page = make_page("Partners")
    draft = approve_due(page, clock, title="Partners anew")
    found = line(editor, "Approved texts")
    assert found.sentence == "1 waits although its moment has passed."
    assert found.examples[0][0] == "Partners anew"
    # What was fine when it was approved is not fine now.
    data = draft.data | {"item": draft.data["item"] | {"summary": ""}}
    Revision.objects.filter(pk=draft.pk).update(data=data)
    assert publish_due() == 0
    (example,) = line(editor, "Approved texts").examples
    assert "“Summary” is empty. Fill it in." in example[2]
    html = staff_client.get(ADDRESS).content.decode()
    assert f'<a href="/admin/pages/page/{page.pk}/change/">Partners anew</a>' in html


def test_a_fault_of_the_site_is_a_reason_too(editor, make_page, clock, monkeypatch):
    approve_due(make_page("Partners"), clock)

    def fail(*_args, **_options):
        raise ZeroDivisionError

    monkeypatch.setattr("publishing.workflow.publish", fail)
    assert publish_due() == 0
    assert "A fault of the site stopped it" in line(editor, "Approved texts").examples[0][2]


def test_a_text_that_was_mended_and_published_waits_no_more(editor, make_page, clock):
    draft = approve_due(make_page("Partners"), clock, title="Partners anew")
    assert publish_due() == 1
    assert line(editor, "Approved texts").is_good
    assert Revision.objects.get(pk=draft.pk).waits_because == ""


def test_the_reason_is_written_once_and_forgotten_with_the_next_approval(make_page, clock, caplog, editor):
    draft = approve_due(make_page("Partners"), clock)
    data = draft.data | {"item": draft.data["item"] | {"title": ""}}
    Revision.objects.filter(pk=draft.pk).update(data=data)
    for _ in range(3):
        publish_due()
    assert caplog.text.count("is due but not ready") == 1
    Revision.objects.filter(pk=draft.pk).update(data=draft.data)
    approve(Revision.objects.get(pk=draft.pk), at=timezone.now() + HOUR, by=editor)
    assert Revision.objects.get(pk=draft.pk).waits_because == ""


def test_a_draft_that_waits_for_review_longer_than_a_week_is_told(editor, make_page):
    page = make_page("Partners")
    draft = save_draft(page, title="Partners anew")
    submit(draft, by=editor)
    assert line(editor, "Drafts sent for review").is_good
    Activity.objects.update(created_at=timezone.now() - timedelta(days=8))
    found = line(editor, "Drafts sent for review")
    assert found.sentence == "1 has waited longer than a week."
    assert found.examples[0][0] == "Partners anew"
    # Saving once more does not make it wait less long, sending it again does.
    later = save_draft(page, title="Partners once more")
    assert line(editor, "Drafts sent for review").examples[0][0] == "Partners once more"
    send_back(later, by=editor, note="Not yet")
    submit(later, by=editor)
    assert line(editor, "Drafts sent for review").is_good


def test_mail_that_failed_is_told_with_subject_and_address(editor):
    assert line(editor, "Mail").is_good
    add_task()
    add_task(ended=timedelta(days=20))
    add_task(status="SUCCESSFUL")
    found = line(editor, "Mail")
    assert found.sentence == "1 message of the last two weeks could not be handed over."
    assert found.examples[0][0] == "“Ann asks for review: Partners” to maria@example.org"
    assert line(editor, "Other tasks").is_good


def test_another_task_that_failed_is_told_by_its_name(editor):
    add_task("library.tasks.read_pages")
    found = line(editor, "Other tasks")
    assert found.sentence == "1 has failed in the last two weeks."
    assert found.examples[0][0] == "read pages"
    assert line(editor, "Mail").is_good


def test_a_task_that_runs_too_long_is_told(editor):
    add_task(status="RUNNING", ended=timedelta(minutes=5))
    assert line(editor, "Tasks at work").is_good
    add_task(status="RUNNING", ended=timedelta(minutes=20))
    assert line(editor, "Tasks at work").sentence == "1 has run longer than a quarter of an hour."


def test_the_content_version_is_shown(editor):
    ContentVersion.bump()
    found = line(editor, "Content version")
    assert found.is_good
    assert found.sentence.startswith(f"{ContentVersion.current()}. ")


def test_another_app_adds_a_line_by_registering_it_once(editor, monkeypatch):
    monkeypatch.setattr(health, "_sources", list(health._sources))

    def backups(user):
        yield health.Line("Backups", "The last one is a month old.", False, "Make one.")

    health.register(backups)
    health.register(backups)
    assert line(editor, "Backups").advice == "Make one."


def test_more_rows_cost_no_more_queries(editor, staff_client, make_page, clock):
    def add(count):
        for _ in range(count):
            page = make_page(f"Page {Revision.objects.count()}")
            approve(save_draft(page, title="Due"), at=timezone.now() + HOUR, by=editor)
            page = make_page(f"Page {Revision.objects.count()}")
            submit(save_draft(page, title="Waiting"), by=editor)
            add_task()
            add_task("library.tasks.read_pages")
            add_task(status="RUNNING")
        Activity.objects.update(created_at=timezone.now() - timedelta(days=8))

    def look():
        now = timezone.now()
        clock(now + 2 * HOUR)
        with CaptureQueriesContext(connection) as queries:
            html = staff_client.get(ADDRESS).content.decode()
        clock(now)
        return len(queries), html

    add(2)
    look()
    few, html = look()
    assert "2 wait although their moments have passed." in html
    add(10)
    many, html = look()
    assert "12 wait although their moments have passed." in html
    assert "12 have waited longer than a week." in html
    assert few == many
