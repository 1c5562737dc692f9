"""Nothing becomes public, or leaves the way to the public, that nobody decided."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.models import Page, RichText
from publishing.models import Activity, Revision, State
from publishing.publish import NotReady, ensured_revision, publish, publish_together, recover, undo_publish
from publishing.retiring import retire
from publishing.revisions import Stale
from publishing.workflow import approve, publish_due, submit
from tests.drafts import block, change_url, save_draft, take_step

HOUR = timedelta(hours=1)


def test_a_reviewer_publishes_the_words_that_she_saw_and_no_later_ones(sign_in, client, page):
    reviewer = sign_in("Reviewers")
    seen = save_draft(page, title="Words she saw")
    save_draft(page, title="Words she never saw")
    html = take_step(reviewer, page, "publish", seen=seen, note="Looks good to me").content.decode()
    assert "a newer text was saved" in html
    assert "Looks good to me" in html
    assert b"Words she" not in client.get("/partners/").content
    take_step(reviewer, page, "publish")
    assert b"Words she never saw" in client.get("/partners/").content


def test_a_step_without_the_version_that_was_seen_is_asked_again(staff_client, page):
    save_draft(page, title="New")
    staff_client.post(f"/admin/pages/page/{page.pk}/publish/", {"note": ""})
    assert Page.objects.get(pk=page.pk).title == "Partners"


def test_a_writer_cannot_take_an_approval_back_by_asking_for_review(sign_in, page, approved):
    take_step(sign_in("Writers"), page, "submit")
    approved.refresh_from_db()
    assert approved.state == Revision.State.APPROVED


def test_an_approval_is_taken_back_when_drafts_were_saved_on_top_of_it(staff_client, page, approved, clock):
    for number in range(6):
        save_draft(page, title=f"Later draft {number}")
    html = staff_client.get(change_url(page)).content.decode()
    assert f"Version {approved.number} is published" in html
    assert f"/admin/pages/page/{page.pk}/withdraw/" in html
    take_step(staff_client, page, "withdraw", note="Not yet")
    clock(timezone.now() + 2 * HOUR)
    assert publish_due() == 0
    assert Activity.objects.of(page).filter(kind="withdrawn", revision=approved, text="Not yet").exists()


def test_a_page_that_was_taken_offline_does_not_come_back_by_an_earlier_approval(client, page, approved, editor, clock):
    retire(page, by=editor)
    clock(timezone.now() + 2 * HOUR)
    assert publish_due() == 0
    assert client.get("/partners/").status_code == 410
    approved.refresh_from_db()
    assert approved.state == Revision.State.WORKING


def test_what_is_approved_for_before_the_end_of_a_page_is_still_published(client, page, approved, editor, clock):
    now = timezone.now()
    retire(page, by=editor, at=now + 3 * HOUR)
    clock(now + 2 * HOUR)
    assert publish_due() == 1
    assert b"Approved title" in client.get("/partners/").content
    clock(now + 4 * HOUR)
    assert client.get("/partners/").status_code == 410


def test_a_worker_that_comes_late_brings_no_page_back_that_ended_meanwhile(client, page, approved, editor, clock):
    now = timezone.now()
    retire(page, by=editor, at=now + 3 * HOUR)
    clock(now + 4 * HOUR)
    publish_due()
    assert client.get("/partners/").status_code == 410
    assert list(Revision.objects.due()) == []


def test_a_page_taken_back_before_its_first_moment_does_not_appear_by_an_approval(client, make_page, editor, clock):
    page, now = make_page("Forum", published_at=None), timezone.now()
    approve(save_draft(page, title="First plan"), at=now + HOUR, by=editor)
    approve(save_draft(page, title="Second plan"), at=now + 2 * HOUR, by=editor)
    retire(page, by=editor)
    clock(now + 3 * HOUR)
    assert publish_due() == 0
    assert client.get("/forum/").status_code == 404


def test_a_page_taken_offline_comes_back_at_a_moment_that_was_approved_afterwards(page, client, clock, editor):
    moment = timezone.now() + HOUR
    retire(page, by=editor)
    approve(save_draft(Page.objects.get(pk=page.pk), title="Back again"), at=moment, by=editor)
    clock(moment)
    assert publish_due() == 1
    assert b"Back again" in client.get("/partners/").content


def test_a_page_that_was_deleted_and_brought_back_waits_for_a_new_decision(page, approved, clock):
    key = page.pk
    page.delete()
    recover(Page, key)
    clock(timezone.now() + 2 * HOUR)
    assert publish_due() == 0
    assert Page.objects.get(pk=key).state == State.NEW


def test_a_page_that_was_brought_back_is_not_called_live(staff_client, page):
    ensured_revision(page)
    key = page.pk
    page.delete()
    html = staff_client.get(change_url(recover(Page, key))).content.decode()
    assert "Draft of a live page" not in html
    assert f"/admin/pages/page/{key}/undo/" not in html


def test_undoing_a_publishing_brings_no_page_back_that_was_taken_offline(staff_client, client, page, editor):
    publish(save_draft(page, title="Second"))
    retire(page, by=editor)
    assert "no earlier public text" in take_step(staff_client, page, "undo").content.decode()
    assert client.get("/partners/").status_code == 410


def test_undoing_a_publishing_shows_no_page_before_its_moment(client, make_page, editor):
    page = make_page("Forum", published_at=None)
    for title in ("First plan", "Second plan"):
        publish(save_draft(page, title=title), by=editor, at=timezone.now() + HOUR)
    with pytest.raises(NotReady):
        undo_publish(page, by=editor)
    assert client.get("/forum/").status_code == 404


def test_undo_is_offered_only_where_something_was_public_before(staff_client, make_page):
    page = make_page("Forum", published_at=None)
    save_draft(page, title="Draft")
    publish(save_draft(page, title="First"))
    assert f"/admin/pages/page/{page.pk}/undo/" not in staff_client.get(change_url(page)).content.decode()
    publish(save_draft(page, title="Second"))
    assert f"/admin/pages/page/{page.pk}/undo/" in staff_client.get(change_url(page)).content.decode()


def test_undoing_keeps_its_reason_and_the_way_of_the_open_draft(staff_client, page, editor):
    publish(save_draft(page, title="Wrong"))
    submit(save_draft(page, title="In review"), by=editor)
    take_step(staff_client, page, "undo", note="The date was wrong")
    newest = Revision.objects.of(page).newest()
    assert (newest.title, newest.state) == ("In review", Revision.State.SUBMITTED)
    assert Activity.objects.of(page).filter(kind="published", text="The date was wrong").exists()


def test_a_text_in_review_goes_on_waiting_when_an_old_one_is_brought_back(staff_client, page, editor):
    first = ensured_revision(page)
    submit(save_draft(page, title="In review"), by=editor)
    staff_client.post(f"/admin/pages/page/{page.pk}/restore/{first.pk}/")
    newest = Revision.objects.of(page).newest()
    assert (newest.title, newest.state) == ("Partners", Revision.State.SUBMITTED)


def test_an_older_text_never_follows_a_later_one_on_a_page_that_waits_for_its_moment(make_page):
    page = make_page("Forum", published_at=timezone.now() + HOUR)
    older = save_draft(page, title="Older")
    later = save_draft(page, title="Later")
    publish(later)
    assert Revision.objects.of(page).last_published() == later
    with pytest.raises(Stale):
        publish(older)


def test_a_text_that_was_copied_with_its_keys_writes_into_no_other_page(page, make_page):
    words = RichText.objects.create(parent=page, region="main", ordering=10, text="<p>Their words</p>")

    def copy(data):
        data["parts"]["pages.richtext"] = [block(id=words.pk, text="<p>Changed in the copy</p>")]

    with pytest.raises(NotReady, match="belongs to another text"):
        publish(save_draft(make_page("Copy"), copy))
    words.refresh_from_db()
    assert words.text == "<p>Their words</p>"


def test_two_texts_that_were_copied_with_their_keys_cannot_be_published_together(make_page):
    rows = [block(text="<p>Twice</p>")]

    def copy(data):
        data["parts"]["pages.richtext"] = rows

    drafts = [save_draft(make_page(title), copy) for title in ("One", "Two")]
    with pytest.raises(NotReady, match="belongs to another text"):
        publish_together(drafts)
    assert not RichText.objects.exists()
    assert not Revision.objects.filter(pk__in=[draft.pk for draft in drafts], published_at__isnull=False).exists()


def test_of_texts_that_are_published_together_one_that_is_public_already_stops_all(page, make_page):
    other = save_draft(make_page("Other"), title="Another title")
    draft = save_draft(page, title="Once")
    publish(draft)
    with pytest.raises(Stale):
        publish_together([other, draft])
    assert Page.objects.get(slug="other").title == "Other"


def test_the_author_hears_when_a_new_page_is_approved_for_a_moment(sign_in, make_page, editor, mailoutbox):
    writer = sign_in("Writers")
    page = make_page("Forum", published_at=None)
    approve(save_draft(page, title="Forum 2027", author=writer.user), at=timezone.now() + HOUR, by=editor)
    assert [mail.to for mail in mailoutbox] == [["writers@example.org"]]
