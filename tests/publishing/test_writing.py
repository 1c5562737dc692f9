"""The form as the groups of the office meet it: everybody who writes has the blocks, in the order of the work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pages.models import Page, RichText
from publishing.models import Revision
from tests.drafts import change_url, edit, form_data, save_draft, take_step

ADD = "/admin/pages/page/add/"


@pytest.fixture
def page(make_page):
    page = make_page("Partners")
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>First</p>")
    return page


def texts(item):
    return [row["text"] for row in Revision.objects.of(item).newest().data["parts"]["pages.richtext"]]


@pytest.mark.parametrize("group", ["Writers", "Reviewers", "Managers"])
def test_who_may_write_a_page_may_write_its_blocks(sign_in, page, group):
    client = sign_in(group)
    new = form_data(blocks=[("richtext", {"text": "<p>By me</p>"})], title="New", slug="new")
    client.post(ADD, new | {"_save": "1"})
    assert texts(Page.objects.latest("pk")) == ["<p>By me</p>"]
    edit(client, page, **{"pages_richtext_set-0-text": "<p>Changed</p>"})
    assert texts(page) == ["<p>Changed</p>"]
    edit(client, page, **{"pages_richtext_set-0-DELETE": "on"})
    assert texts(page) == []


def test_who_may_only_look_sees_the_blocks_and_changes_none(sign_in, page):
    client = sign_in("Librarians")
    html = client.get(change_url(page)).content.decode()
    assert "First" in html
    assert 'name="pages_richtext_set-0-text"' not in html
    assert client.post(change_url(page), {"title": "Mine"}).status_code == 403


def test_who_may_only_look_is_offered_no_step(sign_in, page):
    html = sign_in("Librarians").get(change_url(page)).content.decode()
    for step in ("comment", "submit", "revoke", "history", "preview"):
        assert f"/admin/pages/page/{page.pk}/{step}/" not in html


def test_the_blocks_come_after_the_summary_and_before_the_place(staff_client):
    html = staff_client.get(ADD).content.decode()
    order = [
        html.index(f'id="{name}"') for name in ("id_summary", "pages_richtext_set-group", "id_slug", "id_review_by")
    ]
    assert order == sorted(order)


def test_the_steps_call_a_new_page_by_the_title_of_its_draft(staff_client, make_page):
    fresh = make_page("Fresh", published_at=None)
    save_draft(fresh, title="Rooms for families")
    html = staff_client.get(f"/admin/pages/page/{fresh.pk}/publish/").content.decode()
    assert f'<a href="{change_url(fresh)}">Rooms for families</a>' in html


@pytest.mark.parametrize(
    ("step", "is_later", "sentence"),
    [
        ("publish", False, "Published. Readers see it now."),
        ("publish", True, "Approved. Readers see it from its moment on."),
        ("retire", False, "It is offline. Readers do not see it any more."),
        ("retire", True, "It goes offline at its moment. Until then readers see it."),
    ],
)
def test_a_step_says_whether_it_has_happened_or_is_to_come(staff_client, page, step, is_later, sentence):
    save_draft(page, title="Second")
    moment = timezone.localtime() + timedelta(days=1)
    response = take_step(staff_client, page, step, moment=moment.strftime("%Y-%m-%dT%H:%M") if is_later else "")
    assert sentence in response.content.decode()
