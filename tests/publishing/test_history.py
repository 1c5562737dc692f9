"""The history of an item: its pages, any two versions side by side, what was deleted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pages.models import Page, PictureBlock
from publishing.history_views import ROWS
from publishing.models import Activity, Revision
from publishing.publish import ensured_revision, publish
from publishing.revisions import item_of
from publishing.snapshots import part_fields, row_data
from tests.drafts import save_draft
from tests.library import draft_work, topic
from tests.pictures import stored_picture


def history(page, query=""):
    return f"/admin/pages/page/{page.pk}/history/{query}"


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_a_long_history_has_pages_and_costs_no_more_queries(staff_client, editor, page):
    save_draft(page, title="First", author=editor)
    Activity.log(page, Activity.Kind.COMMENTED, by=editor, text="First note!")
    few = queries(staff_client, history(page))
    for number in range(ROWS):
        save_draft(page, title=f"Title {number}", author=editor)
        Activity.log(page, Activity.Kind.COMMENTED, by=editor, text=f"Note {number}!")
    assert queries(staff_client, history(page)) == few
    html = staff_client.get(history(page)).content.decode()
    assert html.count("/preview/") == ROWS
    assert "Page 1 of 2" in html
    assert "Note 0!" in html and "First note!" not in html
    assert "First note!" in staff_client.get(history(page, "?events=2")).content.decode()
    older = staff_client.get(history(page, "?versions=2")).content.decode()
    assert older.count("/preview/") == 2
    assert "Page 2 of 2" in older


@pytest.mark.parametrize("number", ["0", "99999999999999999999", "x", "-1", ""])
def test_a_page_of_the_history_that_is_not_there_is_the_nearest_one(staff_client, page, number):
    assert staff_client.get(history(page, f"?versions={number}&events={number}")).status_code == 200


def test_any_two_versions_are_compared_by_their_numbers(staff_client, page):
    for number in range(2, 5):
        save_draft(page, title=f"Title {number}")
    assert "compare/" in staff_client.get(history(page)).content.decode()
    response = staff_client.get(f"/admin/pages/page/{page.pk}/compare/", {"old": 2, "new": 4}, follow=True)
    html = response.content.decode()
    assert "Version 2," in html and "Version 4," in html
    assert "<del> 2</del>" in html and "<ins> 4</ins>" in html


@pytest.mark.parametrize("numbers", [{}, {"old": "1", "new": "9" * 30}, {"old": "x", "new": "1"}, {"old": 1, "new": 7}])
def test_versions_that_there_are_not_are_told_in_words(staff_client, page, numbers):
    response = staff_client.get(f"/admin/pages/page/{page.pk}/compare/", numbers, follow=True)
    assert "There are no two versions with these numbers" in response.content.decode()


def test_only_the_newest_version_is_called_a_draft(staff_client, page):
    for number in range(3):
        save_draft(page, title=f"Title {number}")
    html = staff_client.get(history(page)).content.decode()
    assert html.count("Working draft") == 1
    publish(ensured_revision(page))
    assert "Working draft" not in staff_client.get(history(page)).content.decode()


def test_comparing_costs_no_more_with_many_pictures_and_topics(staff_client, page):
    def with_pictures(count):
        def change(data):
            pictures = [stored_picture(f"Picture {number}", color=(number, 9, 9)) for number in range(count)]
            data["parts"]["pages.pictureblock"] = [
                block_of_picture(picture, number) for number, picture in enumerate(pictures)
            ]

        return change

    def cost(count):
        old, new = (save_draft(page, with_pictures(count)) for _ in range(2))
        return queries(staff_client, f"/admin/pages/page/{page.pk}/compare/{old.pk}/{new.pk}/")

    assert cost(2) == cost(9)


def test_comparing_costs_no_more_with_many_topics(staff_client, db):
    first = draft_work("Toolkit")
    topics = [topic(f"Topic {number}") for number in range(9)]

    def cost(count):
        revision = draft_work("Toolkit", work=item_of(first), topics=topics[:count])
        return queries(
            staff_client, f"/admin/resources/publication/{first.object_id}/compare/{first.pk}/{revision.pk}/"
        )

    assert cost(2) == cost(9)


def block_of_picture(picture, number):
    row = PictureBlock(picture=picture, alt_text=f"Seen {number}", region="main", ordering=10 * number)
    return row_data(row, part_fields(PictureBlock))


def test_what_was_deleted_has_pages_too(staff_client, make_page):
    for number in range(ROWS + 1):
        page = make_page(f"Page {number}")
        ensured_revision(page)
        page.delete()
    html = staff_client.get("/admin/pages/page/deleted/").content.decode()
    assert html.count('value="Bring back"') == ROWS
    assert "Page 1 of 2" in html
    assert staff_client.get("/admin/pages/page/deleted/?page=2").content.decode().count('value="Bring back"') == 1


def test_what_was_deleted_without_a_title_is_called_so(staff_client):
    stub = Page.create_stub()
    save_draft(stub, title="")
    stub.delete()
    assert "(no title yet)" in staff_client.get("/admin/pages/page/deleted/").content.decode()
    assert Revision.objects.newest().title == ""
