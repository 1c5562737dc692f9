"""Forms as no browser of ours sends them."""

import re

import pytest
from django.contrib.contenttypes.models import ContentType

from pages.models import Page, RichText
from publishing.draft_forms import DraftFormSet
from publishing.models import Revision
from publishing.row_limits import MOST_ROWS
from tests.drafts import block, change_url, edit, live_tables, open_form, save_draft
from tests.library import publish_work, topic


@pytest.fixture
def page(make_page):
    page = make_page("Partners")
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>First words</p>")
    return page


def texts(page):
    return [row["text"] for row in Revision.objects.of(page).newest().data["parts"]["pages.richtext"]]


def test_a_row_that_is_sent_twice_is_kept_twice_and_can_be_published(staff_client, page):
    data = open_form(staff_client, page)
    twice = {key.replace("-0-", "-1-"): value for key, value in data.items() if "richtext_set-0-" in key}
    twice |= {"pages_richtext_set-TOTAL_FORMS": "2", "pages_richtext_set-INITIAL_FORMS": "2"}
    twice |= {"pages_richtext_set-0-text": "<p>One</p>", "pages_richtext_set-1-text": "<p>Two</p>"}
    edit(staff_client, page, data=data | twice, button="_publish")
    assert texts(page) == ["<p>One</p>", "<p>Two</p>"]
    assert sorted(RichText.objects.values_list("text", flat=True)) == ["<p>One</p>", "<p>Two</p>"]


def test_fields_that_no_form_shows_cannot_be_forged(sign_in, page):
    writer, tables = sign_in("Writers"), live_tables()
    forged = {"published_at": "2020-01-01T10:00", "retired_at": "2020-01-01T10:00", "path": "/x/", "owner": "1"}
    edit(writer, page, title="Draft", replacement_address="/x/", **forged)
    assert not {*forged, "owner_id", "replacement_address"} & set(Revision.objects.of(page).newest().data["item"])
    assert live_tables() == tables


@pytest.mark.parametrize("button", ["_saveasnew", "_popup", "_continue", "_addanother"])
def test_buttons_that_the_form_has_not_publish_nothing_for_a_writer(sign_in, client, page, button):
    edit(sign_in("Writers"), page, button=button, _publish="1", title="Forged")
    assert list(Page.objects.public().values_list("title", flat=True)) == ["Partners"]
    assert b"Forged" not in client.get("/partners/").content


def test_addresses_with_keys_beyond_all_measure_are_not_found(staff_client, page):
    huge = "9" * 30
    for path in (f"{huge}/publish/", f"{page.pk}/preview/{huge}/", f"{page.pk}/compare/{huge}/1/", f"{huge}/history/"):
        assert staff_client.get(f"/admin/pages/page/{path}").status_code == 404, path
    assert (
        "nothing to bring back" in staff_client.post(f"/admin/pages/page/{huge}/recover/", follow=True).content.decode()
    )


@pytest.mark.parametrize("key", ["x", "abc-1", "-1", "9" * 30, "\u00b2"])
@pytest.mark.parametrize("name", ["topics", "translation_of", "series", "picture"])
def test_a_key_that_is_none_is_an_error_beside_its_field_and_the_text_is_kept(staff_client, name, key):
    work = publish_work("Making the Difference", topics=[topic("Research")])
    before = Revision.objects.count()
    response = edit(staff_client, work, title="Words of an hour", **{name: [key]})
    html = response.content.decode()
    assert response.status_code == 200
    assert re.search(rf'<ul class="errorlist"[^>]*id="id_{name}_error"', html)
    assert 'value="Words of an hour"' in html
    assert Revision.objects.count() == before


@pytest.mark.parametrize(("place", "field"), [("vocabulary/place", "within"), ("pages/redirect", "page")])
def test_a_key_that_is_none_is_an_error_in_other_forms_too(staff_client, place, field):
    response = staff_client.post(f"/admin/{place}/add/", {field: "x"})
    assert response.status_code == 200
    assert f'id="id_{field}_error"' in response.content.decode()


@pytest.mark.parametrize("number", ["99999", " +99999.0 "])
@pytest.mark.parametrize("place", ["change", "typed"])
def test_a_form_that_says_it_holds_rows_beyond_all_measure_is_refused_before_they_are_built(
    staff_client, page, monkeypatch, number, place
):
    data = open_form(staff_client, page) | {"pages_richtext_set-TOTAL_FORMS": number, "_save": "1"}
    before = Revision.objects.count()
    monkeypatch.setattr(DraftFormSet, "_construct_form", not_to_be_called)
    response = staff_client.post(change_url(page).replace("/change/", f"/{place}/"), data)
    assert response.status_code == 400
    assert "more than 1,000 rows" in response.content.decode()
    assert Revision.objects.count() == before


def not_to_be_called(*args, **kwargs):
    pytest.fail("a row was built")


def test_rows_of_all_kinds_count_together_and_so_many_are_taken(staff_client, page):
    data = open_form(staff_client, page)
    others = sum(int(value) for name, value in data.items() if name.endswith("-TOTAL_FORMS")) - 1
    for number, status in ((MOST_ROWS - others, 302), (MOST_ROWS - others + 1, 400)):
        response = edit(staff_client, page, data=data, **{"pages_richtext_set-TOTAL_FORMS": str(number)})
        assert response.status_code == status
    assert len(texts(page)) == MOST_ROWS - others


def test_a_list_that_says_it_holds_rows_beyond_all_measure_is_refused(staff_client, page):
    response = staff_client.post("/admin/pages/menuitem/", {"form-TOTAL_FORMS": "99999", "_save": "1"})
    assert response.status_code == 400


def test_publishing_a_text_with_faults_shows_them_beside_the_fields_of_its_blocks(staff_client, page):
    save_draft(page, lambda data: data["parts"].update({"pages.heading": [block("heading", text="", level=2)]}))
    html = edit(staff_client, page, button="_publish", follow=True, summary="").content.decode()
    for name in ("id_summary", "id_pages_heading_set-0-text"):
        assert re.search(rf'<ul class="errorlist"[^>]*id="{name}_error"', html), name


def test_the_way_to_the_site_is_offered_where_readers_find_something_and_fails_nowhere(staff_client, page, make_page):
    idea = make_page("Idea", published_at=None)
    assert '<a href="/partners/">See it</a>' in staff_client.get(change_url(page)).content.decode()
    assert ">See it<" not in staff_client.get(change_url(idea)).content.decode()
    kind = ContentType.objects.get_for_model(Page).pk
    assert staff_client.get(f"/admin/r/{kind}/{idea.pk}/").status_code == 404
