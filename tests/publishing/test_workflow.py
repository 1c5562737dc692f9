"""From a writer to a reader: review, moments, retirement, groups, mail."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pages.models import Page, RichText
from publishing.models import Activity, Revision, State
from publishing.publish import NotReady, publish, undo_publish
from publishing.retiring import retire
from publishing.revisions import Stale
from publishing.workflow import approve, publish_due, send_back, submit, withdraw
from tests.drafts import change_url, edit, live_tables, save_draft, take_step

HOUR = timedelta(hours=1)


def test_a_text_goes_from_the_writer_by_the_reviewer_to_the_reader(sign_in, client, page, mailoutbox):
    writer, reviewer = sign_in("Writers"), sign_in("Reviewers")
    edit(writer, page, title="New title")
    assert "Sent for review" in take_step(writer, page, "submit", note="Please look").content.decode()
    assert [mail.to for mail in mailoutbox] == [["reviewers@example.org"]]
    assert "Please look" in mailoutbox[0].body
    assert f"https://www.example.org{change_url(page)}" in mailoutbox[0].body
    assert "New title" in reviewer.get("/admin/").content.decode()
    take_step(reviewer, page, "send_back", note="The summary is old")
    assert [mail.to for mail in mailoutbox[1:]] == [["writers@example.org"]]
    assert "The summary is old" in writer.get(change_url(page)).content.decode()
    edit(writer, page, summary="A new summary.")
    take_step(writer, page, "submit")
    assert b"New title" not in client.get("/partners/").content
    take_step(reviewer, page, "publish")
    assert b"New title" in client.get("/partners/").content
    kinds = list(Activity.objects.of(page).order_by("pk").values_list("kind", "author__username"))
    assert kinds == [
        ("submitted", "writers"),
        ("sent_back", "reviewers"),
        ("submitted", "writers"),
        ("published", "reviewers"),
    ]


def test_a_text_that_waits_for_review_goes_on_waiting_when_its_writer_saves_again(sign_in, page):
    writer = sign_in("Writers")
    edit(writer, page, title="One")
    take_step(writer, page, "submit")
    edit(writer, page, title="Two")
    newest = Revision.objects.of(page).newest()
    assert (newest.title, newest.state) == ("Two", Revision.State.SUBMITTED)


def test_sending_back_needs_a_reason(sign_in, page):
    reviewer = sign_in("Reviewers")
    submit(save_draft(page, title="New"), by=reviewer.user)
    assert "This field is required" in take_step(reviewer, page, "send_back").content.decode()
    assert Revision.objects.of(page).newest().state == Revision.State.SUBMITTED


def test_a_new_page_appears_at_its_moment_with_nothing_running(make_page, client, clock, editor):
    page = make_page("Forum", published_at=None)
    moment = timezone.now() + HOUR
    approve(save_draft(page, title="Forum 2027"), at=moment, by=editor)
    assert client.get("/forum/").status_code == 404
    clock(moment)
    assert b"Forum 2027" in client.get("/forum/").content


def test_an_approval_can_be_taken_back(page, clock, editor):
    moment = timezone.now() + HOUR
    revision = save_draft(page, title="Approved")
    approve(revision, at=moment, by=editor)
    withdraw(page, by=editor)
    clock(moment)
    assert publish_due() == 0


def test_a_text_with_faults_is_not_approved(page, editor):
    with pytest.raises(NotReady):
        approve(save_draft(page, summary=""), at=timezone.now() + HOUR, by=editor)


def test_a_moment_that_has_passed_is_refused_in_words(staff_client, page):
    save_draft(page, title="New")
    html = take_step(staff_client, page, "publish", moment="2020-01-01T10:00").content.decode()
    assert "This moment has passed" in html
    assert Page.objects.get(pk=page.pk).title == "Partners"


def test_a_moment_in_a_zone_that_the_database_does_not_know_is_meant_as_it_is_written(staff_client, page):
    revision = save_draft(page, title="Partners, renewed")
    take_step(staff_client, page, "publish", moment="2099-01-01T00:00:00+20:00")
    revision.refresh_from_db()
    assert revision.publish_at == datetime(2098, 12, 31, 4, tzinfo=UTC)


def test_a_retired_page_says_what_it_was_and_what_replaces_it(staff_client, client, make_page, page):
    make_page("Guide")
    take_step(staff_client, page, "retire", replacement="/guide/", note="Out of date")
    response = client.get("/partners/")
    html = response.content.decode()
    assert response.status_code == 410
    assert "Partners" in html
    assert '<a href="/guide/">' in html
    assert "Out of date" not in html
    assert "/partners/" not in client.get("/sitemap.xml").content.decode()


def test_a_page_ends_at_its_moment_with_nothing_running(page, client, clock, editor):
    moment = timezone.now() + HOUR
    retire(page, by=editor, at=moment)
    assert client.get("/partners/").status_code == 200
    clock(moment)
    assert client.get("/partners/").status_code == 410


def test_a_retired_page_that_is_published_again_is_back(page, client, editor):
    retire(page, by=editor)
    publish(save_draft(page, title="Partners again"))
    assert client.get("/partners/").status_code == 200


def test_a_publishing_is_undone_in_one_step_and_no_word_is_lost(staff_client, client, page):
    publish(save_draft(page, title="Wrong title"))
    draft = save_draft(page, title="Work in progress")
    take_step(staff_client, page, "undo")
    assert b"Wrong title" not in client.get("/partners/").content
    titles = set(Revision.objects.of(page).values_list("title", flat=True))
    assert {"Partners", "Wrong title", "Work in progress"} <= titles
    newest = Revision.objects.of(page).newest()
    assert (newest.data, newest.is_open_draft) == (draft.data, True)


def test_undoing_twice_goes_back_and_forth(page, editor):
    publish(save_draft(page, title="Second"))
    undo_publish(page, by=editor)
    assert Page.objects.get(pk=page.pk).title == "Partners"
    undo_publish(page, by=editor)
    assert Page.objects.get(pk=page.pk).title == "Second"


def test_a_deleted_page_is_recovered_with_all_its_blocks(staff_client, client, page):
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>Precious words</p>")
    key = page.pk
    staff_client.post(f"/admin/pages/page/{key}/delete/", {"post": "yes"})
    assert not Page.objects.exists()
    html = staff_client.get("/admin/pages/page/deleted/").content.decode()
    assert "Partners" in html
    staff_client.post(f"/admin/pages/page/{key}/recover/")
    page = Page.objects.get()
    assert (page.pk, page.state) == (key, State.NEW)
    assert client.get("/partners/").status_code == 404
    publish(Revision.objects.of(page).newest())
    assert b"Precious words" in client.get("/partners/").content


def test_who_may_not_delete_may_not_recover(sign_in, page, staff_client):
    staff_client.post(f"/admin/pages/page/{page.pk}/delete/", {"post": "yes"})
    writer = sign_in("Writers")
    assert writer.post(f"/admin/pages/page/{page.pk}/recover/").status_code == 403
    assert not Page.objects.exists()


@pytest.mark.parametrize("note", ["", "  \n"])
def test_a_comment_without_words_is_asked_for_again(sign_in, page, note):
    writer = sign_in("Writers")
    html = take_step(writer, page, "comment", note=note).content.decode()
    assert "Comment added." not in html and "This field is required." in html
    assert not Activity.objects.filter(kind=Activity.Kind.COMMENTED).exists()
    assert "Comment added." in take_step(writer, page, "comment", note="Look at this.").content.decode()
    assert Activity.objects.of(page).first().text == "Look at this."


RIGHTS = {
    # step: who may take it
    "comment": {"Writers", "Reviewers", "Managers"},
    "submit": {"Writers", "Reviewers", "Managers"},
    "publish": {"Reviewers", "Managers"},
    "retire": {"Reviewers", "Managers"},
    "undo": {"Reviewers", "Managers"},
    "send_back": {"Reviewers", "Managers"},
    "withdraw": {"Reviewers", "Managers"},
    "delete": {"Managers"},
}


@pytest.mark.parametrize("name", RIGHTS)
@pytest.mark.parametrize("group", ["Writers", "Reviewers", "Librarians", "Managers"])
def test_each_group_takes_the_steps_that_are_its_own_and_no_others(sign_in, page, group, name):
    publish(save_draft(page, title="Second"))
    save_draft(page, title="Third")
    client = sign_in(group)
    tables = live_tables()
    response = take_step(client, page, name, follow=False, note="A note", post="yes")
    if group in RIGHTS[name]:
        assert response.status_code == 302
    else:
        assert response.status_code == 403
        assert live_tables() == tables


def test_a_manager_cannot_make_herself_or_others_superusers(sign_in, editor, django_user_model):
    manager = sign_in("Managers")
    own = f"/admin/auth/user/{manager.user.pk}/change/"
    other = django_user_model.objects.create_user("new", password="x")
    rights = {"is_superuser": "on", "is_staff": "on", "is_active": "on", "user_permissions": ["1"]}
    for url in (own, f"/admin/auth/user/{other.pk}/change/"):
        manager.post(url, {"username": "new-name"} | rights)
    assert not django_user_model.objects.filter(is_superuser=True).exclude(pk=editor.pk).exists()
    assert manager.post(f"/admin/auth/user/{editor.pk}/change/", {"username": "mine"}).status_code == 403
    assert manager.post(f"/admin/auth/user/{editor.pk}/password/", {"password1": "x"}).status_code == 403


def test_mail_headers_cannot_be_injected_by_a_title(sign_in, page, mailoutbox):
    writer = sign_in("Writers")
    sign_in("Reviewers")
    submit(save_draft(page, title="Title\r\nBcc: evil@example.org"), by=writer.user)
    assert "\n" not in mailoutbox[0].subject
    assert mailoutbox[0].recipients() == ["reviewers@example.org"]


def test_the_dashboard_asks_as_often_for_two_drafts_as_for_forty(staff_client, make_page):
    counts = []
    for number in (2, 40):
        for index in range(number):
            save_draft(make_page(f"Page {number} {index}"), title=f"Draft {index}")
        staff_client.get("/admin/")
        with CaptureQueriesContext(connection) as queries:
            staff_client.get("/admin/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_sending_back_what_was_published_meanwhile_does_nothing(page, editor):
    revision = save_draft(page, title="New")
    submit(revision, by=editor)
    publish(revision)
    with pytest.raises(Stale):
        send_back(revision, by=editor, note="too late")


def test_a_page_that_waits_for_its_moment_is_a_draft_again_when_taken_back(make_page, client, clock, editor):
    page = make_page("Forum", published_at=None)
    moment = timezone.now() + HOUR
    approve(save_draft(page, title="Forum 2027"), at=moment, by=editor)
    retire(page, by=editor)
    clock(moment + HOUR)
    assert client.get("/forum/").status_code == 404
    assert Page.objects.get(pk=page.pk).state == State.NEW
    assert Revision.objects.of(page).newest().is_open_draft


def test_what_was_never_public_cannot_be_taken_offline(staff_client, make_page):
    page = make_page("Forum", published_at=None)
    html = take_step(staff_client, page, "retire").content.decode()
    assert "nothing to take offline" in html
    assert Page.objects.get(pk=page.pk).retired_at is None


def test_drafts_of_a_deleted_page_wait_for_nobody(staff_client, page, clock, editor):
    moment = timezone.now() + HOUR
    approve(save_draft(page, title="First words", author=editor), at=moment, by=editor)
    submit(save_draft(page, title="Second words", author=editor), by=editor)
    clock(moment + HOUR)
    html = staff_client.get("/admin/").content.decode()
    assert html.count("First words") == 1
    assert html.count("Second words") == 2  # for its reviewers, and for its author
    Page.objects.get(pk=page.pk).delete()
    html = staff_client.get("/admin/").content.decode()
    assert "First words" not in html
    assert "Second words" not in html


def test_a_name_with_braces_is_only_a_name(page, editor, sign_in, mailoutbox):
    sign_in("Reviewers")
    editor.username = "{title} {0}"
    editor.save()
    submit(save_draft(page, title="A {title}"), by=editor)
    assert mailoutbox[0].subject == "{title} {0} asks for review: A {title}"


@pytest.mark.parametrize("step", ["publish", "retire"])
def test_a_moment_far_beyond_all_calendars_is_refused_in_words(staff_client, page, step):
    save_draft(page, title="Later")
    html = take_step(staff_client, page, step, moment="9999-12-31T19:00").content.decode()
    assert "Choose a moment up to the year 2200." in html
    assert staff_client.get("/admin/").status_code == 200
    assert not Revision.objects.approved().exists()
