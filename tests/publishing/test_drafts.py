"""A draft beside what is live: nothing of it is public before somebody publishes it, and nothing of it is ever lost."""

import pytest
from django.contrib.auth.models import Permission

from pages.models import Heading, Page, PictureBlock, RichText, Statement
from publishing.models import ContentVersion, Revision
from publishing.publish import NotReady, capture, ensured_revision, publish
from publishing.revisions import Stale, add_revision
from tests.drafts import change_url, edit, live_tables, open_form, save_draft
from tests.pages_as_sent import StrictClient
from tests.pictures import stored_picture

WORD = "quetzalword"


@pytest.fixture
def page(make_page):
    page = make_page("Partners")
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>First text</p>")
    Heading.objects.create(parent=page, region="main", ordering=20, text="A heading")
    Statement.objects.create(parent=page, region="main", ordering=30, heading="A value", text="Words")
    PictureBlock.objects.create(parent=page, region="main", ordering=40, picture=stored_picture(), alt_text="A garden")
    return page


DRAFT_CHANGES = {
    "a field": {"title": WORD},
    "a unique field": {"slug": "policy"},
    "an empty title": {"title": ""},
    "a block's text": {"pages_richtext_set-0-text": f"<p>{WORD}</p>"},
    "a block deleted": {"pages_heading_set-0-DELETE": "on"},
    "a block moved": {"pages_heading_set-0-ordering": "5"},
    "a block added": {
        "pages_heading_set-TOTAL_FORMS": "2",
        "pages_heading_set-1-text": WORD,
        "pages_heading_set-1-level": "2",
        "pages_heading_set-1-region": "main",
        "pages_heading_set-1-ordering": "50",
    },
    "a block left empty": {"pages_statement_set-0-heading": ""},
    "a picture without words": {"pages_pictureblock_set-0-alt_text": ""},
    "nothing": {},
}


@pytest.mark.parametrize("change", DRAFT_CHANGES)
def test_a_draft_of_a_live_page_changes_nothing_in_public(staff_client, client, page, make_page, change):
    make_page("Policy")
    data = open_form(staff_client, page)
    tables, shown, version = live_tables(), client.get("/partners/").content, ContentVersion.current()
    assert edit(staff_client, page, data=data, **DRAFT_CHANGES[change]).status_code == 302
    assert Revision.objects.of(page).newest().number == 2
    open_form(staff_client, page)
    assert live_tables() == tables
    assert client.get("/partners/").content == shown
    assert ContentVersion.current() == version


@pytest.mark.parametrize("change", DRAFT_CHANGES)
def test_a_draft_comes_back_in_the_form_as_it_was_saved(staff_client, page, change):
    edit(staff_client, page, **DRAFT_CHANGES[change])
    first = Revision.objects.of(page).newest().data
    edit(staff_client, page)
    assert Revision.objects.of(page).newest().data == first
    assert Revision.objects.of(page).newest().number == 3


def test_opening_a_form_twice_makes_one_first_revision(staff_client, page):
    open_form(staff_client, page)
    open_form(staff_client, page)
    assert Revision.objects.of(page).count() == 1
    assert Revision.objects.of(page).get().published_at == page.published_at


def test_publishing_makes_the_live_rows_equal_to_the_draft(staff_client, client, page):
    keys = {row.pk for row in page.blocks}
    for change in ("a block's text", "a block added", "a field"):
        edit(staff_client, page, **DRAFT_CHANGES[change])
    draft = Revision.objects.of(page).newest()
    publish(draft)
    page = Page.objects.get(pk=page.pk)
    assert capture(page) == draft.data
    assert keys < {row.pk for row in page.blocks}
    assert client.get("/partners/").content.decode().count(WORD) >= 3


def test_a_deleted_block_is_gone_after_publishing_and_back_after_restoring(staff_client, client, page):
    edit(staff_client, page, button="_publish", **DRAFT_CHANGES["a block deleted"])
    assert "A heading" not in client.get("/partners/").content.decode()
    first = Revision.objects.of(page).get(number=1)
    url = f"/admin/pages/page/{page.pk}/restore/{first.pk}/"
    assert "becomes the draft" in staff_client.get(url).content.decode()
    staff_client.post(url)
    assert "A heading" not in client.get("/partners/").content.decode()
    publish(Revision.objects.of(page).newest())
    assert "A heading" in client.get("/partners/").content.decode()
    assert capture(Page.objects.get(pk=page.pk)) == first.data


def test_a_draft_that_cannot_be_public_stays_a_draft_whole(staff_client, client, page):
    tables = live_tables()
    response = edit(staff_client, page, button="_publish", follow=True, title=WORD, summary="")
    assert "“Summary” is empty" in response.content.decode()
    assert "Your draft is saved" in response.content.decode()
    assert live_tables() == tables
    assert Revision.objects.of(page).newest().title == WORD
    assert Revision.objects.of(page).newest().published_at is None


def test_the_faults_of_a_draft_stand_beside_its_fields(staff_client, page):
    edit(staff_client, page, summary="")
    html = staff_client.get(change_url(page) + "?check").content.decode()
    assert "“Summary” is empty" in html


def test_scripts_never_enter_the_store(page):
    def change(data):
        data["parts"]["pages.richtext"][0]["text"] = "<p onclick=x()>Words<script>x()</script></p>"

    assert save_draft(page, change).data["parts"]["pages.richtext"][0]["text"] == "<p>Words</p>"


def test_a_block_cannot_be_taken_from_another_page(staff_client, page, make_page):
    other = make_page("Policy")
    theirs = RichText.objects.create(parent=other, region="main", ordering=10, text="<p>Theirs</p>")
    forged = {"pages_richtext_set-0-id": str(theirs.pk), "pages_richtext_set-0-text": "<p>Mine now</p>"}
    edit(staff_client, page, button="_publish", **forged)
    theirs.refresh_from_db()
    assert (theirs.parent_id, theirs.text) == (other.pk, "<p>Theirs</p>")


@pytest.mark.parametrize(
    "forged",
    [
        {"pages_richtext_set-0-id": "no key"},
        {"pages_richtext_set-INITIAL_FORMS": "99"},
        {"pages_richtext_set-TOTAL_FORMS": "-1"},
        {"pages_richtext_set-TOTAL_FORMS": "x"},
        {"pages_richtext_set-0-region": "x" * 300},
        {"pages_richtext_set-0-ordering": "9" * 40},
        {"pages_richtext_set-0-parent": "99999"},
    ],
)
def test_a_forged_form_is_answered_and_breaks_nothing(staff_client, client, page, forged):
    shown = client.get("/partners/").content
    response = edit(staff_client, page, **forged)
    assert response.status_code in (200, 302, 400)
    assert client.get("/partners/").content == shown
    open_form(staff_client, page)


def test_a_writer_saves_drafts_and_cannot_publish_by_any_request(page, django_user_model, client):
    writer = django_user_model.objects.create_user("writer", password="x", is_staff=True)
    writer.user_permissions.set(Permission.objects.filter(codename__in=["add_page", "change_page", "view_page"]))
    browser = StrictClient()
    browser.force_login(writer)
    tables = live_tables()
    html = browser.get(change_url(page)).content.decode()
    assert 'name="_publish"' not in html
    response = edit(browser, page, button="_publish", follow=True, title=WORD)
    assert "send it for review" in response.content.decode()
    for step in ("publish", "retire", "undo", "send_back", "withdraw"):
        assert browser.post(f"/admin/pages/page/{page.pk}/{step}/", {"note": "x"}).status_code == 403
    assert browser.post(f"/admin/pages/page/{page.pk}/delete/", {"post": "yes"}).status_code == 403
    assert live_tables() == tables
    assert Revision.objects.of(page).newest().title == WORD


def test_a_moved_page_moves_when_it_is_published_not_before(staff_client, client, page):
    edit(staff_client, page, slug="members")
    assert client.get("/partners/").status_code == 200
    assert client.get("/members/").status_code == 404
    publish(Revision.objects.of(page).newest())
    assert client.get("/partners/")["Location"] == "/members/"
    assert client.get("/members/").status_code == 200


def test_a_page_cannot_be_public_before_the_page_above_it(staff_client, make_page):
    above = make_page("Above", published_at=None)
    below = make_page("Below", published_at=None)
    revision = save_draft(below, parent_id=above.pk)
    with pytest.raises(NotReady, match="Publish the page above"):
        publish(revision)


def test_a_revision_is_published_once(page):
    revision = save_draft(page, title="Second")
    publish(revision)
    with pytest.raises(Stale):
        publish(Revision.objects.get(pk=revision.pk))


def test_an_older_revision_never_overwrites_a_later_one_that_is_live(page):
    older = save_draft(page, title="Older")
    publish(save_draft(page, title="Later"))
    with pytest.raises(Stale):
        publish(older)
    assert Page.objects.get(pk=page.pk).title == "Later"


def test_what_a_snapshot_does_not_know_keeps_its_live_value(page):
    revision = ensured_revision(page)
    data = {**revision.data, "item": {"title": "Only a title"}}
    publish(add_revision(Page, page.pk, data, base=revision))
    page = Page.objects.get(pk=page.pk)
    assert (page.title, page.slug, page.summary) == ("Only a title", "partners", "What Partners is about.")


def test_keys_that_no_field_knows_stay_in_the_store(staff_client, page):
    revision = ensured_revision(page)
    data = {
        **revision.data,
        "item": revision.data["item"] | {"old_field": WORD},
        "parts": {**revision.data["parts"], "pages.gone": [{"x": 1}]},
    }
    add_revision(Page, page.pk, data, base=revision)
    edit(staff_client, page, title="Changed")
    kept = Revision.objects.of(page).newest().data
    assert kept["item"]["old_field"] == WORD
    assert kept["parts"]["pages.gone"] == [{"x": 1}]


def test_the_first_text_of_a_new_page_is_its_first_revision(staff_client):
    from tests.drafts import form_data

    staff_client.post("/admin/pages/page/add/", form_data(title="Idea", blocks=[("richtext", {"text": "<p>A</p>"})]))
    page = Page.objects.get()
    revision = Revision.objects.of(page).get()
    assert (revision.number, revision.base, revision.title) == (1, None, "Idea")
    assert [row["text"] for row in revision.data["parts"]["pages.richtext"]] == ["<p>A</p>"]
    assert not RichText.objects.exists()


def test_a_nul_anywhere_in_a_form_is_answered_in_words(staff_client, page):
    for name in ("title", "_base", "_note", "_kept", "pages_richtext_set-0-text", "pages_richtext_set-0-region"):
        response = edit(staff_client, page, **{name: "a\x00b"}, follow=True)
        assert response.status_code in (200, 400), name


def test_a_stored_value_that_its_field_does_not_understand_any_more_breaks_no_form(staff_client, page):
    save_draft(page, lambda data: data["item"].update(position="first", review_by="soon"), title="Readable")
    data = open_form(staff_client, page)
    assert (data["title"], data["position"], data["review_by"]) == ("Readable", "0", "")
