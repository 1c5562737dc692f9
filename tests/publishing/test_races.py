"""What two do at the same time, and what breaks in the middle: no text goes where nobody sent it."""

from datetime import timedelta
from unittest.mock import patch

import pytest
from django.utils import timezone

from pages.models import Page
from publishing import workflow
from publishing.models import Activity, Revision
from publishing.publish import NotReady, publish, undo_publish
from publishing.revisions import item_of
from publishing.workflow import approve, publish_due, withdraw
from tests.drafts import save_draft
from tests.library import draft_work, publish_work

HOUR = timedelta(hours=1)


def test_what_is_taken_back_while_the_worker_publishes_others_stays_a_draft(make_page, client, clock, editor):
    moment = timezone.now() + HOUR
    pages = [make_page(title) for title in ("First", "Second")]
    for page in pages:
        approve(save_draft(page, title=f"{page.title}, changed"), at=moment, by=editor)
    clock(moment)
    due = Revision.objects.due()
    assert len(due) == 2  # fetched: the worker has its list
    withdraw(pages[1], by=editor)
    with patch.object(Revision.objects, "due", side_effect=[due, Revision.objects.due(), Revision.objects.due()]):
        assert publish_due() == 1
    assert Page.objects.get(pk=pages[1].pk).title == "Second"
    assert Revision.objects.of(pages[1]).newest() in Revision.objects.open_drafts()


def test_a_moment_holds_although_a_colleague_publishes_an_earlier_text_at_the_same_time(editor, clock):
    page = Page.create_stub()
    first = save_draft(page, title="First words", slug="words", summary="Words.")
    second = save_draft(page, title="Words for Monday")

    def publish_first(revision, **options):
        publish(first)
        return item_of(revision, **options)

    with patch.object(workflow, "item_of", side_effect=publish_first):
        approve(second, at=timezone.now() + HOUR, by=editor)
    assert Page.objects.get(pk=page.pk).title == "First words"
    assert Revision.objects.approved().get() == second


def test_after_an_undo_no_earlier_approval_is_left_that_nobody_can_keep(page, approved, editor):
    save_draft(page, title="Working on")
    publish(first_published := Revision.objects.of(page).newest())
    assert first_published.published_at
    later = save_draft(page, title="For Monday")
    approve(later, at=timezone.now() + HOUR, by=editor)
    draft = save_draft(page, title="Still writing")
    undo_publish(page, by=editor)
    assert not Revision.objects.approved().exists()
    assert Revision.objects.of(page).newest().data == draft.data
    assert Activity.objects.filter(kind=Activity.Kind.WITHDRAWN, revision=later).exists()


def test_an_undo_leaves_the_newest_draft_approved_once(page, editor):
    publish(save_draft(page, title="Wrong"))
    approve(save_draft(page, title="For Monday"), at=timezone.now() + HOUR, by=editor)
    undo_publish(page, by=editor)
    assert [one.title for one in Revision.objects.approved()] == ["For Monday"]
    assert Revision.objects.approved().get() == Revision.objects.of(page).newest()


def test_where_one_of_many_cannot_be_deleted_all_stay(staff_client, make_page, monkeypatch):
    pages = [make_page(title) for title in ("First", "Second")]
    log = Activity.log

    def fail(item, *args, **options):
        if item == pages[1]:
            raise ZeroDivisionError
        return log(item, *args, **options)

    monkeypatch.setattr(Activity, "log", fail)
    with pytest.raises(ZeroDivisionError):
        staff_client.post(
            "/admin/pages/page/",
            {"action": "delete_selected", "_selected_action": [page.pk for page in pages], "post": "yes"},
        )
    assert Page.objects.count() == 2


@pytest.mark.django_db
def test_a_number_that_another_work_took_a_moment_ago_is_said_to_be_taken():
    publish_work("First", identifiers=[("eric", "ED477535")])
    second = draft_work("Second", identifiers=[("eric", "ED477535")])
    with pytest.raises(NotReady) as refused:
        publish(second, check_constraints=False)
    assert refused.value.sentences() == [
        "Another publication has this number already. Look for it: it may be the same work."
    ]
