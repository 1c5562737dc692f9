"""The lists of the admin and its first page: what is found, and how staff get to what waits."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.admin import PageAdmin
from pages.models import Page
from publishing.dashboard import waiting_for
from publishing.models import Revision
from publishing.publish import ensured_revision
from publishing.workflow import approve, submit
from tests.drafts import form_data, save_draft
from tests.library import publish_work
from tests.reads import rows_read

LIST = "/admin/pages/page/"


def listed(client, query):
    """The titles in a list of the admin."""
    return [str(item.newest_title or item) for item in client.get(LIST + query).context["cl"].result_list]


@pytest.fixture
def idea(sign_in):
    """A page that was never public, with a title in its draft."""
    writer = sign_in("Writers", "wendy")
    writer.post(f"{LIST}add/", form_data(title="Gardens of schools"))
    page = Page.objects.get()
    page.writer = writer
    return page


def test_the_search_finds_a_page_by_the_title_of_its_draft(staff_client, idea, make_page):
    partners = make_page("Partners")
    save_draft(partners, title="Friends and gardens")
    assert sorted(listed(staff_client, "?q=gardens")) == ["Friends and gardens", "Gardens of schools"]
    assert listed(staff_client, "?q=partners") == ["Friends and gardens"]  # what readers see is found as well
    assert listed(staff_client, "?q=gardens+friends") == ["Friends and gardens"]


def test_a_title_that_no_version_has_any_more_is_not_found(staff_client, make_page):
    page = make_page("Partners")
    save_draft(page, title="Friends")
    save_draft(page, title="Allies")
    assert listed(staff_client, "?q=friends") == []


def test_where_a_page_is_chosen_it_is_offered_by_the_title_of_its_draft(staff_client, idea, make_page):
    query = {"app_label": "pages", "model_name": "page", "field_name": "parent", "term": "gardens"}
    assert [row["text"] for row in staff_client.get("/admin/autocomplete/", query).json()["results"]] == [
        "Gardens of schools"
    ]
    below = make_page("Tools")
    save_draft(below, parent_id=idea.pk)
    html = staff_client.get(f"{LIST}{below.pk}/change/").content.decode()
    assert f'<option value="{idea.pk}" selected>Gardens of schools</option>' in " ".join(html.split())


def test_works_are_offered_in_the_order_of_their_titles(staff_client):
    for title in ("Gardens, once more", "Gardens", "Gardens and kitchens"):
        publish_work(title)
    query = {"app_label": "resources", "model_name": "relation", "field_name": "other", "term": "gardens"}
    offered = [row["text"] for row in staff_client.get("/admin/autocomplete/", query).json()["results"]]
    assert offered == ["Gardens", "Gardens and kitchens", "Gardens, once more"]


def test_a_page_was_last_saved_when_its_draft_was(staff_client, editor, make_page, clock):
    page, now = make_page("Partners"), timezone.now()
    make_page("Quiet")
    clock(now + timedelta(days=3))
    staff_client.force_login(editor)  # a session does not last that long
    save_draft(page, title="Friends")
    saved = staff_client.get(LIST).context["cl"].result_list.get(pk=page.pk).newest_saved_at
    assert saved == now + timedelta(days=3)
    column = PageAdmin.list_display.index("saved_shown")
    assert listed(staff_client, f"?o=-{column + 1}")[0] == "Friends"


def test_drafts_are_listed_by_how_far_they_have_come(staff_client, idea, make_page, editor):
    asked, agreed, _quiet = (make_page(title) for title in ("Asked", "Agreed", "Quiet"))
    submit(save_draft(asked, summary="New."), by=editor)
    approve(save_draft(agreed, summary="New."), at=timezone.now() + timedelta(days=1), by=editor)
    assert listed(staff_client, "?draft=working") == ["Gardens of schools"]
    assert listed(staff_client, "?draft=submitted") == ["Asked"]
    assert listed(staff_client, "?draft=approved") == ["Agreed"]
    save_draft(agreed, summary="Newer.")
    assert listed(staff_client, "?draft=approved") == ["Agreed"]
    assert sorted(listed(staff_client, "?draft=working")) == ["Agreed", "Gardens of schools"]
    assert "Quiet" in listed(staff_client, "?draft=nonsense")
    assert listed(idea.writer, "?draft=mine") == ["Gardens of schools"]
    assert listed(staff_client, "?draft=mine") == []


def test_the_first_page_leads_to_all_that_waits(staff_client, make_page, editor):
    pages = [make_page(f"Page {number}") for number in range(4)]
    for page in pages[:3]:
        submit(save_draft(page, summary="New."), by=editor)
    assert "All of them" not in staff_client.get("/admin/").content.decode()
    submit(save_draft(pages[3], summary="New."), by=editor)
    html = staff_client.get("/admin/").content.decode()
    assert '<a href="/admin/pages/page/?draft=submitted">Pages (4)</a>' in html
    assert len(listed(staff_client, "?draft=submitted")) == 4


def test_of_many_texts_the_first_page_reads_those_that_it_names(editor, make_page, monkeypatch):
    yesterday = timezone.localdate() - timedelta(days=1)
    for number in range(8):
        page = make_page(f"Page {number}", review_by=yesterday)
        submit(save_draft(page, author=editor, summary="New."), by=editor)
    revisions, pages = rows_read(Revision, monkeypatch), rows_read(Page, monkeypatch)
    assert [(line.count, len(line.examples)) for line in waiting_for(editor)] == [(8, 3)] * 3
    assert (len(revisions), len(pages)) == (6, 3)


def test_a_draft_without_a_title_can_be_opened_from_the_first_page(sign_in):
    writer = sign_in("Writers")
    writer.post(f"{LIST}add/", form_data())
    page = Page.objects.get()
    assert ensured_revision(page).title == ""
    assert "Working draft" in writer.get(LIST).content.decode().partition('id="result_list"')[2]
    assert f'<a href="{LIST}{page.pk}/change/">(no title yet)</a>' in writer.get("/admin/").content.decode()


def test_colleagues_are_called_by_their_names(staff_client, editor, make_page):
    editor.first_name, editor.last_name = "Edith", "Torres"
    editor.save()
    page = make_page("Partners")
    submit(save_draft(page, author=editor), by=editor, note="Please look.")
    for place in ("change", "history"):
        html = staff_client.get(f"{LIST}{page.pk}/{place}/").content.decode()
        assert html.count("Edith Torres") >= 2, place
    assert Revision.objects.newest().author_name == "Edith Torres"
