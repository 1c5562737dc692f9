"""Pages edited through the real admin form: saved as drafts, published on purpose."""

import re

import pytest

from pages.models import Heading, Page, RichText
from publishing.models import Revision
from tests.drafts import change_url, edit, form_data, open_form


def test_a_new_page_is_not_public_until_somebody_publishes_it(staff_client, client):
    data = form_data(title="Partners", slug="partners", blocks=[("richtext", {"text": "<p>Words</p>"})])
    assert staff_client.post("/admin/pages/page/add/", data).status_code == 302
    page = Page.objects.get()
    assert page.published_at is None
    assert client.get("/partners/").status_code == 404
    edit(staff_client, page, summary="Who joins in.", button="_publish")
    assert "Words" in client.get("/partners/").content.decode()


def test_a_title_is_enough_to_start(staff_client):
    assert staff_client.post("/admin/pages/page/add/", form_data(title="An idea")).status_code == 302
    assert Revision.objects.of(Page.objects.get()).newest().title == "An idea"
    assert "An idea" in staff_client.get("/admin/pages/page/").content.decode()


def test_blocks_are_changed_and_deleted_in_the_form(staff_client, client, make_page):
    page = make_page("Partners")
    RichText.objects.create(parent=page, region="main", ordering=10, text="<p>Old words</p>")
    Heading.objects.create(parent=page, region="main", ordering=20, text="Old heading")
    data = open_form(staff_client, page)
    data["pages_richtext_set-0-text"] = "<p>New <script>x()</script>words</p>"
    data["pages_heading_set-0-DELETE"] = "on"
    staff_client.post(change_url(page), data | {"_publish": "1"})
    html = client.get("/partners/").content.decode()
    assert "<p>New words</p>" in html
    assert "Old heading" not in html


FAULTS = [
    ({"slug": "policy"}, "has this address already. Choose another one."),
    ({"slug": "admin"}, "belongs to another part of the site"),
    ({"slug": "Not a slug!"}, "Write it in small letters"),
    ({"slug": ""}, "“Address” is empty"),
    ({"title": ""}, "“Title” is empty"),
    ({"summary": ""}, "“Summary” is empty"),
    ({"position": ""}, "“Position” is empty"),
]


@pytest.mark.parametrize(("fields", "sentence"), FAULTS)
def test_a_fault_is_saved_in_the_draft_and_told_in_words_when_somebody_publishes(
    staff_client, client, make_page, fields, sentence
):
    make_page("Policy")
    page = make_page("Partners")
    before = client.get("/partners/").content
    response = edit(staff_client, page, button="_publish", follow=True, **fields)
    html = response.content.decode()
    assert sentence in html.replace("&quot;", '"')
    assert client.get("/partners/").content == before
    kept = Revision.objects.of(page).newest().data["item"]
    name, value = next(iter(fields.items()))
    assert kept[name] == (value or (None if name == "position" else ""))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "x" * 300}, "At most 200 characters fit here, and these are 300"),
        ({"title": "NUL \x00"}, "Null characters are not allowed"),
        ({"position": "first"}, "Enter a whole number"),
        ({"review_by": "soon"}, "Enter a valid date"),
        ({"parent": "999999"}, "Select a valid choice"),
    ],
)
def test_what_no_column_can_hold_comes_back_with_the_whole_form(staff_client, make_page, fields, sentence):
    page = make_page("Partners")
    data = open_form(staff_client, page) | form_data(
        page, title="Partners", blocks=[("richtext", {"text": "<p>A text that took an hour</p>"})]
    )
    response = staff_client.post(change_url(page), data | fields)
    html = response.content.decode()
    assert response.status_code == 200
    assert sentence in html
    assert "A text that took an hour" in html


def test_a_page_under_itself_is_refused_when_somebody_publishes(staff_client, make_page):
    page = make_page("About")
    child = make_page("Networks", parent=page)
    response = edit(staff_client, page, parent=child.pk, button="_publish", follow=True)
    assert "cannot stand under itself" in response.content.decode()


def test_the_lists_tell_the_state_of_each_page(staff_client, make_page):
    make_page("Live page")
    make_page("New page", published_at=None)
    html = staff_client.get("/admin/pages/page/?state=new").content.decode()
    assert "New page" in html
    assert "Live page" not in html
    assert staff_client.get("/admin/pages/page/?state=nonsense").status_code == 200


def test_the_scripts_of_the_form_carry_the_nonce_of_the_policy(staff_client):
    response = staff_client.get("/admin/pages/page/add/")
    policy = response["Content-Security-Policy"]
    nonce = policy.partition("'nonce-")[2].partition("'")[0]
    import_map = re.search(r'<script[^>]*type="importmap"[^>]*>', response.content.decode())
    assert f'nonce="{nonce}"' in import_map[0]
    assert "unsafe" not in policy


def test_pages_of_readers_know_no_nonce(make_page, client):
    policy = client.get(make_page("Partners").get_absolute_url())["Content-Security-Policy"]
    assert "nonce" not in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
